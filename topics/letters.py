"""Mails about topics: to the proposer at each step, and to speakers."""

from functools import partial

from django.conf import settings
from django.urls import reverse

from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.ui.dates import day_range
from topics.enums import PUBLIC_STATES, SpeakerState, TopicState
from topics.models import Speaker, TopicEvent
from topics.speaker_links import DAYS, path_to_answer
from topics.speaking import has_taken_place, mark_bounced
from topics.words import meant_for

SUBJECTS = {
    TopicState.PROPOSED: "We have your topic “{title}”",
    TopicState.IN_REVIEW: "In review: “{title}”",
    TopicState.ACCEPTED: "Accepted: “{title}”",
    TopicState.SCHEDULED: "“{title}” has its place",
    TopicState.DECLINED: "Not this time: “{title}”",
}
PARAGRAPHS = {
    TopicState.PROPOSED: "Your topic for {destination} is on the advisory group’s board. You hear of each step.",
    TopicState.IN_REVIEW: "The advisory group now scores and discusses it.",
    TopicState.ACCEPTED: "The advisory group wants it, and looks for its place. We write again once that is found.",
    TopicState.SCHEDULED: "Thank you for proposing it.",
    TopicState.DECLINED: "The advisory group will not take it up. Its reason:",
}


@letter("topic_moved")
def topic_moved(ids: dict) -> Letter | None:
    """To the proposer: their topic reached a state. Dropped where the account was closed."""
    event = TopicEvent.objects.select_related("topic__proposer").filter(pk=ids["event"]).first()
    if event is None or not event.topic.proposer.is_active:
        return None
    topic, state = event.topic, TopicState(event.state)
    words = [PARAGRAPHS[state].format(destination=meant_for(topic))]
    if event.words:
        words.append(event.words) if state == TopicState.DECLINED else words.insert(0, event.words)
    return Letter(
        to=topic.proposer.email,
        subject=SUBJECTS[state].format(title=topic.title),
        paragraphs=words,
        why=f"You get this because you proposed a topic to the {settings.PROGRAM_NAME} Program.",
        button=("See your topic", absolute(reverse("topics:topic", args=[topic.pk]))),
    )


@letter("speaker_question")
def speaker_question(ids: dict) -> Letter | None:
    """To a speaker: will you? Dropped once answered, replaced by a newer link, or off the program."""
    speaker = _asked(ids)
    if speaker is None:
        return None
    return _to_speaker(
        speaker,
        f"Will you speak about “{speaker.topic.title}”?",
        [
            f"{speaker.asked_by.name} of our program would like you to do so{_where(speaker)}.",
            "The page behind the button says what it is about, and asks for a yes or a no, without an account.",
            f"The link works for {DAYS} days.",
        ],
    )


@letter("speaker_reminder")
def speaker_reminder(ids: dict) -> Letter | None:
    """The same question once more, with a link that works as long again."""
    speaker = _asked(ids)
    if speaker is None:
        return None
    return _to_speaker(
        speaker,
        f"A yes or a no: “{speaker.topic.title}”",
        [
            f"You were asked to speak about “{speaker.topic.title}”{_where(speaker)}, and have not answered yet.",
            "One click is enough. A no helps as much as a yes: somebody else can then be asked.",
        ],
    )


@letter("speaker_answered")
def speaker_answered(ids: dict) -> Letter | None:
    """To who asked: the speaker has answered."""
    speaker = _speakers().filter(pk=ids["speaker"]).exclude(state=SpeakerState.ASKED).first()
    if speaker is None or not speaker.asked_by.is_active:
        return None
    yes = speaker.state == SpeakerState.CONFIRMED
    after = "They stand on the program now." if yes else "You can ask somebody else on the topic’s page."
    return Letter(
        to=speaker.asked_by.email,
        subject=f"{speaker.name} said {'yes' if yes else 'no'}: “{speaker.topic.title}”",
        paragraphs=[f"{speaker.name} {'speaks' if yes else 'does not speak'} about “{speaker.topic.title}”. {after}"],
        why="You get this because you asked them.",
        button=("Open the topic", absolute(reverse("topics:board_topic", args=[speaker.topic_id]))),
    )


def _speakers():
    return Speaker.objects.select_related("topic__conference", "topic__cohort_session", "asked_by")


def _asked(ids: dict) -> Speaker | None:
    found = _speakers().filter(
        pk=ids["speaker"],
        generation=ids["generation"],
        state=SpeakerState.ASKED,
        topic__state__in=PUBLIC_STATES,
    )
    speaker = found.first()
    return None if speaker is None or has_taken_place(speaker.topic) else speaker


def _where(speaker: Speaker) -> str:
    conference = speaker.topic.conference
    if conference is None:
        return ""
    return f" at {conference.name} in {conference.place}, {day_range(conference.starts_on, conference.ends_on)}"


def _to_speaker(speaker: Speaker, subject: str, paragraphs: list[str]) -> Letter:
    return Letter(
        to=speaker.email,
        subject=subject,
        paragraphs=[f"Dear {speaker.name},", *paragraphs],
        why=f"You get this because {speaker.asked_by.name} named you as a speaker.",
        button=("Read and answer", absolute(path_to_answer(speaker))),
        on_bounce=partial(mark_bounced, speaker=speaker),
    )
