"""Nominations and enrollments, read over all practices at once."""

import uuid

from cohorts.network.models import Cohort
from cohorts.practice.enums import LIVE_NOMINATIONS, EnrollmentState
from lms.accounts.models import User
from lms.practices.across import read_across


def has_live_nomination(email: str, cohort: Cohort) -> bool:
    """Whether the address has a live nomination for `cohort` in any practice, withdrawn leaders aside."""
    rows = read_across(
        "SELECT 1 AS found FROM {s}.cohorts_practice_nomination n"
        " LEFT JOIN {s}.cohorts_practice_enrollment e ON e.nomination_id = n.id"
        " WHERE n.cohort_id = {cohort} AND lower(n.email) = lower({email}) AND n.state = ANY({live})"
        " AND e.state IS DISTINCT FROM {withdrawn}",
        cohort=cohort.pk,
        email=email,
        live=[str(state) for state in LIVE_NOMINATIONS],
        withdrawn=str(EnrollmentState.WITHDRAWN),
    )
    return bool(rows)


def is_enrolled(user: User, cohort: Cohort) -> bool:
    """Whether `user` is a leader in `cohort`, not withdrawn, in any practice."""
    rows = read_across(
        "SELECT 1 AS found FROM {s}.cohorts_practice_enrollment e"
        " JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id"
        " JOIN {s}.people_person p ON p.id = e.person_id"
        " WHERE n.cohort_id = {cohort} AND p.user_id = {user} AND e.state <> {withdrawn}",
        cohort=cohort.pk,
        user=user.pk,
        withdrawn=str(EnrollmentState.WITHDRAWN),
    )
    return bool(rows)


def seats_by_cohort() -> dict[uuid.UUID, int]:
    """Leaders per cohort, withdrawn ones aside, by the cohort's id."""
    rows = read_across(
        "SELECT n.cohort_id AS cohort, count(*) AS taken FROM {s}.cohorts_practice_enrollment e"
        " JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id"
        " WHERE e.state <> {withdrawn} GROUP BY n.cohort_id",
        withdrawn=str(EnrollmentState.WITHDRAWN),
    )
    taken: dict[uuid.UUID, int] = {}
    for row in rows:
        taken[row["cohort"]] = taken.get(row["cohort"], 0) + row["taken"]
    return taken


def seats_taken(cohort: Cohort) -> int:
    """How many leaders `cohort` has now, withdrawn ones aside."""
    return seats_by_cohort().get(cohort.pk, 0)
