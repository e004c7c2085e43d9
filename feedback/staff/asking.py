"""Asking across practices: a session's leaders belong to many."""

from collections import defaultdict

from django.db import transaction

from cohorts.network.models import CohortSession
from cohorts.practice.enums import Rsvp
from feedback.network.actions import open_session_window
from feedback.practice.actions import invite_to_survey
from feedback.practice.queries import STUDYING
from lms.people.models import Person
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.schema import enter

_NOT_DECLINED = """
    SELECT {practice} AS practice, enrollment.person_id AS person
    FROM {s}.cohorts_practice_enrollment AS enrollment
    JOIN {s}.cohorts_practice_nomination AS nomination ON nomination.id = enrollment.nomination_id
    WHERE nomination.cohort_id = {cohort} AND enrollment.state = ANY({studying})
      AND NOT EXISTS (
        SELECT FROM {s}.cohorts_practice_seat AS seat
        WHERE seat.enrollment_id = enrollment.id AND seat.cohort_session_id = {cohort_session}
          AND seat.rsvp = {declined}
      )
"""


@transaction.atomic
def ask_about_session(*, cohort_session: CohortSession) -> None:
    """Open the session's window and ask every studying leader of the cohort who had not declined, in each practice.

    Again asks nobody twice. A cancelled session, or one that ended so long ago that its window has too, asks nobody.
    """
    if cohort_session.cancelled_at is not None:
        return
    window = open_session_window(cohort_session=cohort_session)
    if window is None:
        return
    asked = defaultdict(list)
    for row in read_across(
        _NOT_DECLINED,
        cohort=cohort_session.cohort_id,
        cohort_session=cohort_session.pk,
        studying=[state.value for state in STUDYING],
        declined=Rsvp.CANNOT.value,
    ):
        asked[row["practice"]].append(row["person"])
    for practice in Practice.objects.filter(pk__in=asked):
        with enter(practice):
            for person in Person.objects.filter(pk__in=asked[practice.pk]):
                invite_to_survey(person=person, window=window)
