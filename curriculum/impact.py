"""What a publication touches: how many leaders are part-way through a page, and how many have completed it.

Curriculum knows no leaders: a later room registers the function that counts them. Numbers only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from wagtail.admin.panels import Panel
from wagtail.models import Page


class Reach(NamedTuple):
    """Leaders who began a page (of a module or a program: any page below it) and did not complete it; who did."""

    part_way: int = 0
    part_way_practices: int = 0
    completed: int = 0
    completed_practices: int = 0


Counter = Callable[[Mapping[int, Sequence[int]]], Mapping[int, Reach]]

Consequence = Callable[[Page], Iterable[str]]

_counters: list[Counter] = []
_consequences: list[Consequence] = []


def register_reach(function: Counter) -> Counter:
    """Register `function({page id: [its id and those below it]}) -> {page id: Reach}`, over all practices."""
    if function not in _counters:
        _counters.append(function)
    return function


def register_consequence(function: Consequence) -> Consequence:
    """Register `function(page) -> sentences`: what retiring `page` (the specific one) means, to read beforehand."""
    if function not in _consequences:
        _consequences.append(function)
    return function


def consequences_of(page: Page) -> list[str]:
    return [sentence for function in _consequences for sentence in function(page)]


def members_of(pages: Sequence[Page]) -> dict[int, list[int]]:
    """The ids of each page and of those below it, by its id. One statement, where one can have pages below."""
    members: dict[int, list[int]] = {page.pk: [page.pk] for page in pages}
    below = Page.objects.none()
    for page in pages:
        if not page.is_leaf():
            below |= Page.objects.descendant_of(page)
    for pk, path in below.values_list("pk", "path"):
        for page in pages:
            if path != page.path and path.startswith(page.path):
                members[page.pk].append(pk)
    return members


def reach_of(pages: Sequence[Page]) -> dict[int, Reach]:
    """The reach of each of `pages`, by its id: the statement of `members_of`, and what the counting takes."""
    members = members_of(pages)
    found = dict.fromkeys(members, Reach())
    for function in _counters:
        found.update(function(members))
    return found


def reach_in_words(reach: Reach) -> str:
    """ "47 leaders in 12 practices are part-way through; 9 have completed this." """
    if not reach.part_way and not reach.completed:
        return "No leader has begun this yet."
    part_way = "No leader is part-way through"
    if reach.part_way:
        verb = "is" if reach.part_way == 1 else "are"
        part_way = f"{leaders_in(reach.part_way, reach.part_way_practices)} {verb} part-way through"
    completed = f"{reach.completed or 'none'} {'has' if reach.completed == 1 else 'have'} completed this."
    return f"{part_way}; {completed}"


def leaders_in(leaders: int, practices: int) -> str:
    """ "47 leaders in 12 practices" """
    return f"{leaders} leader{'' if leaders == 1 else 's'} in {practices} practice{'' if practices == 1 else 's'}"


class ImpactPanel(Panel):
    """The numbers, in the editor, where one is about to publish."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curriculum/impact_panel.html"

        def is_shown(self):
            return self.instance.pk is not None

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            reach = reach_of([self.instance])[self.instance.pk]
            return {
                **super().get_context_data(parent_context),
                "reach": reach,
                "words": reach_in_words(reach),
                "has_mark": hasattr(self.instance, "change_kind"),
            }
