"""Modules of a cohort's plan that leaders can complete no more, and what that means, for program staff."""

import uuid
from collections.abc import Iterable

from cohorts.network.models import Cohort, Requirement
from cohorts.practice.loading import lessons_by_module
from cohorts.practice.reach import count_reach
from curriculum.impact import Reach, members_of, reach_in_words

MEANS = (
    "They keep what they completed. Nobody else can complete it, so it stays open and falls due: excuse leaders from "
    "it on their pages, or let the advisory group drop it from the program’s page (then apply that here) or bring it "
    "back."
)


def retired_modules(cohort: Cohort, requirements: Iterable[Requirement]) -> dict[uuid.UUID, str]:
    """By requirement: a sentence for each module that is retired, or has no published lesson. Three statements."""
    modules = {row.pk: row.module for row in requirements if row.module is not None}
    lessons = lessons_by_module(modules.values())
    closed = {pk: module for pk, module in modules.items() if not module.live or not lessons.get(module.pk)}
    if not closed:
        return {}
    reach = count_reach(members_of(list(closed.values())), cohort=cohort)
    return {pk: _sentence(module, reach.get(module.pk, Reach())) for pk, module in closed.items()}


def _sentence(module, reach: Reach) -> str:
    why = "No lesson of it is published." if module.live else "It is retired: leaders do not see it."
    return f"{why} In this cohort: {reach_in_words(reach)[0].lower()}{reach_in_words(reach)[1:]} {MEANS}"
