"""A topic's way through its states: each step is written down, and the proposer gets a mail."""

from lms import clock
from lms.outbox.actions import promise
from topics.enums import TopicState
from topics.models import Topic, TopicEvent


def reach(topic: Topic, state: TopicState, *, by, words: str = "") -> TopicEvent:
    """Put `topic` into `state`, within the caller's transaction and with the row locked, and promise the mail."""
    topic.state = state
    topic.save()
    event = TopicEvent.objects.create(topic=topic, state=state, words=words, by=by, at=clock.now())
    promise(kind="topic_moved", ids={"event": str(event.pk)}, key=f"topic-moved:{event.pk}")
    return event
