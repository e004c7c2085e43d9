from django.dispatch import receiver

from cohorts.practice.changed_lessons import TELL
from cohorts.practice.session_notices import promise_cancelled, promise_moved
from cohorts.signals import session_cancelled, session_moved
from curriculum.signals import lesson_changed
from lms.outbox.actions import promise


@receiver(session_moved, dispatch_uid="cohorts.tell_of_move")
def tell_when_session_moved(sender, cohort_session, **kwargs):
    """Those who may come learn where and when."""
    promise_moved(cohort_session=cohort_session)


@receiver(session_cancelled, dispatch_uid="cohorts.tell_of_cancelling")
def tell_when_session_cancelled(sender, cohort_session, **kwargs):
    """Those who may come learn that they need not."""
    promise_cancelled(cohort_session=cohort_session)


@receiver(lesson_changed, dispatch_uid="cohorts.tell_of_change")
def tell_when_lesson_changed(sender, change, **kwargs):
    """Those who completed it learn what changed. They are found by a worker: there may be many practices."""
    promise(kind=TELL, ids={"change": str(change.pk)}, key=f"lesson-changed:{change.pk}")
