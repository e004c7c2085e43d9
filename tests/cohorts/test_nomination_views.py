"""Nominations in the browser: a practice's list and form, and the physician's answer without an account."""

import datetime as dt

import pytest
from django.test import Client

from cohorts.network.actions import edit_cohort
from cohorts.practice.enums import NominationState
from cohorts.practice.models import Nomination
from cohorts.practice.nominating import answer_nomination, send_link_again, withdraw_nomination
from cohorts.practice.nomination_links import path_to_answer
from lms import clock
from lms.practices.actions import grant_membership
from lms.practices.schema import enter
from tests.cohorts.people import a_nomination, mails
from tests.cohorts.programs import make_cohort
from tests.fixtures import make_user, signed_in
from tests.queries import count_queries

BEFORE = dt.datetime(2025, 6, 2, 15, tzinfo=dt.UTC)
LIST = "/practices/alder-oncology/nominations/"
NEW = LIST + "new/"


@pytest.fixture
def cohort(db):
    with clock.at(BEFORE):
        yield make_cohort()


def typed(cohort, **fields) -> dict:
    return {
        "cohort": cohort.pk,
        "name": "Leela Raghunathan",
        "credentials": "MD",
        "email": "leela@alder.example",
        "why": "She runs the infusion suite.",
        "goals": "",
        "protected_hours": "4",
        "agrees": "on",
        **fields,
    }


def text(response) -> str:
    return " ".join(response.content.decode().split())


def the_nomination(practice) -> Nomination:
    with enter(practice):
        return Nomination.objects.get()


def test_leadership_nominates_and_sees_what_happens_next(alder, cohort, manager):
    client = signed_in(manager)
    assert "takes nominations until <strong>September 8" in text(client.get(LIST))
    response = client.post(NEW, typed(cohort), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "The physician has a mail with a link and answers there." in text(response)
    nomination = the_nomination(alder)
    assert (nomination.sponsor_id, nomination.protected_hours) == (manager.pk, 4)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "not an address", "Enter an email address, such as name@practice.com."),
        ("protected_hours", "0", "Enter 1 or more: Protected hours a month"),
        ("protected_hours", "9" * 400, "Enter 160 or less: Protected hours a month"),
        ("cohort", "no-uuid", "is not a valid UUID"),
        ("cohort", "00000000-0000-4000-8000-000000000000", "Choose one of the answers offered: Cohort"),
        ("name", "", "Fill this in: Physician’s name"),
        ("name", "A\x00B", "it holds characters that cannot be kept: Physician’s name"),
        ("why", "x" * 100_000, "Shorten this to 3000 characters, it has 100000: Why this physician"),
        ("agrees", "", "The practice has to agree before it can nominate."),
    ],
)
def test_bad_input_is_answered_in_place_and_kept(alder, cohort, manager, field, value, sentence):
    response = signed_in(manager).post(NEW, typed(cohort) | {field: value})
    assert response.status_code == 422
    assert sentence in text(response)
    assert "She runs the infusion suite." in text(response) or field == "why"
    with enter(alder):
        assert not Nomination.objects.exists()


def test_duplicate_is_told_without_a_word_on_the_other_practice(alder, birch, cohort, manager, outsider):
    a_nomination(birch, cohort, outsider, email="leela@alder.example")
    response = signed_in(manager).post(NEW, typed(cohort))
    assert response.status_code == 422
    assert "This physician already has a nomination for this cohort. Program staff can help." in text(response)
    assert "Birch" not in text(response)


def test_closed_nominations_are_said(alder, cohort, manager):
    edit_cohort(cohort=cohort, name=cohort.name, capacity=30, nominations_close_on=dt.date(2025, 6, 1))
    client = signed_in(manager)
    assert "Nominations are closed" in text(client.get(NEW))
    assert client.post(NEW, typed(cohort)).status_code == 422
    assert "No cohort takes nominations right now." in text(client.get(LIST))


