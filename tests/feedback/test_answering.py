"""Being asked, and answering: by mail link and signed in."""

import logging
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts import signals
from cohorts.practice.enums import Rsvp
from cohorts.practice.models import Seat
from feedback.network.actions import publish_decision
from feedback.network.models import Answer, Response, Window
from feedback.network.windows import ends_at
from feedback.practice.links import survey_link
from feedback.practice.models import Receipt, SurveyInvitation
from lms import clock
from lms.outbox.models import OutboxRow
from lms.outbox.registry import writers
from lms.practices.schema import enter
from tests.feedback import world
from tests.fixtures import make_user, signed_in

GIVEN = {"module-useful": "4", "module-recommend": "9", "module-helped": "The case.\x00"}


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(world.NOON):
        yield


@pytest.fixture
def requirement(db):
    return world.make_module(world.make_cohort())


@pytest.fixture
def leader(alder, requirement):
    return world.enroll(alder, requirement.cohort, "Leela Raghunathan")


@pytest.fixture
def invitation(alder, leader, requirement) -> SurveyInvitation:
    return world.complete(alder, leader, requirement)


@pytest.fixture
def address(alder, invitation) -> str:
    return reverse("feedback_practice:survey", kwargs={"practice": alder.slug, "invitation": invitation.pk})


@pytest.fixture
def link(alder, invitation) -> str:
    return survey_link(alder, invitation).removeprefix("http://testserver")


def receipts(practice) -> int:
    with enter(practice):
        return Receipt.objects.count()


def test_first_completion_opens_the_window_and_each_asks_its_leader(alder, birch, requirement):
    for practice in (alder, birch):
        world.complete(practice, world.enroll(practice, requirement.cohort), requirement)
    window = Window.objects.get()
    assert (window.cohort, window.module, window.title) == (requirement.cohort, requirement.module, requirement.title)
    for practice in (alder, birch):
        with enter(practice):
            assert SurveyInvitation.objects.get().window_id == window.pk


def test_leader_on_leave_is_not_asked(alder, requirement):
    assert world.complete(alder, world.enroll(alder, requirement.cohort, state="paused"), requirement) is None


def test_leader_who_moved_is_not_asked_twice_by_one_window(alder, birch, leader, requirement, invitation):
    again = world.enroll(birch, requirement.cohort, user=leader.person.user)
    assert world.complete(birch, again, requirement) is None
    elsewhere = world.make_module(requirement.cohort, "Another module")
    assert world.complete(birch, again, elsewhere) is not None


def test_leader_who_finishes_after_the_window_ended_is_not_asked(alder, birch, invitation, requirement):
    late = world.enroll(birch, requirement.cohort)
    with clock.at(ends_at(invitation.window)):
        assert world.complete(birch, late, requirement) is None
    assert Window.objects.count() == 1


def test_end_of_a_session_asks_all_but_those_who_declined(alder, birch, cedar, requirement):
    cohort_session = world.make_session(requirement.cohort)
    coming = [world.enroll(practice, requirement.cohort) for practice in (alder, birch)]
    declined = world.enroll(birch, requirement.cohort)
    world.enroll(cedar, world.make_cohort("Another"))
    with enter(birch):
        Seat.objects.create(enrollment=declined, cohort_session=cohort_session, rsvp=Rsvp.CANNOT)
    for _ in range(2):
        signals.session_ended.send(sender=None, cohort_session=cohort_session)
    asked = set()
    for practice in (alder, birch, cedar):
        with enter(practice):
            asked |= set(SurveyInvitation.objects.values_list("person_id", flat=True))
    assert asked == {enrollment.person_id for enrollment in coming}


def test_cancelled_session_asks_nobody(alder, requirement):
    cohort_session = world.make_session(requirement.cohort)
    cohort_session.cancelled_at = world.NOON
    world.enroll(alder, requirement.cohort)
    signals.session_ended.send(sender=None, cohort_session=cohort_session)
    assert not Window.objects.exists()


