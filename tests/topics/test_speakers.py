"""Speakers: asked by mail, answered by link, reminded twice at most."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lms import clock
from lms.outbox.models import OutboxRow
from tests.fixtures import signed_in
from tests.topics.conftest import NOW
from tests.topics.samples import a_conference, a_topic, mails, reviewed, text
from topics.models import Speaker
from topics.moving import place
from topics.speaker_links import path_to_answer
from topics.speaking import ask_speaker, mark_bounced, remind_speakers, remove_speaker, send_link_again
from topics.tasks import remind_speakers as task

ASK = {"do": "speaker", "name": "Sol Speaker", "email": "Sol@Speaker.example"}


@pytest.fixture
def scheduled(physician, advisor):
    topic = reviewed(a_topic(physician), advisor)
    return place(topic=topic, conference=a_conference(), by=advisor)


@pytest.fixture
def speaker(scheduled, advisor) -> Speaker:
    return ask_speaker(topic=scheduled, name="Sol Speaker", email="sol@speaker.example", by=advisor)


def at(topic) -> str:
    return reverse("topics:board_topic", args=[topic.pk])


def days_later(days: int):
    return clock.at(NOW + dt.timedelta(days=days))


def test_speaker_is_asked_and_says_yes_without_an_account(scheduled, advisor):
    client = signed_in(advisor)
    for _ in range(2):
        assert "Sol Speaker is asked by mail" in text(client.post(at(scheduled), ASK, follow=True))
    [mail] = mails("speaker_question")
    assert mail.to == "sol@speaker.example"
    assert "Mountain States Meeting 2026 in Denver, May 8–9" in mail.paragraphs[1]
    link, visitor = mail.button[1].removeprefix("http://testserver").removeprefix("http://localhost:8000"), Client()
    page = visitor.get(link)
    assert "Will you speak about this?" in text(page)
    assert Speaker.objects.get().state == "asked"
    answered = visitor.post(link, {"answer": "yes", "named": "on"}, follow=True)
    assert "You said yes" in text(answered)
    visitor.post(link, {"answer": "no"})
    speaker = Speaker.objects.get()
    assert (speaker.state, speaker.named_in_public) == ("confirmed", True)
    [told] = mails("speaker_answered")
    assert (told.to, "said yes" in told.subject) == (advisor.email, True)
    assert "Confirmed" in text(client.get(at(scheduled)))
    assert "Dr. Sol Speaker" in text(Client().get("/conferences/"))


def test_speaker_who_did_not_agree_is_not_named_in_public(speaker):
    Client().post(path_to_answer(speaker), {"answer": "yes"})
    assert "Sol Speaker" not in text(Client().get("/conferences/"))


def test_no_is_kept_and_told(speaker, advisor):
    Client().post(path_to_answer(speaker), {"answer": "no", "named": "on"})
    speaker.refresh_from_db()
    assert (speaker.state, speaker.named_in_public) == ("declined", False)
    assert "You can ask somebody else" in mails("speaker_answered")[0].paragraphs[0]


def test_new_link_ends_the_older_one(speaker, scheduled, advisor):
    old = path_to_answer(speaker)
    response = signed_in(advisor).post(at(scheduled), {"do": "ask_again", "speaker": speaker.pk}, follow=True)
    assert "A new link is on its way" in text(response)
    assert "A newer mail with a newer link" in text(Client().get(old))
    assert Client().post(old, {"answer": "yes"}).status_code == 410
    speaker.refresh_from_db()
    assert (speaker.state, speaker.generation) == ("asked", 2)
    assert len(mails("speaker_question")) == 1  # the older one is dropped
    assert "Will you speak" in text(Client().get(path_to_answer(speaker)))


def test_link_works_for_thirty_days(speaker):
    link = path_to_answer(speaker)
    with days_later(29):
        assert Client().get(link).status_code == 200
    with days_later(31):
        assert Client().get(link).status_code == 410
        assert Client().post(link, {"answer": "yes"}).status_code == 410


@pytest.mark.parametrize("token", ["x", "a.b.c:d", "%00", "x" * 3000])
def test_strange_link_is_told_in_words(token, db):
    response = Client().get(f"/speakers/answer/{token}/")
    assert response.status_code == 404
    assert "This link does not work" in text(response)


def test_link_of_a_removed_speaker_or_a_topic_off_the_program_asks_nothing(speaker, scheduled, advisor):
    link = path_to_answer(speaker)
    reviewed(scheduled, advisor, "accepted", "declined")
    assert "This is no longer asked" in text(Client().get(link))
    Client().post(link, {"answer": "yes"})
    speaker.refresh_from_db()
    assert speaker.state == "asked"
    assert mails("speaker_question") == []
    remove_speaker(speaker=speaker)
    assert Client().get(link).status_code == 404


def test_speakers_are_asked_of_accepted_topics_alone(physician, advisor):
    topic = a_topic(physician)
    assert "Accept the topic first" in text(signed_in(advisor).post(at(topic), ASK, follow=True))
    assert not Speaker.objects.exists()
    reviewed(topic, advisor)
    response = signed_in(advisor).post(at(topic), ASK | {"email": "nobody"})
    assert response.status_code == 422
    assert "Enter an email with an @ sign" in text(response)
    assert 'value="nobody"' in text(response)


def test_speaker_of_another_topic_is_not_touched(speaker, physician, advisor):
    other = reviewed(a_topic(physician, title="Another topic"), advisor)
    response = signed_in(advisor).post(at(other), {"do": "remove", "speaker": speaker.pk}, follow=True)
    assert "not on the topic any more" in text(response)
    assert Speaker.objects.count() == 1


def reminders() -> int:
    return OutboxRow.objects.filter(kind="speaker_reminder").count()


def test_unconfirmed_speaker_is_reminded_twice_and_no_more(speaker):
    seen = []
    for day in (3, 7, 8, 14, 15, 21, 60):
        with days_later(day):
            task()
        seen.append(reminders())
    assert seen == [0, 1, 1, 2, 2, 2, 2]
    assert mails("speaker_reminder")[0].subject.startswith("A yes or a no")


def test_reminders_stop_once_answered_bounced_off_the_program_or_past(speaker, scheduled, advisor):
    other = ask_speaker(topic=scheduled, name="Bo Bounced", email="bo@speaker.example", by=advisor)
    mark_bounced(speaker=other)
    Client().post(path_to_answer(speaker), {"answer": "yes"})
    third = ask_speaker(topic=scheduled, name="Ty Third", email="ty@speaker.example", by=advisor)
    with days_later(8):
        assert remind_speakers() == 1
    third.refresh_from_db()
    assert third.reminders == 1
    with clock.at(dt.datetime(2026, 5, 11, tzinfo=dt.UTC)):
        assert remind_speakers() == 0
    reviewed(scheduled, advisor, "accepted", "declined")
    with days_later(30):
        assert remind_speakers() == 0


def test_link_is_not_sent_again_after_an_answer(speaker):
    Client().post(path_to_answer(speaker), {"answer": "yes"})
    with pytest.raises(ValidationError, match="has answered already"):
        send_link_again(speaker=speaker)


def test_board_shows_who_has_not_answered(speaker, scheduled, staff):
    with days_later(8):
        remind_speakers()
    page = text(signed_in(staff).get(at(scheduled)))
    assert "Not answered yet" in page
    assert "reminded 1 time" in page
    assert "1 speaker without an answer" in text(signed_in(staff).get("/topics/conferences/"))
