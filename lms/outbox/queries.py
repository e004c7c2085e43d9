from django.conf import settings
from django.db.models import Max, QuerySet

from lms import clock
from lms.outbox.models import OutboxRow
from lms.outbox.registry import workers


def stopped() -> QuerySet[OutboxRow]:
    """Rows that were tried too often and wait for a person."""
    return OutboxRow.objects.exclude(stopped_at=None).filter(dropped_at=None, done_at=None).select_related("practice")


def waiting() -> QuerySet[OutboxRow]:
    """Open rows, those with an error first."""
    rows = OutboxRow.objects.filter(done_at=None, dropped_at=None, stopped_at=None)
    return rows.select_related("practice").order_by("-attempts", "due_at")


def mail_server_refuses() -> bool:
    """Whether the last word of the mail server was a refusal: later than any mail that it took."""
    words = OutboxRow.objects.exclude(kind__in=list(workers)).aggregate(no=Max("refused_at"), yes=Max("done_at"))
    if words["no"] is None or words["no"] < clock.now() - settings.MAIL_REFUSAL_REMEMBERED:
        return False
    return words["yes"] is None or words["yes"] < words["no"]
