"""Promises and how they are kept."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from lms import clock
from lms.accounts.models import User
from lms.outbox import delivery, queries, registry
from lms.outbox.actions import give_up, promise, retry
from lms.outbox.models import OutboxRow
from lms.people.actions import person_for
from lms.people.models import MailLine
from lms.practices.schema import current_practice, enter

START = dt.datetime(2026, 4, 14, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_memory_transport(settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def kinds(monkeypatch):
    """Kinds of this test's own: a mail to `ids["to"]` and a work that counts itself."""
    done = []

    def write(ids):
        if ids.get("stale"):
            return None
        person = person_for(user=User.objects.get(pk=ids["user"])) if "user" in ids else None
        return registry.Letter(
            to=ids["to"], subject="Hello\nBcc: x@y.example", paragraphs=["Words."], why="A test.", person=person
        )

    def count(ids):
        done.append(current_practice().slug if ids.get("within") else "network")
        if ids.get("fails"):
            raise RuntimeError("It broke.")

    monkeypatch.setitem(registry.writers, "test_mail", write)
    monkeypatch.setitem(registry.writers, "test_quiet_mail", write)
    monkeypatch.setitem(registry.workers, "test_work", count)
    return done


def test_promise_with_a_key_is_made_once(db):
    first = promise(kind="test_work", ids={}, key="k")
    assert promise(kind="test_work", ids={}, key="k") == first
    assert OutboxRow.objects.count() == 1


def test_promise_of_a_transaction_that_fails_is_not_there(db):
    def promise_and_fail():
        with transaction.atomic():
            promise(kind="test_work", ids={})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        promise_and_fail()
    assert not OutboxRow.objects.exists()


def test_work_is_done_in_the_practice_and_once(alder, kinds):
    row = promise(kind="test_work", ids={"within": True}, practice=alder)
    assert delivery.deliver(str(row.pk)) is True
    assert delivery.deliver(str(row.pk)) is False
    assert kinds == ["alder-oncology"]
    with pytest.raises(RuntimeError):
        current_practice()


def test_work_of_a_leased_row_is_left_alone_until_the_lease_ends(db, kinds):
    with clock.at(START):
        row = promise(kind="test_work", ids={})
        OutboxRow.objects.filter(pk=row.pk).update(leased_until=START + delivery.LEASE)
        assert delivery.deliver(str(row.pk)) is False
    with clock.at(START + delivery.LEASE + dt.timedelta(seconds=1)):
        assert delivery.deliver(str(row.pk)) is True
    assert len(kinds) == 1


def test_failing_work_backs_off_and_then_stops_where_staff_see_it(db, kinds):
    with clock.at(START):
        row = promise(kind="test_work", ids={"fails": True})
    moment = START
    for attempt in range(delivery.MOST_ATTEMPTS):
        with clock.at(moment), pytest.raises(RuntimeError):
            delivery.deliver(str(row.pk))
        row.refresh_from_db()
        assert row.attempts == attempt + 1
        moment = max(row.due_at, moment)
    assert row.stopped_at is not None
    assert row.last_error == "RuntimeError: It broke."
    assert list(queries.stopped()) == [row]
    retry(row=row)
    row.refresh_from_db()
    assert (row.stopped_at, row.attempts) == (None, 0)
    give_up(row=row)
    assert not queries.stopped()
    assert not queries.waiting()


def test_mail_carries_a_stable_id_and_leaves_a_line_in_the_practice(alder, manager, kinds):
    row = promise(kind="test_mail", ids={"to": "a@b.example", "user": str(manager.pk)}, practice=alder)
    delivery.deliver(str(row.pk))
    with enter(alder):
        line = MailLine.objects.get()
    assert (line.kind, line.address, line.possible_repeat) == ("test_mail", "a@b.example", False)
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{row.pk}@localhost>"
    assert "\n" not in mail.outbox[0].subject
    assert "A test." in mail.outbox[0].body


def test_mail_with_nothing_to_say_is_dropped(db, kinds):
    row = promise(kind="test_mail", ids={"stale": True})
    delivery.deliver(str(row.pk))
    row.refresh_from_db()
    assert row.dropped_at is not None
    assert mail.outbox == []


def test_mail_gone_stale_in_an_outage_is_dropped(db, kinds):
    with clock.at(START):
        row = promise(kind="test_mail", ids={"to": "a@b.example"}, expires_at=START + dt.timedelta(days=1))
    with clock.at(START + dt.timedelta(days=2)):
        delivery.deliver(str(row.pk))
    row.refresh_from_db()
    assert row.dropped_at is not None
    assert mail.outbox == []


