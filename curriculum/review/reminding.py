import datetime as dt
from zoneinfo import ZoneInfo

from wagtail.models import TaskState, WorkflowState

from curriculum.review.asking import who_is_asked
from curriculum.review.models import ReviewState
from lms import clock
from lms.outbox.actions import promise

MORNING = 8  # in the reader's own zone


def remind_of_due() -> None:
    """Promise each reader one reminder on the day on which a review is due. Again promises nothing more."""
    days = dt.timedelta(days=1)
    today = clock.now().date()
    due = ReviewState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        due_on__range=(today - days, today + days),  # a day begins and ends elsewhere at other hours
    )
    for state in due:
        for reader in who_is_asked(state):
            here = clock.now().astimezone(ZoneInfo(reader.time_zone))
            if here.date() == state.due_on and here.hour >= MORNING:
                promise(
                    kind="review_due",
                    ids={"review": state.pk, "user": str(reader.pk)},
                    key=f"review-due:{state.pk}:{reader.pk}:{state.due_on}",
                    expires_at=clock.now() + days,
                )
