"""From a nomination to an enrollment, across practices."""

import datetime as dt
import smtplib
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.mail.backends import locmem
from django.db import connection

from cohorts import signals
from cohorts.network.models import Cohort
from cohorts.practice.enums import EnrollmentState, NominationState
from cohorts.practice.models import Enrollment, Nomination
from cohorts.practice.nominating import (
    accept_nomination,
    add_leader,
    answer_nomination,
    decline_nomination,
    send_link_again,
    waitlist_nomination,
    withdraw_nomination,
)
from lms import clock
from lms.accounts.models import Invitation, User
from lms.outbox.delivery import deliver
from lms.outbox.models import OutboxRow
from lms.practices.models import Membership, Practice
from lms.practices.schema import enter
from tests.cohorts.people import a_confirmed, a_leader, a_nomination, mails
from tests.cohorts.programs import START, make_cohort
from tests.fixtures import make_user, signed_in

BEFORE = dt.datetime(2025, 6, 2, 15, tzinfo=dt.UTC)


@pytest.fixture
def cohort(db):
    with clock.at(BEFORE):
        yield make_cohort()


def test_nomination_asks_the_physician_with_a_link_and_no_account(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager, email=" Leela@Alder.example ")
    assert nomination.state == NominationState.SUBMITTED
    assert not User.objects.filter(email="leela@alder.example").exists()
    (letter,) = mails("nomination_question")
    assert letter.to == "leela@alder.example"
    assert letter.button[1].startswith("http://testserver/nominations/")
    assert "Mona Reyes" in letter.why
    assert OutboxRow.objects.get(kind="nomination_question").ids == {"nomination": str(nomination.pk)}


def test_address_has_one_live_nomination_per_cohort_in_all_practices(alder, birch, cohort, manager, outsider):
    a_nomination(alder, cohort, manager)
    with pytest.raises(ValidationError) as refused:
        a_nomination(birch, cohort, outsider, email="LEELA@alder.example")
    assert refused.value.messages == [
        "This physician already has a nomination for this cohort. Program staff can help."
    ]
    with enter(birch):
        assert Nomination.objects.count() == 0


def test_ended_nomination_makes_way_for_another(alder, birch, cohort, manager, outsider):
    withdraw_nomination(practice=alder, nomination=a_nomination(alder, cohort, manager))
    refused = a_nomination(birch, cohort, outsider)
    answer_nomination(practice=birch, nomination=refused, yes=False)
    assert a_nomination(alder, cohort, manager).state == NominationState.SUBMITTED


def test_nomination_for_another_cohort_is_free(alder, cohort, manager):
    a_nomination(alder, cohort, manager)
    later = make_cohort("Cohort 2026–28", starts_on=dt.date(2026, 9, 7), program=cohort.program)
    assert a_nomination(alder, later, manager).cohort == later


def test_nominations_close_at_the_end_of_their_last_day_farthest_west(alder, cohort, manager):
    Cohort.objects.filter(pk=cohort.pk).update(nominations_close_on=dt.date(2025, 6, 12))
    with clock.at(dt.datetime(2025, 6, 13, 6, 59, tzinfo=dt.UTC)):
        a_nomination(alder, cohort, manager)
    with clock.at(dt.datetime(2025, 6, 13, 7, 0, tzinfo=dt.UTC)), pytest.raises(ValidationError, match="are closed"):
        a_nomination(alder, cohort, manager, email="other@alder.example")


