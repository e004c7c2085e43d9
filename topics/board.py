"""The board as one viewer sees it: columns of topics, each with how the viewer stands to it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from topics.enums import COLUMNS, TopicState
from topics.models import Topic
from topics.moving import MOVES, button
from topics.scoring import Standing, standings

IN_A_COLUMN = 15


@dataclass(frozen=True)
class Card:
    topic: Topic
    standing: Standing
    moves: list[tuple[TopicState, str]]  # those that need no more than a click


@dataclass(frozen=True)
class Column:
    state: TopicState
    cards: list[Card]
    count: int


def board_topics(*, q: str = "", destination: str = "", conference=None) -> QuerySet[Topic]:
    """Every proposed topic that fits, the longest waiting first."""
    found = Topic.objects.exclude(state=TopicState.DRAFT).select_related(
        "proposer", "conference", "cohort_session__cohort", "module"
    )
    if q:
        found = found.filter(Q(title__icontains=q) | Q(why_now__icontains=q) | Q(audience__icontains=q))
    if destination:
        found = found.filter(destination=destination)
    if conference is not None:
        found = found.filter(conference=conference)
    return found.order_by("proposed_at", "title")


def columns(user, topics, *, only: str = "", whole: str = "") -> list[Column]:
    """The topics in their columns; `only="to_score"` leaves those that `user` may score. One column may be `whole`.

    Long columns are cut after IN_A_COLUMN, the newest of what is decided first.
    """
    topics = list(topics)
    stands = standings(user, topics)
    if only == "to_score":
        topics = [topic for topic in topics if stands[topic.pk].may_score]
    made = []
    for state in COLUMNS:
        mine = [topic for topic in topics if topic.state == state]
        if state in (TopicState.SCHEDULED, TopicState.DECLINED):
            mine.reverse()
        shown = mine if state == whole else mine[:IN_A_COLUMN]
        made.append(Column(state, [card(topic, stands[topic.pk]) for topic in shown], len(mine)))
    return made


def card(topic: Topic, stands: Standing) -> Card:
    state = TopicState(topic.state)
    to_go = [to for to in MOVES[state] if to != TopicState.DECLINED] if stands.may_decide else []
    moves: list[tuple[TopicState, str]] = [(to, button(state, to)) for to in to_go]
    return Card(topic, stands, moves)
