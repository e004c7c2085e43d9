"""What program staff and faculty read across practices: names, replies and attendance, nominations."""

import uuid
from collections import Counter
from typing import Any

from cohorts.network.models import Cohort, CohortSession
from cohorts.practice.enums import Attendance, EnrollmentState, NominationState
from lms.practices.across import read_across
from lms.practices.models import Practice

_ROSTER = """
SELECT {practice} AS practice_id, e.id AS enrollment_id, e.state, u.name, u.credentials,
    coalesce(t.rsvp, '') AS rsvp, coalesce(t.attendance, '') AS attendance, coalesce(t.how, '') AS how,
    coalesce(t.by_name, '') AS by_name, t.marked_at
FROM {s}.cohorts_practice_enrollment e
JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
JOIN {s}.people_person p ON p.id = e.person_id
JOIN accounts_user u ON u.id = p.user_id
LEFT JOIN {s}.cohorts_practice_seat t ON t.enrollment_id = e.id AND t.cohort_session_id = {cohort_session}
WHERE n.cohort_id = {cohort} AND (e.state <> {withdrawn} OR coalesce(t.attendance, '') <> '')"""

_REPLIES = """
SELECT t.cohort_session_id, t.rsvp, t.attendance, count(*) AS number
FROM {s}.cohorts_practice_seat t
JOIN {s}.cohorts_practice_enrollment e ON e.id = t.enrollment_id AND e.state <> {withdrawn}
WHERE t.cohort_session_id = ANY({sessions}) GROUP BY 1, 2, 3"""

_NOMINATIONS = """
SELECT {practice} AS practice_id, n.id, n.cohort_id, n.state, n.name, n.credentials, n.protected_hours,
    n.sponsor_name, n.submitted_at, n.decided_at
FROM {s}.cohorts_practice_nomination n WHERE n.state = ANY({states})"""

_WAITING = """
SELECT n.cohort_id, count(*) AS number FROM {s}.cohorts_practice_nomination n
WHERE n.state = {confirmed} GROUP BY n.cohort_id"""


def roster(cohort_session: CohortSession) -> list[dict[str, Any]]:
    """Everybody in the session's cohort with reply and attendance, by name; each row has its `practice`.

    Withdrawn leaders are there only if their attendance was recorded. Two statements per 50 practices at most.
    """
    practices = list(cohort_session.cohort.practices.all())
    by_id = {practice.pk: practice for practice in practices}
    rows = read_across(
        _ROSTER,
        practices=practices,
        cohort=cohort_session.cohort_id,
        cohort_session=cohort_session.pk,
        withdrawn=str(EnrollmentState.WITHDRAWN),
    )
    for row in rows:
        row["practice"] = by_id[row["practice_id"]]
    return sorted(rows, key=lambda row: (row["name"], str(row["enrollment_id"])))


def replies(sessions: list[CohortSession]) -> dict[uuid.UUID, Counter]:
    """Per session: how many are "going", "cannot" come, and "attended"."""
    counts: dict[uuid.UUID, Counter] = {cohort_session.pk: Counter() for cohort_session in sessions}
    if not sessions:
        return counts
    for row in read_across(_REPLIES, sessions=[str(pk) for pk in counts], withdrawn=str(EnrollmentState.WITHDRAWN)):
        of = counts[row["cohort_session_id"]]
        of[row["rsvp"]] += row["number"]
        if row["attendance"] == Attendance.ATTENDED:
            of["attended"] += row["number"]
    return counts


def nominations_across(states: list[str]) -> list[dict[str, Any]]:
    """Nominations in `states` of all practices, oldest first; each row has its `practice`."""
    practices = list(Practice.objects.all())
    by_id = {practice.pk: practice for practice in practices}
    rows = read_across(_NOMINATIONS, practices=practices, states=states)
    for row in rows:
        row["practice"] = by_id[row["practice_id"]]
        row["words"] = NominationState(row["state"]).label
    return sorted(rows, key=lambda row: row["submitted_at"])


def nominations_to_decide() -> Counter:
    """How many confirmed nominations wait for staff, by the cohort's id."""
    waiting: Counter = Counter()
    for row in read_across(_WAITING, confirmed=str(NominationState.CONFIRMED)):
        waiting[row["cohort_id"]] += row["number"]
    return waiting


def month_words(cohort: Cohort, month: int) -> str:
    """Where the cohort is: "starts soon", "month 8 of 24" or "ended"."""
    if month < 1:
        return "not started yet"
    return f"month {month} of {12 * cohort.years}" if month <= 12 * cohort.years else "ended"