def test_mail_is_promised_with_ids_alone_and_leads_to_the_questions(alder, leader, invitation):
    row = OutboxRow.objects.get(kind="survey-invitation")
    assert (row.practice, row.ids) == (alder, {"invitation": str(invitation.pk)})
    assert row.expires_at == ends_at(invitation.window)
    with enter(alder):
        letter = writers["survey-invitation"](row.ids)
    assert letter.to == leader.person.user.email
    assert "until November 22" in " ".join(letter.paragraphs)
    response = Client().get(letter.button[1])
    assert response.status_code == 200
    assert "I can use what this module taught in my practice." in response.content.decode()


def test_mail_is_written_also_to_those_who_have_answered_and_to_nobody_after_the_end(alder, invitation, link):
    Client().post(link, GIVEN)
    row = OutboxRow.objects.get(kind="survey-invitation")
    with enter(alder):
        assert writers["survey-invitation"](row.ids) is not None
        with clock.at(ends_at(invitation.window)):
            assert writers["survey-invitation"](row.ids) is None


def test_answers_by_link_are_kept_without_practice_or_person(alder, invitation, link):
    response = Client().post(link, GIVEN, follow=True)
    assert "Thank you. You have answered." in response.content.decode()
    kept = Response.objects.get()
    assert kept.window_id == invitation.window_id
    assert set(kept.answers.values_list("question_key", "value", "text")) == {
        ("module-useful", 4, ""),
        ("module-recommend", 9, ""),
        ("module-helped", None, "The case."),
    }
    assert receipts(alder) == 1


def test_answers_signed_in_are_kept_alike(alder, leader, address):
    client = signed_in(leader.person.user)
    assert client.post(address, GIVEN, follow=True).status_code == 200
    assert Response.objects.count() == 1
    listed = client.get(reverse("feedback_practice:surveys", kwargs={"practice": alder.slug})).content.decode()
    assert "Only you see this list." in listed
    assert address not in listed


def test_second_sending_changes_nothing_and_says_so(leader, address, link):
    Client().post(link, GIVEN)
    response = signed_in(leader.person.user).post(address, {"module-useful": "1"})
    assert response.status_code == 409
    assert "You have already answered" in response.content.decode()
    assert Answer.objects.get(question_key="module-useful").value == 4


def test_opening_the_link_does_nothing(alder, link):
    for _ in range(2):
        Client().get(link)
        Client().head(link)
    assert Response.objects.count() == receipts(alder) == 0


def test_closed_survey_takes_no_answer(alder, invitation, link):
    with clock.at(ends_at(invitation.window)):
        assert "This survey has closed" in Client().get(link).content.decode()
        response = Client().post(link, GIVEN)
    assert response.status_code == 409
    assert "This survey has closed" in response.content.decode()
    assert Response.objects.count() == receipts(alder) == 0


def test_first_line_promises_what_is_kept(link):
    text = Client().get(link).content.decode()
    promise = "We keep only your cohort and which survey this was: no name, practice or date."
    assert text.index(promise) < text.index("<fieldset")
    assert 'href="/privacy/"' in text
    assert "Leela" not in text
    assert "alder" not in text.lower()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose an answer, please"),
        ({"module-useful": "6"}, "Choose one of the answers offered."),
        ({"module-useful": "9" * 400}, "Choose one of the answers offered."),
        ({"module-useful": "\x00"}, "Choose one of the answers offered."),
        ({"module-useful": "4", "module-recommend": "-1"}, "Choose one of the answers offered."),
        ({"module-useful": "4", "module-helped": "x" * 100_000}, "at most 2000 characters"),
    ],
)
def test_bad_answers_are_named_in_place_and_nothing_is_kept(alder, link, given, says):
    response = Client().post(link, {"module-change": "Less <b>holiday</b>.", **given})
    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    assert "Less &lt;b&gt;holiday&lt;/b&gt;." in text
    assert Response.objects.count() == receipts(alder) == 0


