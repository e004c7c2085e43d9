"""Bringing a cohort's plan in line with its program's page, one module at a time, or leaving it as it is."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from cohorts.network.differences import Difference, differences, fields_of
from cohorts.network.enums import PlanStep, RequirementKind
from cohorts.network.models import Cohort, PlanChange, Requirement
from cohorts.network.plan import add_months
from cohorts.practice.board import Board, board
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.models import Enrollment
from cohorts.practice.years import settle_years
from lms import clock
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.schema import enter

_RULED = "SELECT count(*) AS number FROM {s}.cohorts_practice_ruling g WHERE g.requirement_id = {requirement}"


@dataclass(frozen=True)
class Effect:
    """Whom a difference touches: leaders in the program, in how many practices, and of those who have the module done.

    `overdue` says that the planned due day lies behind us, so that it would be overdue at once.
    """

    leaders: int
    practices: int
    done: int
    overdue: bool


def effect(found: Difference, standing: Board) -> Effect:
    """What applying `found` means for the leaders of `standing`, the cohort's board."""
    rows = [row for row in standing.rows if row.leader.state != EnrollmentState.WITHDRAWN]
    done = sum(any(fact.page_id == found.module.pk for fact in row.leader.facts.completions) for row in rows)
    overdue = False
    if found.planned and not (found.requirement and found.requirement.due_on):
        due = add_months(found.cohort.starts_on, found.planned["due_months"])
        overdue = due < clock.today(found.cohort.westernmost_zone) and done < len(rows)
    return Effect(len(rows), len({row.practice.pk for row in rows}), done, overdue)


@transaction.atomic
def apply_difference(*, cohort: Cohort, module_id: int, planned: dict, by) -> PlanChange:
    """Do to the cohort's plan what the page says of the module, as staff saw it in `planned`; `by` is of program staff.

    Days that staff set themselves stay. What leaders completed stays; years that are complete by the new plan are
    recorded. Raises ValidationError when the page or the plan has changed meanwhile, and when leaders hold a word of
    staff (excused, extended) on what would be removed.
    """
    found = _locked_difference(cohort, module_id, planned)
    before, requirement = fields_of(found.requirement), found.requirement
    step = {"add": PlanStep.ADDED, "remove": PlanStep.REMOVED, "change": PlanStep.CHANGED}[found.kind]
    if requirement is None:
        last = found.cohort.requirements.filter(kind=RequirementKind.MODULE).aggregate(last=Max("position"))["last"]
        Requirement.objects.create(
            cohort=found.cohort,
            kind=RequirementKind.MODULE,
            module=found.module,
            title=found.module.title[:150],
            short_title=found.module.short_title,
            position=(last or 0) + 1,
            **found.planned,
        )
    elif found.planned:
        for name, value in found.planned.items():
            setattr(requirement, name, value)
        requirement.save(update_fields=list(found.planned))
    else:
        _refuse_while_ruled(requirement)
        requirement.delete()
    change = _record(found, step, before, found.planned, by)
    _settle(found.cohort)
    return change


@transaction.atomic
def leave_difference(*, cohort: Cohort, module_id: int, planned: dict, by) -> PlanChange:
    """Keep the cohort's plan as it is. The difference comes back once the program's page says something else."""
    found = _locked_difference(cohort, module_id, planned)
    before = fields_of(found.requirement)
    return _record(found, PlanStep.LEFT, before, before, by)


def _locked_difference(cohort: Cohort, module_id: int, planned: dict) -> Difference:
    held = Cohort.objects.select_for_update(of=("self",)).select_related("program").get(pk=cohort.pk)
    found = next((found for found in differences([held])[held.pk] if found.module.pk == module_id), None)
    if found is None or found.planned != planned:
        raise ValidationError("The program’s page or this plan has changed meanwhile. Look at the differences again.")
    return found


def _refuse_while_ruled(requirement: Requirement) -> None:
    rows = read_across(_RULED, practices=requirement.cohort.practices.all(), requirement=requirement.pk)
    number = sum(row["number"] for row in rows)
    if number:
        raise ValidationError(
            f"Staff have excused or extended it for {number} leader{'' if number == 1 else 's'}, and that would lose "
            "what it names. Leave it in this plan."
        )


def _record(found: Difference, step: PlanStep, before: dict, after: dict, by) -> PlanChange:
    return PlanChange.objects.create(
        cohort=found.cohort,
        module=found.module,
        step=step,
        planned=found.planned,
        before=before,
        after=after,
        by_id=by.pk,
        by_name=by.name,
        at=clock.now(),
    )


def _settle(cohort: Cohort) -> None:
    """A smaller plan may complete a year."""
    for practice in Practice.objects.filter(pk__in=cohort.practices.all()):
        with enter(practice):
            for enrollment in Enrollment.objects.filter(nomination__cohort=cohort.pk, state=EnrollmentState.ACTIVE):
                settle_years(enrollment=enrollment)


def compared(cohort: Cohort) -> list[tuple[Difference, Effect]]:
    """The cohort's open differences, each with whom it touches."""
    found = differences([cohort])[cohort.pk]
    standing = board(cohort) if found else None
    return [(difference, effect(difference, standing)) for difference in found] if standing else []
