"""The board: where a topic may go from where it is, and moving it there."""

from django.core.exceptions import ValidationError
from django.db import transaction

from lms.ui.dates import day_range
from topics.enums import PUBLIC_STATES, TopicState
from topics.history import reach
from topics.models import Conference, Topic
from topics.scoring import standing

# A topic is scheduled by giving it a place, not by moving it.
MOVES: dict[TopicState, tuple[TopicState, ...]] = {
    TopicState.DRAFT: (),
    TopicState.PROPOSED: (TopicState.IN_REVIEW, TopicState.DECLINED),
    TopicState.IN_REVIEW: (TopicState.ACCEPTED, TopicState.DECLINED, TopicState.PROPOSED),
    TopicState.ACCEPTED: (TopicState.IN_REVIEW, TopicState.DECLINED),
    TopicState.SCHEDULED: (TopicState.ACCEPTED,),
    TopicState.DECLINED: (TopicState.IN_REVIEW,),
}
# What the button says.
BUTTONS = {
    TopicState.IN_REVIEW: "Take into review",
    TopicState.ACCEPTED: "Accept",
    TopicState.DECLINED: "Decline",
    TopicState.PROPOSED: "Put back",
}
BUTTONS_FROM = {
    (TopicState.ACCEPTED, TopicState.IN_REVIEW): "Back to review",
    (TopicState.SCHEDULED, TopicState.ACCEPTED): "Take off the program",
    (TopicState.DECLINED, TopicState.IN_REVIEW): "Review again",
}


def button(origin: TopicState, to: TopicState) -> str:
    return BUTTONS_FROM.get((origin, to), BUTTONS[to])


@transaction.atomic
def move(*, topic: Topic, to: TopicState, by, seen: str, reason: str = "") -> Topic:
    """Move a topic that stood at `seen` when `by` looked. Where it is already, nothing changes.

    Raises ValidationError in words: moved by somebody else meanwhile, no way there, no reason for declining, a member
    who proposed it or declared a conflict, or a session that still stands.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.state == to:
        return topic
    if topic.state != seen:
        raise ValidationError(
            f"Somebody moved this topic meanwhile: it is {topic.get_state_display().lower()} now. Look again first."
        )
    if not standing(by, topic).may_decide:
        raise ValidationError("Who proposed a topic, or has a stake in it, leaves the decision to the others.")
    if to not in MOVES[TopicState(topic.state)]:
        raise ValidationError(f"A topic that is {topic.get_state_display().lower()} cannot go there.")
    reason = reason.strip()
    if to == TopicState.DECLINED and not reason:
        raise ValidationError({"reason": "Say why: the proposer reads it."})
    if topic.state == TopicState.SCHEDULED:
        _take_off(topic)
    topic.decline_reason = reason if to == TopicState.DECLINED else ""
    reach(topic, to, by=by, words=topic.decline_reason)
    return topic


def _take_off(topic: Topic) -> None:
    if topic.cohort_session is not None and topic.cohort_session.cancelled_at is None:
        raise ValidationError("It became a session that leaders see. Cancel the session first.")
    topic.conference = topic.cohort_session = None


@transaction.atomic
def place(*, topic: Topic, conference: Conference, by) -> Topic:
    """Put an accepted topic on a conference's program, or on another's; the same again changes nothing.

    Raises ValidationError for a topic that is not accepted, and for a conference that is over.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.conference_id == conference.pk and topic.state == TopicState.SCHEDULED:
        return topic
    if topic.state not in PUBLIC_STATES:
        raise ValidationError("Accept the topic first; then it gets its place.")
    if conference.is_over:
        raise ValidationError({"conference": f"{conference.name} is over. Choose one that is still to come."})
    topic.conference = conference
    days = day_range(conference.starts_on, conference.ends_on)
    words = f"It is on the program of {conference.name}, {conference.place}, {days}."
    reach(topic, TopicState.SCHEDULED, by=by, words=words)
    return topic
