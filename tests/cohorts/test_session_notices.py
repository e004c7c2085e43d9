"""Leaders learn by mail that a session was moved or cancelled."""

import datetime as dt

import pytest

from cohorts.network.actions import cancel_session, edit_session
from cohorts.practice.attending import rsvp
from cohorts.practice.enrolling import withdraw_enrollment
from lms import clock
from lms.accounts.actions import end_access
from lms.outbox.models import OutboxRow
from lms.outbox.registry import writers
from lms.practices.schema import enter
from tests.cohorts.people import mails
from tests.cohorts.samples import NOON, make_cohort, make_leader
from tests.fixtures import signed_in

LATER = dt.datetime(2026, 2, 12, 23, 30, tzinfo=dt.UTC)
KINDS = ("session_moved", "session_cancelled")


@pytest.fixture
def cohort(db):
    with clock.at(NOON):
        yield make_cohort()


@pytest.fixture
def office_hours(cohort):
    return cohort.sessions.get(title="Office hours")


def move(cohort_session, starts_at=LATER, **changes):
    return edit_session(
        cohort_session=cohort_session, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1), **changes
    )


def test_moved_virtual_session_is_told_in_each_leaders_zone(alder, cedar, cohort, office_hours):
    west, east = make_leader(alder, cohort), make_leader(cedar, cohort, "Curtis Holloway")
    with enter(alder):
        rsvp(enrollment=west, cohort_session=office_hours, coming=True)
    move(office_hours)
    by_address = {letter.to: letter for letter in mails(*KINDS)}
    assert set(by_address) == {west.person.user.email, east.person.user.email}
    mail = by_address[west.person.user.email]
    assert mail.subject == "Office hours is changed: Thu, February 12, 3:30–4:30 pm PT"
    assert "You said that you will be there." in mail.paragraphs[1]
    assert mail.why == "You get this because you are a leader of Cohort 2025–27, whose session this is."
    assert mail.button[1].endswith(f"/practices/alder-oncology/sessions/{office_hours.pk}/")
    assert mail.person == west.person
    other = by_address[east.person.user.email]
    assert "Thu, February 12, 6:30–7:30 pm ET" in other.paragraphs[0]
    assert other.paragraphs[1] == "Say on the session’s page whether you can be there."


def test_moved_in_person_session_is_told_in_the_venues_zone(alder, cohort):
    make_leader(alder, cohort)
    retreat = cohort.sessions.get(title="Closing retreat")
    edit_session(cohort_session=retreat, venue="Lake House", address="1 Shore Rd, Madison")
    (mail,) = mails(*KINDS)
    assert mail.paragraphs[0].endswith(
        "Fri, June 11, 2027, 9:00–10:00 am CT. It is in person: Lake House, 1 Shore Rd, Madison."
    )


def test_network_row_of_a_notice_says_nothing_about_people(alder, cohort, office_hours):
    leader = make_leader(alder, cohort)
    move(office_hours)
    row = OutboxRow.objects.get(kind="session_moved")
    assert row.practice == alder
    assert set(row.ids) == {"enrollment", "cohort_session", "stands"}
    assert row.ids["enrollment"] == str(leader.pk)
    assert row.ids["stands"] == ["virtual", "2026-02-12T23:30:00+00:00", "2026-02-13T00:30:00+00:00", "", ""]
    assert not row.body


def test_those_who_declined_or_left_are_not_told(alder, birch, cohort, office_hours):
    declined, withdrawn = make_leader(alder, cohort), make_leader(birch, cohort, "Daniel Quiñones")
    with enter(alder):
        rsvp(enrollment=declined, cohort_session=office_hours, coming=False)
    with enter(birch):
        withdraw_enrollment(enrollment=withdrawn)
    move(office_hours)
    cancel_session(cohort_session=office_hours)
    assert not OutboxRow.objects.filter(kind__in=KINDS).exists()


def test_leader_of_another_cohort_is_not_told(alder, cohort, office_hours):
    other = make_cohort("Cohort 2026–28", cohort.program, [r.module for r in cohort.requirements.filter(kind="module")])
    make_leader(alder, other)
    move(office_hours)
    assert not OutboxRow.objects.filter(kind__in=KINDS).exists()


@pytest.mark.parametrize(
    "changes", [{"about": "Bring a case."}, {"title": "Open office hours"}, {"meeting_url": "https://x.example/"}]
)
def test_change_of_words_alone_sends_no_mail(alder, cohort, office_hours, changes):
    make_leader(alder, cohort)
    edit_session(cohort_session=office_hours, **changes)
    assert not OutboxRow.objects.filter(kind__in=KINDS).exists()


def test_session_that_is_over_sends_no_mail(alder, cohort, office_hours):
    make_leader(alder, cohort)
    with clock.at(LATER):
        edit_session(cohort_session=office_hours, venue="Room 4")
    assert not OutboxRow.objects.filter(kind__in=KINDS).exists()


def test_each_move_is_told_once_and_an_older_one_is_dropped(alder, cohort, office_hours):
    make_leader(alder, cohort)
    move(office_hours)
    move(office_hours)
    move(office_hours, LATER + dt.timedelta(days=1))
    assert OutboxRow.objects.filter(kind="session_moved").count() == 2
    (mail,) = mails(*KINDS)
    assert "Fri, February 13" in mail.subject


def test_cancelled_session_is_told_once_and_drops_the_move(alder, cohort, office_hours):
    leader = make_leader(alder, cohort)
    move(office_hours)
    cancel_session(cohort_session=office_hours)
    cancel_session(cohort_session=office_hours)
    (mail,) = mails(*KINDS)
    assert mail.to == leader.person.user.email
    assert mail.subject == "Office hours is cancelled"
    assert mail.paragraphs[0] == (
        "“Office hours” on Thu, February 12, 3:30–4:30 pm PT is cancelled. You owe nothing for it."
    )


def test_who_declines_or_loses_access_before_it_leaves_gets_none(alder, birch, staff, cohort, office_hours):
    declined, ended = make_leader(alder, cohort), make_leader(birch, cohort, "Daniel Quiñones")
    move(office_hours)
    with enter(alder):
        rsvp(enrollment=declined, cohort_session=office_hours, coming=False)
    end_access(user=ended.person.user, by=staff)
    assert mails(*KINDS) == []


def test_notice_is_not_written_for_another_practices_enrollment(alder, birch, cohort, office_hours):
    make_leader(alder, cohort)
    move(office_hours)
    row = OutboxRow.objects.get(kind="session_moved")
    with enter(birch):
        assert writers["session_moved"](row.ids) is None


def test_staff_are_told_that_leaders_get_mail(alder, staff, cohort, office_hours):
    make_leader(alder, cohort)
    url = f"/staff/sessions/{office_hours.pk}/cancel/"
    client = signed_in(staff)
    assert "get a mail" in client.get(url).content.decode()
    client.post(url)
    assert OutboxRow.objects.filter(kind="session_cancelled").count() == 1
