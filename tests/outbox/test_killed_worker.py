"""An invitation, and its mail, when a real worker is killed before, during or after sending it."""

import datetime as dt
from email import message_from_bytes

import psycopg
import pytest

from cohorts.practice.nominating import accept_nomination
from lms.accounts.models import Invitation
from lms.outbox.delivery import LEASE
from lms.outbox.models import OutboxRow
from lms.people.models import MailLine
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.cohorts.people import a_confirmed
from tests.cohorts.programs import make_cohort
from tests.fixtures import make_user
from tests.live import shift_clock, wait_for

# Where a worker waits for another's lock: before it has the lease, before it sends, after it has sent.
HELD = {
    "before": "LOCK TABLE outbox_outboxrow IN SHARE MODE",
    "during": "LOCK TABLE accounts_invitation IN ACCESS EXCLUSIVE MODE",
    "after": "LOCK TABLE practice_alder_oncology.people_mailline IN SHARE MODE",
}
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.mark.parametrize("when", HELD)
def test_invitation_is_one_though_its_worker_is_killed(when, processes, own_database, settings):
    alder = Practice.objects.get(slug="alder-oncology")
    sponsor, staff = make_user("sponsor@alder.example"), make_user("staff@network.example")
    nomination = a_confirmed(alder, make_cohort(starts_on=dt.date(2099, 9, 7)), sponsor)
    with psycopg.connect(own_database) as blocker, psycopg.connect(own_database, autocommit=True) as watcher:
        accept_nomination(practice=alder, nomination=nomination, by=staff)
        accept_nomination(practice=alder, nomination=nomination, by=staff)
        OutboxRow.objects.exclude(kind="invitation").delete()  # what the nomination mails is not looked at here
        blocker.execute(HELD[when])
        processes.beat()
        first = processes.worker()
        wait_for(lambda: watcher.execute(WAITS).fetchone()[0], 90, "the worker to wait")
        processes.kill(first)
        blocker.rollback()
    sent = len(list(settings.MAIL_FOLDER.glob("*.eml")))
    assert sent == (1 if when == "after" else 0)

    shift_clock(settings, LEASE.total_seconds() + 1)
    processes.worker()
    wait_for(lambda: OutboxRow.objects.exclude(done_at=None).exists(), 90, "the mail")

    invitation, row = Invitation.objects.get(), OutboxRow.objects.get()
    assert invitation.key == f"nomination:{nomination.pk}"
    mails = [message_from_bytes(path.read_bytes()) for path in settings.MAIL_FOLDER.glob("*.eml")]
    assert len(mails) == sent + 1
    assert len({mail["Message-ID"] for mail in mails}) == 1
    assert row.possible_repeat is (when == "after")
    with enter(alder):
        assert MailLine.objects.get().possible_repeat is row.possible_repeat
