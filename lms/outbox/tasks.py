from celery import shared_task
from django.db.models import Q

from lms import clock
from lms.outbox import delivery
from lms.outbox.models import OutboxRow

AT_ONCE = 500


@shared_task(name="lms.outbox.tasks.deliver")
def deliver(pk: str) -> None:
    """Deliver one row; a row that is gone, done or another worker's is left alone."""
    delivery.deliver(pk)


@shared_task(name="lms.outbox.tasks.relay")
def relay() -> None:
    """Hand every due row to a worker: those the commit could not, and those whose worker died."""
    now = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = OutboxRow.objects.filter(delivery.OPEN, free, due_at__lte=now).order_by("due_at")
    for pk in due.values_list("pk", flat=True)[:AT_ONCE]:
        deliver.delay(str(pk))