def test_mail_whose_sender_died_is_sent_again_and_said_to_be_a_possible_repeat(db, kinds):
    with clock.at(START):
        row = promise(kind="test_mail", ids={"to": "a@b.example"})
        OutboxRow.objects.filter(pk=row.pk).update(sending_at=START, leased_until=START + delivery.LEASE)
    with clock.at(START + dt.timedelta(minutes=2)):
        assert delivery.deliver(str(row.pk)) is True
    row.refresh_from_db()
    assert row.possible_repeat is True
    assert len(mail.outbox) == 1


def test_refusing_mail_server_is_told_until_it_takes_a_mail_again(db, kinds, settings, monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError("no server")

    with monkeypatch.context() as patch:
        patch.setattr(mail.backends.locmem.EmailBackend, "send_messages", refuse)
        row = promise(kind="test_mail", ids={"to": "a@b.example"})
        delivery.deliver(str(row.pk))
    assert queries.mail_server_refuses() is True
    with clock.at(clock.now() + dt.timedelta(minutes=5)):
        delivery.deliver(str(row.pk))
        assert queries.mail_server_refuses() is False
    row.refresh_from_db()
    assert row.possible_repeat is False


def test_refused_address_is_marked_and_named_nowhere(db, kinds, manager, monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({manager.email: (550, b"no such user manager@alder.example")})

    monkeypatch.setattr(mail.backends.locmem.EmailBackend, "send_messages", refuse)
    row = promise(kind="test_mail", ids={"to": manager.email})
    delivery.deliver(str(row.pk))
    manager.refresh_from_db()
    row.refresh_from_db()
    assert manager.bounced_at is not None
    assert row.stopped_at is not None
    assert row.last_error == "The mail server refuses the address (550)."


def test_mail_of_a_forgotten_kind_leaves_neither_line_nor_row(alder, kinds, monkeypatch):
    monkeypatch.setattr(delivery, "forgotten", {"test_quiet_mail"})
    row = promise(kind="test_quiet_mail", ids={"to": "a@b.example"}, practice=alder)
    delivery.deliver(str(row.pk))
    assert not OutboxRow.objects.exists()
    assert len(mail.outbox) == 1
    with enter(alder):
        assert not MailLine.objects.exists()


def test_library_mail_goes_through_the_outbox_and_loses_its_body_once_sent(db, settings):
    settings.EMAIL_BACKEND = "lms.outbox.backends.OutboxBackend"
    send_mail("Reset", "A secret link", None, ["a@b.example", "c@d.example"])
    assert mail.outbox == []
    rows = list(OutboxRow.objects.all())
    assert len(rows) == 2
    for row in rows:
        delivery.deliver(str(row.pk))
    assert sorted(message.to[0] for message in mail.outbox) == ["a@b.example", "c@d.example"]
    assert set(OutboxRow.objects.values_list("body", flat=True)) == {""}


def test_library_mail_that_is_given_up_loses_its_body(db, settings):
    settings.EMAIL_BACKEND = "lms.outbox.backends.OutboxBackend"
    send_mail("Reset", "A secret link", None, ["a@b.example"])
    row = OutboxRow.objects.get()
    give_up(row=row)
    row.refresh_from_db()
    assert (row.body, row.dropped_at is not None) == ("", True)
    retry(row=row)
    row.refresh_from_db()
    assert row.dropped_at is not None


def test_library_mail_whose_link_has_ended_is_dropped_with_its_body(db, settings):
    settings.EMAIL_BACKEND = "lms.outbox.backends.OutboxBackend"
    with clock.at(START):
        send_mail("Reset", "A secret link", None, ["a@b.example"])
    row = OutboxRow.objects.get()
    with clock.at(START + dt.timedelta(days=4)):
        delivery.deliver(str(row.pk))
    row.refresh_from_db()
    assert (row.body, row.dropped_at is not None, mail.outbox) == ("", True, [])


def test_error_of_the_database_keeps_the_row_that_it_shows_to_itself(db, kinds, monkeypatch):
    def fail(ids):
        raise IntegrityError("null value in column\nDETAIL:  Failing row contains (1, Jane Doe).")

    monkeypatch.setitem(registry.workers, "test_work", fail)
    row = promise(kind="test_work", ids={})
    with pytest.raises(IntegrityError):
        delivery.deliver(str(row.pk))
    row.refresh_from_db()
    assert row.last_error == "IntegrityError: null value in column"
