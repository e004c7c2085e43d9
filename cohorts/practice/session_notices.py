"""Who is told by mail that a session was moved or cancelled: one promise for each leader, in their practice."""

from django.db import transaction

from cohorts.network.models import CohortSession
from cohorts.practice.enums import EnrollmentState, Rsvp
from lms import clock
from lms.outbox.actions import promise
from lms.practices.across import read_across
from lms.practices.models import Practice

_TOLD = """
SELECT {practice} AS practice_id, e.id
FROM {s}.cohorts_practice_enrollment e
JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
LEFT JOIN {s}.cohorts_practice_seat t ON t.enrollment_id = e.id AND t.cohort_session_id = {cohort_session}
WHERE n.cohort_id = {cohort} AND e.state <> {withdrawn} AND coalesce(t.rsvp, '') <> {cannot}"""


@transaction.atomic
def promise_moved(*, cohort_session: CohortSession) -> None:
    """Promise each leader who has not declined a mail on where and when the session is now; none once it is over."""
    if not cohort_session.is_over:
        _promise("session_moved", cohort_session, stands=where_and_when(cohort_session))


@transaction.atomic
def promise_cancelled(*, cohort_session: CohortSession) -> None:
    """Promise each leader who has not declined a mail that the session is not held."""
    _promise("session_cancelled", cohort_session)


def where_and_when(cohort_session: CohortSession) -> list[str]:
    """What a mail on a move says: once the session stands elsewhere, the mail is stale and a later one tells more."""
    return [
        cohort_session.mode,
        cohort_session.starts_at.isoformat(),
        cohort_session.ends_at.isoformat(),
        cohort_session.venue,
        cohort_session.address,
    ]


def _promise(kind: str, cohort_session: CohortSession, **more) -> None:
    practices = {practice.pk: practice for practice in Practice.objects.all()}
    told = read_across(
        _TOLD,
        practices=practices.values(),
        cohort=cohort_session.cohort_id,
        cohort_session=cohort_session.pk,
        withdrawn=str(EnrollmentState.WITHDRAWN),
        cannot=str(Rsvp.CANNOT),
    )
    for row in told:
        promise(
            kind=kind,
            ids={"enrollment": str(row["id"]), "cohort_session": str(cohort_session.pk), **more},
            practice=practices[row["practice_id"]],
            key=f"{kind}:{row['id']}:{cohort_session.pk}:{cohort_session.sequence}",
            expires_at=max(cohort_session.ends_at, clock.now()),
        )
