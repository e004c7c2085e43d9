import datetime as dt

from cohorts.network.enums import KeyChangeState
from cohorts.network.models import Cohort, KeyChange
from lms import clock


def nominations_open_until(cohort: Cohort) -> dt.date:
    """The last day for nominations: the cohort's own, or the day before it starts."""
    return cohort.nominations_close_on or cohort.starts_on - dt.timedelta(days=1)


def takes_nominations(cohort: Cohort) -> bool:
    """Whether practices may nominate for `cohort` now; the last day ends in its westernmost zone."""
    return clock.today(cohort.westernmost_zone) <= nominations_open_until(cohort)


def cohorts_open_for_nominations() -> list[Cohort]:
    """Cohorts that practices may nominate for now, the next to start first."""
    return [cohort for cohort in Cohort.objects.order_by("starts_on") if takes_nominations(cohort)]


def keys_to_decide() -> list[KeyChange]:
    """The mended keys of checks that wait for staff, with their pages, the latest first."""
    return list(KeyChange.objects.filter(state=KeyChangeState.OPEN).select_related("page"))