def test_withdrawing_asks_first_and_looking_changes_nothing(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    client = signed_in(manager)
    url = f"{LIST}{nomination.pk}/withdraw/"
    assert "Withdraw the nomination of Dr. Leela Raghunathan?" in text(client.get(url))
    assert the_nomination(alder).state == NominationState.SUBMITTED
    assert "is withdrawn" in text(client.post(url, follow=True))
    assert the_nomination(alder).state == NominationState.WITHDRAWN


def test_link_is_sent_again_by_post_only(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    client = signed_in(manager)
    url = f"{LIST}{nomination.pk}/send-again/"
    client.get(url)
    assert the_nomination(alder).link_generation == 1
    assert "A new link is on its way" in text(client.post(url, follow=True))
    assert the_nomination(alder).link_generation == 2


def test_wrong_practice_and_wrong_role_are_turned_away(
    alder, birch, cohort, manager, outsider, faculty, advisor, staff
):
    nomination = a_nomination(alder, cohort, manager)
    physician = make_user("physician@alder.example")
    grant_membership(user=physician, practice=alder, role="physician")
    doors = [LIST, NEW, f"{LIST}{nomination.pk}/withdraw/", f"{LIST}{nomination.pk}/send-again/"]
    for door in doors:
        for user, status in ((outsider, 404), (faculty, 404), (advisor, 404), (physician, 403)):
            for response in (signed_in(user).get(door), signed_in(user).post(door)):
                assert response.status_code == status, (door, user)
                assert "Leela" not in text(response)
        assert Client().get(door)["Location"].startswith("/accounts/login/")
    # A nomination's id is of no use in another practice.
    assert (
        signed_in(outsider).post(f"/practices/birch-hematology/nominations/{nomination.pk}/withdraw/").status_code
        == 404
    )
    assert signed_in(staff).get(LIST).status_code == 200
    assert signed_in(staff).get(NEW).status_code == 403
    assert the_nomination(alder).state == NominationState.SUBMITTED


def test_list_costs_the_same_for_one_and_three(alder, cohort, manager):
    client = signed_in(manager)
    a_nomination(alder, cohort, manager)
    client.get(LIST)
    with count_queries() as one:
        client.get(LIST)
    for number in range(2):
        a_nomination(alder, cohort, manager, email=f"more{number}@alder.example")
    with count_queries() as three:
        client.get(LIST)
    assert len(one) == len(three)


def test_physician_reads_the_promise_and_says_yes_without_an_account(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    path = path_to_answer(practice=alder, nomination=nomination)
    client = Client()
    page = text(client.get(path))
    for words in ("4 hours a month free of clinic", "Mona Reyes", "She runs the infusion suite.", "Lead payor talks."):
        assert words in page
    assert the_nomination(alder).state == NominationState.SUBMITTED
    assert "You said yes" in text(client.post(path, {"answer": "yes"}, follow=True))
    assert "You said yes" in text(client.post(path, {"answer": "no"}, follow=True))
    assert the_nomination(alder).state == NominationState.CONFIRMED


def test_link_in_the_mail_opens_the_page(alder, cohort, manager):
    a_nomination(alder, cohort, manager)
    (letter,) = mails("nomination_question")
    response = Client().get(letter.button[1].removeprefix("http://testserver"))
    assert "Alder Oncology nominated you" in text(response)


def test_physician_says_no(alder, cohort, manager):
    path = path_to_answer(practice=alder, nomination=a_nomination(alder, cohort, manager))
    assert "You said no" in text(Client().post(path, {"answer": "no"}, follow=True))
    assert the_nomination(alder).state == NominationState.REFUSED


def test_post_without_a_known_answer_changes_nothing(alder, cohort, manager):
    path = path_to_answer(practice=alder, nomination=a_nomination(alder, cohort, manager))
    assert "nominated you" in text(Client().post(path, {"answer": "maybe\x00"}, follow=True))
    assert the_nomination(alder).state == NominationState.SUBMITTED


def test_expired_link_says_what_to_do(alder, cohort, manager):
    path = path_to_answer(practice=alder, nomination=a_nomination(alder, cohort, manager))
    with clock.at(BEFORE + dt.timedelta(days=29)):
        assert Client().get(path).status_code == 200
    with clock.at(BEFORE + dt.timedelta(days=31)):
        for response in (Client().get(path), Client().post(path, {"answer": "yes"})):
            assert response.status_code == 410
            assert "Ask Mona Reyes of Alder Oncology to send you a new one" in text(response)
    assert the_nomination(alder).state == NominationState.SUBMITTED


def test_newer_link_ends_the_older(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    old = path_to_answer(practice=alder, nomination=nomination)
    new = path_to_answer(practice=alder, nomination=send_link_again(practice=alder, nomination=nomination))
    response = Client().post(old, {"answer": "yes"})
    assert response.status_code == 410
    assert "A newer mail with a newer link" in text(response)
    Client().post(new, {"answer": "yes"})
    assert the_nomination(alder).state == NominationState.CONFIRMED


def test_withdrawn_nomination_takes_no_answer(alder, cohort, manager):
    nomination = a_nomination(alder, cohort, manager)
    path = path_to_answer(practice=alder, nomination=nomination)
    withdraw_nomination(practice=alder, nomination=nomination)
    assert "This nomination has ended" in text(Client().post(path, {"answer": "yes"}, follow=True))
    assert answer_nomination(practice=alder, nomination=nomination, yes=True).state == NominationState.WITHDRAWN


@pytest.mark.parametrize("token", ["x", "a.b.c.d:e", "0" * 3000, "%00", "a.b.c.1:%F0%9F%92%A9"])
def test_link_that_we_did_not_sign_is_not_found_and_says_what_to_do(db, token):
    response = Client().get(f"/nominations/{token}/")
    assert response.status_code == 404
    assert "Part of it may have been lost on the way." in text(response)