def test_chosen_answers_stay_chosen_after_an_error(link):
    text = Client().post(link, {"module-recommend": "7"}).content.decode()
    assert 'value="7"' in text
    assert text.count(" checked") == 1


@pytest.mark.parametrize("token", ["x", "a:b", "%00", "é", "0" * 64 + ":forged", "x" * 5000])
def test_forged_link_opens_nothing(link, token):
    response = Client().get(f"/surveys/{token}/")
    assert response.status_code == 404
    assert "This link opens no survey" in response.content.decode()


def test_link_of_another_practice_opens_nothing(birch, invitation):
    assert Client().get(survey_link(birch, invitation)).status_code == 404


def test_nobody_else_opens_a_leaders_survey(
    alder, birch, requirement, address, manager, outsider, staff, faculty, advisor
):
    peer = world.enroll(alder, requirement.cohort)
    elsewhere = world.enroll(birch, requirement.cohort)
    listing = reverse("feedback_practice:surveys", kwargs={"practice": alder.slug})
    for user in (manager, staff):
        assert signed_in(user).get(address).status_code == 403
        assert signed_in(user).post(address, GIVEN).status_code == 403
        assert signed_in(user).get(listing).status_code == 403
    for user in (outsider, faculty, advisor, elsewhere.person.user, make_user("nobody@example.com")):
        assert signed_in(user).get(address).status_code == 404
        assert signed_in(user).get(listing).status_code == 404
    assert signed_in(peer.person.user).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert Response.objects.count() == 0


def test_survey_that_does_not_exist_is_not_found(alder, leader):
    url = reverse("feedback_practice:survey", kwargs={"practice": alder.slug, "invitation": uuid.uuid4()})
    assert signed_in(leader.person.user).get(url).status_code == 404


def test_nothing_of_an_answer_is_logged(link, caplog):
    with caplog.at_level(logging.DEBUG):
        Client().post(link, GIVEN)
        Client().post(link, GIVEN)
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]  # DEBUG only
    assert "The case." not in "".join(said)


def test_list_asks_the_database_as_often_for_one_as_for_three(alder, leader, requirement, invitation, staff):
    client = signed_in(leader.person.user)
    url = reverse("feedback_practice:surveys", kwargs={"practice": alder.slug})

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len([query for query in queries if "search_path" not in query["sql"]])

    def one_more(number):
        world.complete(alder, leader, world.make_module(requirement.cohort, f"Module {number}"))
        changed = requirement.module.page_ptr
        publish_decision(by=staff, cohort=requirement.cohort, said="More cases.", did="One a month.", page=changed)

    one_more(1)
    count()  # Wagtail learns its sites' addresses
    once = count()
    one_more(2)
    one_more(3)
    assert count() == once


def test_journey_shows_what_waits_and_what_was_answered(alder, leader, requirement, invitation, address, link, staff):
    publish_decision(by=staff, cohort=requirement.cohort, said="More cases.", did="One a month.")
    client = signed_in(leader.person.user)
    journey = reverse("cohorts_practice:journey", kwargs={"practice": alder.slug})
    before = client.get(journey).content.decode()
    assert address in before
    assert "One a month." in before
    Client().post(link, GIVEN)
    after = client.get(journey).content.decode()
    assert address not in after
    assert "One a month." in after


def test_page_about_a_leader_is_the_same_before_and_after_the_answer(
    alder, leader, requirement, invitation, link, manager, staff
):
    publish_decision(by=staff, cohort=requirement.cohort, said="More cases.", did="One a month.")
    page = reverse("cohorts_practice:leader", kwargs={"practice": alder.slug, "enrollment": leader.pk})

    def seen() -> list[str]:
        pages = [signed_in(user).get(page).content.decode() for user in (manager, staff)]
        return [re.sub(r"\b\w{64}\b", "", text) for text in pages]  # the token against forged forms

    before = seen()
    Client().post(link, GIVEN)
    assert seen() == before
    assert all("Leela Raghunathan" in text and "One a month." not in text for text in before)
