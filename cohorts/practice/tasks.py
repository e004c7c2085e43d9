import logging

from celery import shared_task

from cohorts.network.models import Cohort
from cohorts.practice.board import board
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.models import Enrollment
from cohorts.practice.years import settle_years as settle
from lms.practices.schema import enter

log = logging.getLogger(__name__)


@shared_task(name="cohorts.practice.tasks.settle_years")
def settle_years() -> None:
    """Record years that became complete by a change of the plan alone, such as a cancelled session.

    What a leader or staff do settles at once; a plan is the network's and knows no leaders.
    """
    for cohort in Cohort.objects.all():
        for row in board(cohort).rows:
            complete = {year.year for year in row.standing.years if year.is_complete}
            if row.leader.state == EnrollmentState.WITHDRAWN or complete <= row.leader.years:
                continue
            try:
                with enter(row.practice):
                    found = Enrollment.objects.select_related("nomination__cohort", "person__user")
                    settle(enrollment=found.get(pk=row.leader.enrollment_id))
            except Exception:
                log.exception("The years of enrollment %s could not be settled; tried again.", row.leader.enrollment_id)
