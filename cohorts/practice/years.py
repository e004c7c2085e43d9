"""When a year is done, and when a corrected fact undoes that. The record stays, whatever happens."""

from django.db import transaction

from cohorts import signals
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.facts import Plan
from cohorts.practice.loading import plan_of, standing_of
from cohorts.practice.models import Enrollment, YearCompletion
from cohorts.practice.standing import Item, Standing
from lms import clock


@transaction.atomic
def settle_years(*, enrollment: Enrollment) -> list[YearCompletion]:
    """Record each year whose required things are all done or excused, once, and announce it; returns the new ones.

    When every year is recorded, the enrollment is completed. Call it after each fact that may complete a year.
    """
    held = _locked(enrollment)
    if held.state == EnrollmentState.WITHDRAWN:
        return []
    plan = plan_of(enrollment.cohort)
    standing = standing_of(held, plan)
    recorded = set(held.year_completions.filter(withdrawn_at=None).values_list("year", flat=True))
    made = []
    for year in standing.years:
        if year.is_complete and year.year not in recorded:
            made.append(
                YearCompletion.objects.create(
                    enrollment=held,
                    year=year.year,
                    completed_at=clock.now(),
                    counted=[_counted(item) for item in _required(standing, year.year)],
                    plan=_snapshot(plan, year.year),
                )
            )
    if made and len(recorded) + len(made) == plan.years:
        complete_enrollment(enrollment=held)
    enrollment.state, enrollment.ended_on = held.state, held.ended_on
    for completion in made:
        signals.year_completed.send(sender=None, enrollment=enrollment, year_completion=completion)
    return made


@transaction.atomic
def complete_enrollment(*, enrollment: Enrollment) -> None:
    """End the enrollment as completed, today in the leader's zone. Again changes nothing."""
    if enrollment.state != EnrollmentState.COMPLETED:
        enrollment.state = EnrollmentState.COMPLETED
        enrollment.ended_on = clock.today(enrollment.person.user.time_zone)
        enrollment.save(update_fields=["state", "ended_on"])


@transaction.atomic
def withdraw_years(*, enrollment: Enrollment, fact: tuple[str, object], by, why: str) -> list[YearCompletion]:
    """Mark withdrawn each recorded year that counted `fact` (kind and id) and is not complete without it.

    Call it once the fact itself is corrected. `by` is a user. A completed enrollment becomes active again.
    """
    held = _locked(enrollment)
    standing = standing_of(held)
    undone = []
    for completion in held.year_completions.filter(withdrawn_at=None):
        entry = next((e for e in completion.counted if (e["fact"], e["id"]) == (fact[0], str(fact[1]))), None)
        if entry is None or _still_finished(standing, entry["requirement"]):
            continue
        completion.withdrawn_at, completion.withdrawn_by, completion.withdrawn_why = clock.now(), by.name, why[:300]
        completion.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        undone.append(completion)
    if undone and held.state == EnrollmentState.COMPLETED:
        held.state, held.ended_on = EnrollmentState.ACTIVE, None
        held.save(update_fields=["state", "ended_on"])
    enrollment.state, enrollment.ended_on = held.state, held.ended_on
    for completion in undone:
        signals.year_withdrawn.send(sender=None, enrollment=enrollment, year_completion=completion)
    return undone


def _locked(enrollment: Enrollment) -> Enrollment:
    held = Enrollment.objects.select_for_update(of=("self",)).select_related("nomination__cohort", "person__user")
    return held.get(pk=enrollment.pk)


def _required(standing: Standing, year: int) -> list[Item]:
    return [item for item in standing.items if item.asked.required and item.asked.year == year]


def _still_finished(standing: Standing, requirement_id: str) -> bool:
    item = next((item for item in standing.items if str(item.asked.id) == requirement_id), None)
    return item is not None and item.is_finished


def _counted(item: Item) -> dict:
    kind, pk = item.fact or ("", "")
    return {
        "requirement": str(item.asked.id),
        "kind": item.asked.kind,
        "title": item.asked.title,
        "state": item.state.value,
        "on": item.done_on.isoformat() if item.done_on else None,
        "fact": kind,
        "id": str(pk),
    }


def _snapshot(plan: Plan, year: int) -> list[dict]:
    return [
        {
            "requirement": str(asked.id),
            "kind": asked.kind,
            "title": asked.title,
            "required": asked.required,
            "opens_on": asked.opens_on.isoformat(),
            "due_on": asked.due_on.isoformat(),
            "module": asked.module_id,
            "lessons": list(asked.lessons),
            "session": str(asked.cohort_session.pk) if asked.cohort_session else None,
        }
        for asked in plan.asked
        if asked.year == year
    ]
