"""Delivering one row: take the lease, do it, write how it ended.

Work ends inside our database in the same transaction as its row, so it happens once however often it is tried.
A mail cannot: the moment a send begins is committed first, and a try that finds such a mark says "possible repeat".
"""

import contextlib
import datetime as dt
import re
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q

from lms import clock
from lms.accounts.models import User
from lms.outbox.models import OutboxRow
from lms.outbox.registry import CannotBeDone, Letter, forgotten, workers, writers
from lms.outbox.render import message_for
from lms.practices.schema import enter, in_network

LEASE = dt.timedelta(seconds=60)
MOST_ATTEMPTS = 8
_ADDRESS = re.compile(r"[^\s<>'\"({]+@[^\s<>'\")}]+")
OPEN = Q(done_at=None, dropped_at=None, stopped_at=None)


def deliver(pk: str) -> bool:
    """Deliver the row if it is open, due and nobody else's; says whether it was taken up."""
    now = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    taken = OutboxRow.objects.filter(OPEN, free, pk=pk, due_at__lte=now).update(leased_until=now + LEASE)
    if not taken:
        return False
    row = OutboxRow.objects.select_related("practice").get(pk=pk)
    if row.expires_at and row.expires_at <= now:
        _end(row, dropped_at=now, body="")
        return True
    try:
        with _room(row):
            if row.kind in workers:
                _work(row)
            else:
                _send(row)
    except Exception as error:
        _put_off(row, error)
        if not isinstance(error, CannotBeDone | OSError | smtplib.SMTPException):
            raise
    return True


def _room(row: OutboxRow) -> contextlib.AbstractContextManager:
    return enter(row.practice) if row.practice else in_network()


@transaction.atomic
def _work(row: OutboxRow) -> None:
    # A second worker, come after the lease of a slow first one, waits here and then finds nothing to do.
    if OutboxRow.objects.select_for_update().filter(OPEN, pk=row.pk).exists():
        workers[row.kind](row.ids)
        _end(row, done_at=clock.now())


def _send(row: OutboxRow) -> None:
    written = writers[row.kind](row.ids) if row.kind in writers else message_from_body(row)
    if written is None:
        _end(row, dropped_at=clock.now())
        return
    message = message_for(written, row)
    repeat = row.possible_repeat or row.sending_at is not None
    OutboxRow.objects.filter(pk=row.pk).update(sending_at=clock.now(), possible_repeat=repeat)
    connection = get_connection(settings.OUTBOX_TRANSPORT)
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        User.objects.filter(email__in=message.to).update(bounced_at=clock.now())
        if isinstance(written, Letter) and written.on_bounce is not None:
            written.on_bounce()
        _end(row, stopped_at=clock.now(), sending_at=None, last_error=_words(error))
        return
    with transaction.atomic():
        if row.kind in forgotten:
            OutboxRow.objects.filter(pk=row.pk).delete()
            return
        _end(row, done_at=clock.now(), sending_at=None, body="")
        if isinstance(written, Letter) and written.person is not None:
            # The practice's own history; a network row never says what was written to whom.
            written.person.mail_lines.create(
                kind=row.kind,
                subject=written.subject,
                address=written.to,
                sent_at=clock.now(),
                possible_repeat=repeat,
            )


def message_from_body(row: OutboxRow) -> EmailMessage:
    from lms.outbox.backends import unpack

    return unpack(row.body)


def _end(row: OutboxRow, **fields) -> None:
    OutboxRow.objects.filter(pk=row.pk).update(leased_until=None, **fields)


def _put_off(row: OutboxRow, error: Exception) -> None:
    """Try again later (one minute, two, four ... an hour at most), then stop where staff see it."""
    attempts = row.attempts + 1
    now = clock.now()
    fields = {"attempts": attempts, "last_error": _words(error), "leased_until": None}
    if isinstance(error, OSError | smtplib.SMTPException):
        fields["refused_at"] = now
        if isinstance(error, ConnectionRefusedError | smtplib.SMTPConnectError):
            fields["sending_at"] = None  # it never left
    if attempts >= MOST_ATTEMPTS or isinstance(error, CannotBeDone):
        fields["stopped_at"] = now
    else:
        fields["due_at"] = now + min(dt.timedelta(minutes=2 ** (attempts - 1)), dt.timedelta(hours=1))
    OutboxRow.objects.filter(pk=row.pk).update(**fields)


def _words(error: Exception) -> str:
    """The error in a line that names nobody: a network row never says who was written to.

    A refusal of the address is told by its codes, since a server's own words may hold the name; what comes after
    the first line is left out, since there a database shows the row.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
        return f"The mail server refuses the address ({codes})."
    first = next(iter(str(error).replace("\x00", "").splitlines()), "")
    return _ADDRESS.sub("(address)", f"{type(error).__name__}: {first}")[:500]
