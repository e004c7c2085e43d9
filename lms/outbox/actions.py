import datetime as dt
import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from lms import clock
from lms.outbox.models import OutboxRow

log = logging.getLogger(__name__)


def promise(
    *,
    kind: str,
    ids: dict,
    practice=None,
    key: str | None = None,
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    body: str = "",
) -> OutboxRow:
    """Promise work of `kind` in the surrounding transaction; a worker takes it up once that commits.

    With `key`, the same promise again returns the row that is there. `practice` is entered; None is the network.
    """
    fields = {"kind": kind, "ids": ids, "practice": practice, "body": body, "expires_at": expires_at}
    if due_at is not None:
        fields["due_at"] = due_at
    with transaction.atomic():
        if key is None:
            row, made = OutboxRow.objects.create(**fields), True
        else:
            row, made = OutboxRow.objects.get_or_create(key=key, defaults=fields)
        if made and row.due_at <= clock.now():
            transaction.on_commit(lambda: _hand_over(row.pk))
    return row


def _hand_over(pk) -> None:
    from lms.outbox.tasks import deliver

    try:
        deliver.delay(str(pk))
    except OperationalError:
        log.warning("The broker does not answer; the relay will hand over outbox row %s.", pk)


@transaction.atomic
def retry(*, row: OutboxRow) -> None:
    """Open a stopped row again, with its tries counted from nothing."""
    changed = OutboxRow.objects.filter(pk=row.pk, done_at=None, dropped_at=None).update(
        stopped_at=None, attempts=0, due_at=clock.now(), leased_until=None
    )
    if changed:
        transaction.on_commit(lambda: _hand_over(row.pk))


@transaction.atomic
def give_up(*, row: OutboxRow) -> None:
    """Drop a row for good, with the mail that a library wrote into it."""
    OutboxRow.objects.filter(pk=row.pk, done_at=None, dropped_at=None).update(dropped_at=clock.now(), body="")
