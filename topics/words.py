"""What a state means, in the words that a proposer and the public read."""

from topics.enums import Destination, TopicState
from topics.models import Topic

# The pill's data-state, and its icon.
PILLS = {
    TopicState.DRAFT: ("planned", "pencil"),
    TopicState.PROPOSED: ("next", "send"),
    TopicState.IN_REVIEW: ("now", "eye"),
    TopicState.ACCEPTED: ("ok", "check"),
    TopicState.SCHEDULED: ("done", "calendar-check"),
    TopicState.DECLINED: ("planned", "x"),
}

NEXT = {
    TopicState.DRAFT: "Only you see it. Propose it when it is ready.",
    TopicState.PROPOSED: "The advisory group has it and takes it up at its next look at the board.",
    TopicState.IN_REVIEW: "The advisory group scores and discusses it.",
    TopicState.ACCEPTED: "The advisory group wants it and looks for its place.",
    TopicState.DECLINED: "The advisory group will not take it up.",
}

HISTORY = {
    TopicState.PROPOSED: "You proposed it",
    TopicState.IN_REVIEW: "The advisory group took it into review",
    TopicState.ACCEPTED: "The advisory group accepted it",
    TopicState.SCHEDULED: "It has its place",
    TopicState.DECLINED: "The advisory group declined it",
}


def next_for(topic: Topic) -> str:
    """What happens next, or where it went, in a sentence."""
    if topic.state == TopicState.SCHEDULED:
        if topic.conference:
            return f"It is on the program of {topic.conference.name}."
        return "It becomes part of the program."
    return NEXT[TopicState(topic.state)]


def happened(state: TopicState, *, first: bool) -> str:
    """What an event says. A topic that comes back to “proposed” was put back by the group."""
    if state == TopicState.PROPOSED and not first:
        return "The advisory group put it back among the proposals"
    return HISTORY[state]


def meant_for(topic: Topic) -> str:
    """ "a regional conference", for the middle of a sentence."""
    label = Destination(topic.destination).label
    return label[0].lower() + label[1:]
