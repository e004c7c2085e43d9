"""Where a cohort's plan and its program's page differ in modules. A cohort's plan is pinned: nothing here changes it.

The program's page says what a new cohort is laid out from. When the advisory group adds a module there, drops one or
moves it, staff see the difference for each cohort and decide.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.network.enums import PlanStep, RequirementKind
from cohorts.network.models import Cohort, PlanChange, Requirement
from curriculum.models import ModulePage, PlanModule

FIELDS = ("year", "required", "opens_months", "due_months")


@dataclass(frozen=True)
class Difference:
    """One module: what the page plans (empty: not in its plan) and the cohort's requirement (None: not in its plan)."""

    cohort: Cohort
    module: ModulePage
    planned: dict
    requirement: Requirement | None

    @property
    def kind(self) -> str:
        """ "add", "remove" or "change": what applying it does to the cohort's plan."""
        if self.requirement is None:
            return "add"
        return "change" if self.planned else "remove"


def planned_fields(planned: PlanModule) -> dict:
    return {
        "year": planned.year,
        "required": planned.required,
        "opens_months": planned.opens_month,
        "due_months": planned.due_month,
    }


def fields_of(requirement: Requirement | None) -> dict:
    return {name: getattr(requirement, name) for name in FIELDS} if requirement else {}


def differences(cohorts: Iterable[Cohort]) -> dict[uuid.UUID, list[Difference]]:
    """The open differences of each cohort, by its id, in the order of the plans. Three statements.

    A module that is not published is none to add. What staff left as it was comes back once the page says otherwise.
    """
    cohorts = list(cohorts)
    pages: dict[int, dict[int, PlanModule]] = {cohort.program_id: {} for cohort in cohorts}
    for row in PlanModule.objects.filter(program__in=pages).select_related("module").order_by("year", "opens_month"):
        pages[row.program_id][row.module_id] = row
    asked: dict[uuid.UUID, dict[int, Requirement]] = {cohort.pk: {} for cohort in cohorts}
    kept = Requirement.objects.filter(cohort__in=cohorts, kind=RequirementKind.MODULE).select_related("module")
    for requirement in kept:
        if requirement.module_id is not None:
            asked[requirement.cohort_id][requirement.module_id] = requirement
    left = _left(cohorts)
    return {
        cohort.pk: [
            found
            for found in _of(cohort, pages[cohort.program_id], asked[cohort.pk])
            if left.get((cohort.pk, found.module.pk)) != (found.planned, fields_of(found.requirement))
        ]
        for cohort in cohorts
    }


def _of(cohort: Cohort, page: dict[int, PlanModule], asked: dict[int, Requirement]) -> Iterable[Difference]:
    for pk, row in page.items():
        if pk not in asked:
            if row.module.live:
                yield Difference(cohort, row.module, planned_fields(row), None)
        elif planned_fields(row) != fields_of(asked[pk]):
            yield Difference(cohort, row.module, planned_fields(row), asked[pk])
    for pk, requirement in asked.items():
        if pk not in page and requirement.module is not None:
            yield Difference(cohort, requirement.module, {}, requirement)


def _left(cohorts: list[Cohort]) -> dict[tuple[uuid.UUID, int], tuple[dict, dict]]:
    """By cohort and module: what the page and the plan said when staff last left them so."""
    changes = PlanChange.objects.filter(cohort__in=cohorts, step=PlanStep.LEFT).order_by("at")
    return {(change.cohort_id, change.module_id): (change.planned, change.before) for change in changes}
