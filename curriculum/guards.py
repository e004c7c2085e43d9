"""Deleting a page is refused while anything points at it: what was recorded names it for good.

What the network holds is found from the models themselves. What practices hold only later rooms can count:
they register a function. What both miss the database refuses (see curriculum.deleting).
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import models
from django.utils.text import get_text_list
from wagtail.models import Page, get_page_models


class Held(NamedTuple):
    """How many `records` of a kind point at pages, in how many practices (0: in the network)."""

    what: str
    records: int
    practices: int


Counter = Callable[[list[int]], Iterable[tuple[str, int, int]]]

_counters: list[Counter] = []

INSTEAD = "Unpublish it instead: leaders no longer see it, and what was recorded stays."


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
    named = f"“{pages[0].get_admin_display_title()}”" if len(pages) == 1 else f"These {len(pages)} pages"
    reasons = get_text_list([_in_words(row) for row in held], "and")
    return f"{named} cannot be deleted, pages below included: {reasons} would lose what they name. {INSTEAD}"


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
