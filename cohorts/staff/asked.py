"""Questions and reflections that leaders addressed to faculty, read across practices."""

from typing import Any

from wagtail.models import Page

from cohorts.network.models import CohortSession
from lms import clock
from lms.accounts.queries import is_staff
from lms.practices.across import read_across
from lms.practices.models import Practice

_QUESTIONS = """
SELECT {practice} AS practice_id, q.id, q.text, q.asked_at, q.answer, q.answered_at, q.answered_by_name,
    q.taken_to_title, r.page_id, u.name, u.credentials
FROM {s}.cohorts_practice_facultyquestion q
JOIN {s}.cohorts_practice_pagerecord r ON r.id = q.record_id
JOIN {s}.people_person p ON p.id = r.person_id
JOIN accounts_user u ON u.id = p.user_id
WHERE {everything} OR q.asked @> jsonb_build_array({user}::text)"""

_REFLECTIONS = """
SELECT {practice} AS practice_id, f.id, f.text, f.block_id, f.shared_at, r.page_id, u.name, u.credentials
FROM {s}.cohorts_practice_reflection f
JOIN {s}.cohorts_practice_pagerecord r ON r.id = f.record_id
JOIN {s}.people_person p ON p.id = r.person_id
JOIN accounts_user u ON u.id = p.user_id
WHERE f.text <> '' AND f.shared_with @> jsonb_build_array({user}::text)"""


def questions_for(user) -> list[dict[str, Any]]:
    """The questions addressed to `user`, and for program staff all of them; what waits longest comes first.

    Each row has its `practice` and `page`. One statement per 50 practices, and two more.
    """
    rows = _furnished(read_across(_QUESTIONS, user=str(user.pk), everything=is_staff(user)))
    return sorted(rows, key=lambda row: (row["answered_at"] is not None, row["asked_at"]))


def reflections_for(user) -> list[dict[str, Any]]:
    """The reflections that leaders share with `user`, the latest first. Program staff as such read none."""
    rows = _furnished(read_across(_REFLECTIONS, user=str(user.pk)))
    return sorted(rows, key=lambda row: row["shared_at"], reverse=True)


def sessions_to_take_it_to(user, cohort_ids) -> list[CohortSession]:
    """Coming sessions of these cohorts, the next first: those that `user` teaches, and for program staff all."""
    coming = CohortSession.objects.filter(cohort__in=cohort_ids, cancelled_at=None, ends_at__gt=clock.now())
    if not is_staff(user):
        coming = coming.filter(faculty=user)
    return list(coming.order_by("starts_at"))


def _furnished(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    practices = Practice.objects.in_bulk([row["practice_id"] for row in rows])
    pages = Page.objects.in_bulk([row["page_id"] for row in rows])
    for row in rows:
        row["practice"], row["page"] = practices[row["practice_id"]], pages[row["page_id"]]
    return rows
