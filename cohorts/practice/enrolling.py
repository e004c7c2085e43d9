"""Leave, its end, and leaving for good; and staff's word on one requirement. All within the practice entered."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.network.models import Requirement
from cohorts.network.plan import local_day, year_bounds
from cohorts.practice.enums import EnrollmentState, RulingKind
from cohorts.practice.loading import standing_of
from cohorts.practice.models import Enrollment, Pause, Ruling
from cohorts.practice.years import complete_enrollment, settle_years, withdraw_years
from lms import clock
from lms.ui.dates import day

__all__ = [
    "complete_enrollment",
    "pause_enrollment",
    "resume_enrollment",
    "rule",
    "withdraw_enrollment",
    "withdraw_ruling",
]

LONGEST_EXTENSION = dt.timedelta(days=365)  # past the program's end


@transaction.atomic
def pause_enrollment(*, enrollment: Enrollment, starts_on: dt.date | None = None, reason: str = "") -> Pause:
    """Begin a leave, today in the leader's zone or on a day before; again returns the leave that runs.

    Raises ValidationError for a day to come, or one before both the cohort's start and the enrollment.
    """
    held = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    running = held.pauses.filter(resumes_on=None).first()
    if running:
        return running
    if held.state != EnrollmentState.ACTIVE:
        raise ValidationError("Only an active leader can be paused.")
    today = clock.today(enrollment.person.user.time_zone)
    if starts_on and starts_on > today:
        raise ValidationError("A pause begins today or on a day before. Record it on its first day.")
    first = min(enrollment.cohort.starts_on, local_day(enrollment.enrolled_at, enrollment.person.user.time_zone))
    if starts_on and starts_on < first:
        raise ValidationError(
            {"starts_on": f"Choose {day(first)} or a later day: before it there was nothing to pause."}
        )
    _set_state(enrollment, EnrollmentState.PAUSED)
    return Pause.objects.create(enrollment=held, starts_on=starts_on or today, reason=reason.strip()[:300])


@transaction.atomic
def resume_enrollment(*, enrollment: Enrollment, resumes_on: dt.date | None = None) -> None:
    """End the leave; `resumes_on` (today if not given) is the first day back. Again changes nothing."""
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    running = enrollment.pauses.filter(resumes_on=None).first()
    if running is None:
        return
    today = clock.today(enrollment.person.user.time_zone)
    back = resumes_on or today
    if not running.starts_on <= back <= today:
        raise ValidationError(f"The first day back lies between {day(running.starts_on)} and today.")
    running.resumes_on = back
    running.save(update_fields=["resumes_on"])
    _set_state(enrollment, EnrollmentState.ACTIVE)


@transaction.atomic
def withdraw_enrollment(*, enrollment: Enrollment) -> None:
    """End the enrollment before its end. What was done stays on record. Again changes nothing."""
    held = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if held.state == EnrollmentState.WITHDRAWN:
        return
    if held.state == EnrollmentState.COMPLETED:
        raise ValidationError("This leader has completed the program and cannot be withdrawn from it.")
    today = clock.today(enrollment.person.user.time_zone)
    held.pauses.filter(resumes_on=None).update(resumes_on=today)
    _set_state(enrollment, EnrollmentState.WITHDRAWN, today)


@transaction.atomic
def rule(
    *,
    enrollment: Enrollment,
    requirement: Requirement,
    kind: RulingKind | str,
    reason: str,
    by,
    until: dt.date | None = None,
) -> Ruling:
    """Excuse `enrollment` from a requirement, sign it off, or extend it to the day `until`; `by` is a user.

    The same ruling again returns the one that holds. Raises ValidationError for what makes no sense.
    """
    kind, reason = RulingKind(kind), reason.strip()
    if requirement.cohort_id != enrollment.cohort.pk:
        raise ValidationError("This requirement is not in the leader’s plan.")
    if not reason:
        raise ValidationError({"reason": "Write why, in a few words. The leader can read it."})
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    until = until if kind == RulingKind.EXTENDED else None
    same = enrollment.rulings.filter(requirement=requirement, kind=kind, until=until, withdrawn_at=None).first()
    if same:
        return same
    if kind == RulingKind.EXTENDED:
        _check_extension(enrollment, requirement, until)
    ruling = Ruling.objects.create(
        enrollment=enrollment,
        requirement=requirement,
        kind=kind,
        until=until,
        reason=reason[:300],
        by_id=by.pk,
        by_name=by.name,
        at=clock.now(),
    )
    settle_years(enrollment=enrollment)
    return ruling


def _check_extension(enrollment: Enrollment, requirement: Requirement, until: dt.date | None) -> None:
    if requirement.cohort_session_id:
        raise ValidationError("A session cannot be extended. Excuse the leader from it instead.")
    item = standing_of(enrollment).item(requirement.pk)
    if until is None or (item and until <= item.due_on):
        due = day(item.due_on) if item else "its due day"
        raise ValidationError({"until": f"Choose a day after {due}, which is its due day now."})
    # Beyond that a year was mistyped: the program is over, and nobody waits so long for a record.
    ends = year_bounds(enrollment.cohort, enrollment.cohort.years)[1]
    latest = max(ends, clock.today(enrollment.person.user.time_zone)) + LONGEST_EXTENSION
    if until > latest:
        raise ValidationError({"until": f"Choose {day(latest)} or an earlier day."})


@transaction.atomic
def withdraw_ruling(*, ruling: Ruling, by, why: str) -> None:
    """Take a ruling back: it stays on record, marked by whom and why. Again changes nothing."""
    why = why.strip()
    if not why:
        raise ValidationError({"why": "Write why, in a few words. The leader can read it."})
    held = Ruling.objects.select_for_update().get(pk=ruling.pk)
    if held.withdrawn_at:
        return
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_why = clock.now(), by.name, why[:300]
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    withdraw_years(enrollment=ruling.enrollment, fact=("ruling", ruling.pk), by=by, why=why)


def _set_state(enrollment: Enrollment, state: EnrollmentState, ended_on: dt.date | None = None) -> None:
    enrollment.state, enrollment.ended_on = state, ended_on
    enrollment.save(update_fields=["state", "ended_on"])
