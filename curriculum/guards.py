"""Deleting a page is refused while anything points at it: what was recorded names it for good.

What the network holds is found from the models themselves. What practices hold only later rooms can count:
they register a function. What both miss the database refuses (see curriculum.deleting).
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import models
from django.utils.text import get_text_list
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import Page, get_page_models


class Held(NamedTuple):
    """How many `records` of a kind point at pages, in how many practices (0: in the network)."""

    what: str
    records: int
    practices: int


Counter = Callable[[list[int]], Iterable[tuple[str, int, int]]]

_counters: list[Counter] = []

INSTEAD = "Retire it instead: leaders no longer see it, and what was recorded stays."


def register_counter(function: Counter) -> Counter:
    """Register `function(page_ids) -> [(what, records, practices)]`, counting a practice's records of these pages.

    `what` is a plural in the product's words, such as "reading records".
    """
    if function not in _counters:
        _counters.append(function)
    return function


def holding(pages: Iterable[Page]) -> list[Held]:
    """What points at `pages` or at any page below them."""
    ids = _with_descendants(pages)
    held = [Held(*row) for function in _counters for row in function(ids)]
    return [row for row in (*_held_by_network(ids), *held) if row.records]


def refusal(pages: Iterable[Page]) -> str:
    """Why `pages` cannot be deleted, in a sentence with numbers; empty if they can."""
    pages = list(pages)
    held = holding(pages)
    if not held:
        return ""
    reasons = get_text_list([_in_words(row) for row in held], "and")
    return f"{_named(pages)} cannot be deleted, pages below included: {reasons} would lose what they name. {INSTEAD}"


def move_refusal(pages: Iterable[Page], destination: Page) -> str:
    """Why `pages` cannot be moved below `destination`, in a sentence with numbers; empty if they can.

    Below their own parent they may stand anywhere. Elsewhere they would count for another module or program, and
    so would what was recorded with them.
    """
    pages = [page for page in pages if not page.is_child_of(destination)]
    held = holding(pages)
    if not held:
        return ""
    reasons = get_text_list([_in_words(row) for row in held], "and")
    return (
        f"{_named(pages)} cannot be moved to “{destination.get_admin_display_title()}”, pages below included: "
        f"{reasons} would count for something else. Copy the text into a new page there instead."
    )


def lock_refusal(pages: Iterable[Page], user) -> str:
    """Why `pages` are not to be deleted or moved by `user` now: they, or pages below, are locked for others."""
    below = Page.objects.filter(pk__in=_with_descendants(pages)).select_related("locked_by").order_by("path")
    found = next(((page, lock) for page in below.specific() if (lock := page.get_lock()) and lock.for_user(user)), None)
    if found is None:
        return ""
    page, lock = found
    title = page.get_admin_display_title()
    match lock:
        case BasicLock():
            by = page.locked_by.name if page.locked_by else "somebody"
            why = f"“{title}” is locked by {by}"
        case ScheduledForPublishLock():
            why = f"“{title}” is scheduled to be published"
        case _:
            why = f"“{title}” waits for a review"
    return f"Nothing was deleted or moved: {why}, and stays where it is until that ends."


def below_refusal(pages: Iterable[Page], user) -> str:
    """Why pages with others below them are not deleted in one go."""
    if user.is_superuser:
        return ""
    for page in pages:
        below = page.get_descendant_count()
        if below:
            others = f"{below} page{'' if below == 1 else 's'}"
            return f"“{page.get_admin_display_title()}” is not deleted: {others} would go with it. {INSTEAD}"
    return ""


def _named(pages: list[Page]) -> str:
    return f"“{pages[0].get_admin_display_title()}”" if len(pages) == 1 else f"These {len(pages)} pages"


def _with_descendants(pages: Iterable[Page]) -> list[int]:
    found = Page.objects.none()
    for page in pages:
        found |= Page.objects.descendant_of(page, inclusive=True)
    return list(found.values_list("pk", flat=True))


def _held_by_network(ids: list[int]) -> Iterable[Held]:
    for model in (Page, *get_page_models()):
        for relation in model._meta.get_fields(include_hidden=True):
            if getattr(relation, "on_delete", None) is models.PROTECT and relation.auto_created:
                pointing, key = relation.related_model, relation.field.name
                records = pointing._base_manager.filter(**{f"{key}__in": ids}).count()
                name = pointing._meta.verbose_name if records == 1 else pointing._meta.verbose_name_plural
                yield Held(str(name), records, 0)


def _in_words(row: Held) -> str:
    where = f" in {row.practices} practice{'' if row.practices == 1 else 's'}" if row.practices else ""
    return f"{row.records} {row.what}{where}"