def test_first_answer_holds(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    answer_nomination(practice=alder, nomination=nomination, yes=True)
    again = answer_nomination(practice=alder, nomination=nomination, yes=False)
    assert again.state == NominationState.CONFIRMED
    (letter,) = mails("nomination_answered")
    assert letter.to == "manager@alder.example"
    assert letter.subject == "Dr. Leela Raghunathan said yes to Cohort 2025–27"


def test_sending_the_link_again_counts_the_generation_up(alder, cohort, manager):
    nomination = send_link_again(practice=alder, nomination=a_nomination(alder, cohort, manager))
    assert nomination.link_generation == 2
    assert OutboxRow.objects.filter(kind="nomination_question").count() == 2
    answer_nomination(practice=alder, nomination=nomination, yes=True)
    with pytest.raises(ValidationError, match="an answer already"):
        send_link_again(practice=alder, nomination=nomination)


def test_accepting_makes_account_membership_enrollment_and_invitation(alder, cohort, manager, staff):
    heard = []

    def hear(enrollment, **kwargs):
        heard.append((enrollment.pk, connection.schema_name))

    signals.enrolled.connect(hear)
    try:
        enrollment = a_leader(alder, cohort, manager, staff)
    finally:
        signals.enrolled.disconnect(hear)
    user = User.objects.get(email="leela@alder.example")
    assert (user.name, user.credentials, user.time_zone) == ("Leela Raghunathan", "MD", "America/Los_Angeles")
    assert not user.has_usable_password()
    assert Membership.objects.get(user=user).role == "physician"
    assert list(cohort.practices.all()) == [alder]
    invitation = Invitation.objects.get(user=user)
    assert invitation.leads_to == "/practices/alder-oncology/journey/"
    with enter(alder):
        assert Enrollment.objects.get().state == EnrollmentState.ACTIVE
        nomination = Nomination.objects.get()
    assert (nomination.state, nomination.decided_by_name) == (NominationState.ACCEPTED, "Tess Park")
    assert heard == [(enrollment.pk, "practice_alder_oncology")]
    assert [letter.to for letter in mails("nomination_accepted")] == ["manager@alder.example"]


def test_nominations_refused_address_is_shown_to_its_practice(alder, cohort, manager, monkeypatch, settings):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({"leela@alder.example": (550, b"unknown")})

    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    nomination = a_nomination(alder, cohort, manager)
    deliver(str(OutboxRow.objects.get(kind="nomination_question").pk))
    page = signed_in(manager).get("/practices/alder-oncology/nominations/").content.decode()
    assert "The address refused our mail on June 2" in page
    assert send_link_again(practice=alder, nomination=nomination).bounced_at is None


def test_accepting_again_returns_the_same_enrollment(alder, cohort, manager, staff):
    nomination = a_confirmed(alder, cohort, manager)
    one = accept_nomination(practice=alder, nomination=nomination, by=staff)
    assert accept_nomination(practice=alder, nomination=nomination, by=staff) == one
    assert Invitation.objects.count() == 1


def test_unanswered_nomination_is_not_accepted_or_waitlisted(alder, cohort, manager, staff):
    nomination = a_nomination(alder, cohort, manager)
    with pytest.raises(ValidationError, match="has not said yes"):
        accept_nomination(practice=alder, nomination=nomination, by=staff)
    with pytest.raises(ValidationError, match="confirmed nomination"):
        waitlist_nomination(practice=alder, nomination=nomination, by=staff)


def test_full_cohort_refuses_and_the_waitlist_moves_when_a_place_opens(alder, birch, cohort, manager, outsider, staff):
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    first = a_leader(birch, cohort, outsider, staff, email="first@birch.example")
    nomination = a_confirmed(alder, cohort, manager)
    with pytest.raises(ValidationError, match="is full: 1 of 1 places are taken"):
        accept_nomination(practice=alder, nomination=nomination, by=staff)
    waitlist_nomination(practice=alder, nomination=nomination, by=staff)
    assert {letter.to for letter in mails("nomination_waitlisted", "nomination_waitlisted_sponsor")} == {
        "leela@alder.example",
        "manager@alder.example",
    }
    with enter(birch):
        Enrollment.objects.filter(pk=first.pk).update(state=EnrollmentState.WITHDRAWN)
    accept_nomination(practice=alder, nomination=nomination, by=staff)
    with enter(alder):
        assert Enrollment.objects.count() == 1


def test_person_is_enrolled_once_per_cohort_in_all_practices(alder, birch, cohort, manager, outsider, staff):
    a_leader(alder, cohort, manager, staff)
    elsewhere = a_confirmed(birch, cohort, outsider, email="leela@birch.example")
    User.objects.filter(email="leela@alder.example").update(email="leela@birch.example")
    with pytest.raises(ValidationError, match="already a leader"):
        accept_nomination(practice=birch, nomination=elsewhere, by=staff)
    with enter(birch):
        assert Enrollment.objects.count() == 0


def test_declining_needs_a_reason_that_only_the_sponsor_reads(alder, cohort, manager, staff):
    nomination = a_confirmed(alder, cohort, manager)
    with pytest.raises(ValidationError, match="Say why"):
        decline_nomination(practice=alder, nomination=nomination, by=staff, reason="  ")
    decline_nomination(practice=alder, nomination=nomination, by=staff, reason="Two of yours are in already.")
    letters = {letter.to: letter for letter in mails("nomination_declined", "nomination_declined_sponsor")}
    assert "Two of yours are in already." in letters["manager@alder.example"].paragraphs
    assert "Two of yours" not in " ".join(letters["leela@alder.example"].paragraphs)
    with pytest.raises(ValidationError, match="is declined"):
        withdraw_nomination(practice=alder, nomination=nomination)


def test_withdrawn_nomination_tells_the_physician_and_ends_the_question(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    withdraw_nomination(practice=alder, nomination=nomination)
    withdraw_nomination(practice=alder, nomination=nomination)
    assert answer_nomination(practice=alder, nomination=nomination, yes=True).state == NominationState.WITHDRAWN
    assert mails("nomination_question") == []
    assert [letter.to for letter in mails("nomination_withdrawn")] == ["leela@alder.example"]


def test_staff_add_a_leader_without_a_link(alder, cohort, staff):
    with clock.at(BEFORE + dt.timedelta(days=300)):  # nominations have closed
        enrollment = add_leader(
            practice=alder,
            cohort=cohort,
            by=staff,
            name="Joaquin Baca",
            email="joaquin@alder.example",
            why="Moved here from another practice.",
            protected_hours=4,
        )
    assert enrollment.nomination.sponsor_name == "Tess Park"
    assert not OutboxRow.objects.filter(kind__startswith="nomination").exists()
    assert Invitation.objects.get().key == f"nomination:{enrollment.nomination_id}"


def test_westernmost_zone_follows_who_is_accepted(alder, cohort, manager, staff):
    make_user("leela@alder.example", "Leela Raghunathan", time_zone="Pacific/Honolulu")
    a_leader(alder, cohort, manager, staff)
    cohort.refresh_from_db()
    assert cohort.westernmost_zone == "Pacific/Honolulu"


def _at_once(*acts) -> list:
    """What each of `acts` returned or raised, all started together, each on a connection of its own."""
    barrier, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=20)
            with clock.at(BEFORE):
                outcomes.append(act())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.fixture
def standing(own_database):
    """Two practices, two staff and a cohort in a database with real commits."""
    alder, birch = Practice.objects.get(slug="alder-oncology"), Practice.objects.get(slug="birch-hematology")
    with clock.at(BEFORE):
        return (
            alder,
            birch,
            make_cohort(starts_on=START),
            make_user("one@staff.example"),
            make_user("two@staff.example"),
        )


def test_two_staff_who_accept_at_once_make_one_enrollment(standing):
    alder, _, cohort, one, two = standing
    with clock.at(BEFORE):
        nomination = a_confirmed(alder, cohort, one)
    outcomes = _at_once(
        *(lambda by=by: accept_nomination(practice=alder, nomination=nomination, by=by).pk for by in (one, two))
    )
    assert len(set(outcomes)) == 1
    with enter(alder):
        assert [enrollment.pk for enrollment in Enrollment.objects.all()] == list(set(outcomes))
    assert Invitation.objects.count() == 1


def test_two_practices_that_nominate_at_once_make_one_nomination(standing):
    alder, birch, cohort, one, two = standing
    outcomes = _at_once(lambda: a_nomination(alder, cohort, one).state, lambda: a_nomination(birch, cohort, two).state)
    assert len([outcome for outcome in outcomes if isinstance(outcome, ValidationError)]) == 1
    with enter(alder):
        in_alder = Nomination.objects.count()
    with enter(birch):
        assert in_alder + Nomination.objects.count() == 1


def test_last_place_goes_to_one_of_two(standing):
    alder, birch, cohort, one, two = standing
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    with clock.at(BEFORE):
        here = a_confirmed(alder, cohort, one)
        there = a_confirmed(birch, cohort, two, email="joaquin@birch.example", name="Joaquin Baca")
    outcomes = _at_once(
        lambda: accept_nomination(practice=alder, nomination=here, by=one),
        lambda: accept_nomination(practice=birch, nomination=there, by=two),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Enrollment", "ValidationError"]
