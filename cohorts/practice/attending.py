"""Whether a leader comes to a session, and whether they came."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.network.models import CohortSession
from cohorts.practice.enums import Attendance, AttendedHow, EnrollmentState, Rsvp
from cohorts.practice.models import Enrollment, Seat
from cohorts.practice.years import settle_years, withdraw_years
from lms import clock
from lms.practices.models import Practice
from lms.practices.schema import enter

COUNTS = (Attendance.ATTENDED, Attendance.EXCUSED)


@transaction.atomic
def rsvp(*, enrollment: Enrollment, cohort_session: CohortSession, coming: bool) -> Seat:
    """Say whether the leader comes. May be changed until the session starts; the same answer changes nothing.

    Raises ValidationError, in words, once it has started, when it is cancelled, or is another cohort's.
    """
    cohort_session, state = _as_they_stand(enrollment, cohort_session)
    if cohort_session.cohort_id != enrollment.cohort.pk:
        raise ValidationError("This session is not your cohort’s.")
    if state == EnrollmentState.WITHDRAWN:
        raise ValidationError("You have left this program, so there is no seat to keep.")
    if cohort_session.cancelled_at:
        raise ValidationError("This session was cancelled, so there is nothing to reply to.")
    if cohort_session.starts_at <= clock.now():
        raise ValidationError("This session has started, so the reply can no longer change. Write to program staff.")
    seat = _seat(enrollment, cohort_session)
    answer = Rsvp.GOING if coming else Rsvp.CANNOT
    if seat.rsvp != answer:
        seat.rsvp, seat.rsvp_at = answer, clock.now()
        seat.save(update_fields=["rsvp", "rsvp_at"])
    return seat


@transaction.atomic
def mark_attendance(
    *,
    practice: Practice,
    enrollment_id: uuid.UUID,
    cohort_session: CohortSession,
    attendance: Attendance | str,
    by,
    how: AttendedHow | str = AttendedHow.NONE,
) -> Seat:
    """Record that a leader of `practice` attended (and how), was absent or is excused; "" takes a record back.

    Enters the practice by itself. The same record again changes nothing. A record that no longer counts marks
    the years that it completed withdrawn. `by` is a user. Raises Enrollment.DoesNotExist for an enrollment that
    is not in this practice and cohort, ValidationError before the session starts or once it is cancelled.
    """
    attendance = Attendance(attendance)
    how = AttendedHow(how) if attendance == Attendance.ATTENDED else AttendedHow.NONE
    if attendance != Attendance.NONE and _held(cohort_session).cancelled_at:
        raise ValidationError("This session was cancelled, so there is no attendance to record.")
    if cohort_session.starts_at > clock.now() and attendance not in (Attendance.NONE, Attendance.EXCUSED):
        raise ValidationError("This session has not started. Record attendance once it has.")
    with enter(practice):
        enrollment = Enrollment.objects.select_related("nomination__cohort", "person__user").get(
            pk=enrollment_id, nomination__cohort=cohort_session.cohort_id
        )
        seat = _seat(enrollment, cohort_session)
        if (seat.attendance, seat.how) == (attendance, how):
            return seat
        before = seat.attendance
        seat.attendance, seat.how, seat.marked_at = attendance, how, clock.now()
        seat.by_id, seat.by_name = by.pk, by.name
        seat.save(update_fields=["attendance", "how", "marked_at", "by_id", "by_name"])
        if before in COUNTS and attendance not in COUNTS:
            why = f"Attendance of “{cohort_session.title}” was corrected"
            withdraw_years(enrollment=enrollment, fact=("attendance", seat.pk), by=by, why=why)
        elif attendance in COUNTS:
            settle_years(enrollment=enrollment)
    return seat


def _as_they_stand(enrollment: Enrollment, cohort_session: CohortSession) -> tuple[CohortSession, str]:
    """The session and the enrollment's state now, held until the reply is kept: both may have changed since."""
    # The session first, as in recording attendance, so that neither waits for the other.
    held = _held(cohort_session)
    state = Enrollment.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=enrollment.pk)
    return held, state


def _held(cohort_session: CohortSession) -> CohortSession:
    # Against a cancellation or a new time meanwhile, not against the keys of other leaders' seats.
    return CohortSession.objects.select_for_update(no_key=True).get(pk=cohort_session.pk)


def _seat(enrollment: Enrollment, cohort_session: CohortSession) -> Seat:
    Seat.objects.get_or_create(enrollment=enrollment, cohort_session=cohort_session)
    return Seat.objects.select_for_update().get(enrollment=enrollment, cohort_session=cohort_session)
