"""A leader's speaker page: off by default, public by their act, gone at once."""

import datetime as dt

import pytest
from django.test import Client

from lms import clock
from lms.practices.actions import end_membership
from lms.practices.models import Membership
from tests.cohorts.people import a_leader
from tests.cohorts.programs import make_cohort
from tests.fixtures import signed_in
from tests.topics.samples import a_conference, a_topic, reviewed, text
from topics.models import SpeakerPage, SpeakerTalk
from topics.moving import place
from topics.speaker_pages import save_page
from topics.speaking import answer, ask_speaker

MINE, PREVIEW, PAGE = "/speakers/mine/", "/speakers/mine/preview/", "/speakers/leela-raghunathan/"
WORDS = {"do": "save", "line": "Rebuilt prior authorization.", "topics": "Fees\nTeams", "practice_name": ""}
BEFORE = dt.datetime(2025, 6, 2, 15, tzinfo=dt.UTC)


@pytest.fixture
def leader(alder, manager, staff):
    with clock.at(BEFORE):
        enrollment = a_leader(alder, make_cohort(), manager, staff)
    return enrollment.person.user


def do(client, what: str, **fields):
    return client.post(MINE, {"do": what, **fields}, follow=True)


def test_page_is_off_until_published_and_gone_once_taken_down(leader):
    client = signed_in(leader)
    assert "Nobody sees it until you publish it" in text(client.get(MINE))
    client.post(MINE, WORDS)
    assert Client().get(PAGE).status_code == 404
    assert "Nobody does yet" in text(client.get(PREVIEW))
    do(client, "publish")
    page = text(Client().get(PAGE))
    assert "Leela Raghunathan" in page
    assert "<li>Teams</li>" in page
    assert "Alder" not in page
    do(client, "take_down")
    assert Client().get(PAGE).status_code == 404
    assert SpeakerPage.objects.get().line == "Rebuilt prior authorization."


def test_empty_page_is_not_published(leader):
    response = do(signed_in(leader), "publish")
    assert "Write a line about yourself" in text(response)
    assert not SpeakerPage.objects.exists()


def test_practice_is_named_only_if_chosen_and_while_it_is_theirs(leader):
    client = signed_in(leader)
    response = client.post(MINE, WORDS | {"practice_name": "Birch Hematology"})
    assert response.status_code == 422
    client.post(MINE, WORDS | {"practice_name": "Alder Oncology"})
    do(client, "publish")
    assert "Alder Oncology" in text(Client().get(PAGE))
    for membership in Membership.objects.filter(user=leader):
        end_membership(membership=membership)
    assert "Alder Oncology" not in text(Client().get(PAGE))


def test_page_of_somebody_without_access_is_gone(leader):
    client = signed_in(leader)
    client.post(MINE, WORDS)
    do(client, "publish")
    leader.is_active = False
    leader.save()
    assert Client().get(PAGE).status_code == 404


def test_confirmed_talks_stand_there_once_given(leader, physician, advisor):
    client = signed_in(leader)
    client.post(MINE, WORDS)
    do(client, "publish")
    topic = place(topic=reviewed(a_topic(physician), advisor), conference=a_conference(), by=advisor)
    speaker = ask_speaker(topic=topic, name="Leela", email=leader.email.upper(), by=advisor)
    answer(speaker=speaker, yes=True)
    assert topic.title not in text(Client().get(PAGE))
    with clock.at(dt.datetime(2026, 5, 11, tzinfo=dt.UTC)):
        page = text(Client().get(PAGE))
    assert topic.title in page
    assert "Mountain States Meeting 2026, Denver" in page


def test_own_talks_are_added_once_and_removed(leader):
    client = signed_in(leader)
    talk = {"title": "Fees at the state society", "place": "Reno", "given_on": "2024-04-02"}
    assert "Save your page first" in text(do(client, "add_talk", **talk))
    client.post(MINE, WORDS)
    for _ in range(2):
        do(client, "add_talk", **talk)
    assert SpeakerTalk.objects.count() == 1
    response = client.post(MINE, {"do": "add_talk", **talk, "given_on": "2099-01-01"})
    assert response.status_code == 422
    assert "Add it once it was given." in text(response)
    do(client, "remove_talk", talk=SpeakerTalk.objects.get().pk)
    assert not SpeakerTalk.objects.exists()


def test_two_of_a_name_have_two_addresses(leader, physician):
    save_page(user=physician, line="First.", topics="")
    SpeakerPage.objects.update(slug="leela-raghunathan")
    signed_in(leader).post(MINE, WORDS)
    assert SpeakerPage.objects.get(user=leader).slug == "leela-raghunathan-2"


def test_only_leaders_write_one_and_who_has_one_keeps_it(leader, physician, manager, advisor, staff, faculty):
    for user in (physician, manager, advisor, staff, faculty):
        for path in (MINE, PREVIEW):
            assert signed_in(user).get(path).status_code == 403
        assert signed_in(user).post(MINE, WORDS).status_code == 403
    assert Client().get(MINE).status_code == 302
    client = signed_in(leader)
    client.post(MINE, WORDS)
    do(client, "publish")
    Membership.objects.filter(user=leader).update(ended_at=BEFORE)
    do(signed_in(leader), "take_down")
    assert Client().get(PAGE).status_code == 404


@pytest.mark.parametrize("bad", ["\x00", "x" * 100_000, "<script>alert(1)</script>", "nonsense"])
def test_hostile_words_do_no_harm(bad, leader):
    client = signed_in(leader)
    client.post(MINE, WORDS)
    for what in ("save", "add_talk", "remove_talk", bad):
        fields = dict.fromkeys(("line", "topics", "practice_name", "title", "place", "given_on", "talk"), bad)
        assert client.post(MINE, {"do": what, **fields}).status_code in (302, 422)
    assert "<script>alert" not in text(client.get(PREVIEW))
    assert Client().get("/speakers/no-such-speaker/").status_code == 404
