"""Deleting a page is refused while anything points at it: what was recorded names it for good.

What the network holds is found from the models themselves. What practices hold only later rooms can count:
they register a function. What both miss the database refuses, and that is a sentence too.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, models, transaction
from django.shortcuts import redirect
from django.utils.text import get_text_list
from wagtail.models import Page, get_page_models

from lms.accounts.models import User


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
    return f"{named} cannot be deleted: {reasons} point at {'it' if len(pages) == 1 else 'them'} or below. {INSTEAD}"


def before_delete_page(request, page):
    return _refuse(request, [page], _listing_of(page))


def before_bulk_action(request, action_type, objects, action):
    if action_type == "delete" and objects and isinstance(objects[0], Page):
        return _refuse(request, objects, redirect(action.next_url))
    return _keep_user(request) if objects and isinstance(objects[0], User) else None


def after_delete_page(request, page):
    return _undo_if_missed(request, _listing_of(page))


def after_bulk_action(request, action_type, objects, action):
    if action_type == "delete":
        return _undo_if_missed(request, redirect(action.next_url))
    return None


def before_user_change(request, user=None):
    """Wagtail's own pages for users are closed: ending access is a date, and nobody is deleted."""
    return _keep_user(request)


def _refuse(request, pages, answer):
    sentence = refusal(pages)
    if not sentence:
        return None
    messages.error(request, sentence)
    return answer


def _undo_if_missed(request, answer):
    """Look for rows that still point at what was deleted, while it can be undone: Wagtail's transaction is open."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        transaction.set_rollback(True)
        list(get_messages(request))  # reading them drops Wagtail's word that it was deleted
        messages.error(request, f"Nothing was deleted: records in a practice still point at it. {INSTEAD}")
        return answer
    return None


def _keep_user(request):
    messages.error(request, "People and their roles are kept on the people page, where access is ended, never deleted.")
    return redirect("wagtailadmin_home")


def _listing_of(page):
    return redirect("wagtailadmin_explore", page.get_parent().pk)


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
