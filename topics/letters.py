"""Mails about topics: to the proposer at each step, and to speakers."""

from django.conf import settings
from django.urls import reverse

from lms.links import absolute
from lms.outbox.registry import Letter, letter
from topics.enums import TopicState
from topics.models import TopicEvent
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
