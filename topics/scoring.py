"""What the group thinks of a topic, and who may see it.

A member gives three scores once, before anything of the others' is shown to them, and then sees all and discusses. Who
has a stake says so: their score does not count, given before or not. The proposer sees none of it, nor do staff,
who are not of the group. Nobody else may read Score or Comment.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from lms import clock
from lms.accounts.queries import is_advisor
from topics.enums import SCORED_STATES, TopicState
from topics.models import Comment, Conflict, Score, Topic

CRITERIA = ("relevance", "evidence", "reach")


@dataclass(frozen=True)
class Tally:
    """Means of `n` scores, each from 1 to 5, rounded to one decimal; None where there are none."""

    n: int
    relevance: float | None
    evidence: float | None
    reach: float | None
    overall: float | None
    left_out: int


@dataclass(frozen=True)
class Standing:
    """How one viewer stands to one topic. Without `sees`, `tally` is None and `scores` is empty."""

    mine: Score | None = None
    conflict: Conflict | None = None
    is_proposer: bool = False
    may_score: bool = False
    may_decide: bool = False
    sees: bool = False
    given: int = 0
    tally: Tally | None = None
    scores: list[Score] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def standings(user, topics: Iterable[Topic]) -> dict[uuid.UUID, Standing]:
    """How `user` stands to each of `topics`, by their ids. Two queries, however many there are."""
    topics = list(topics)
    scores, conflicts = defaultdict(list), defaultdict(list)
    for score in Score.objects.filter(topic__in=topics).select_related("member"):
        scores[score.topic_id].append(score)
    for conflict in Conflict.objects.filter(topic__in=topics).select_related("member"):
        conflicts[conflict.topic_id].append(conflict)
    return {topic.pk: _standing(user, topic, scores[topic.pk], conflicts[topic.pk]) for topic in topics}


def standing(user, topic: Topic) -> Standing:
    """How `user` stands to `topic`."""
    return standings(user, [topic])[topic.pk]


def _standing(user, topic: Topic, scores: list[Score], conflicts: list[Conflict]) -> Standing:
    is_member, is_proposer = is_advisor(user), topic.proposer_id == user.pk
    mine = next((score for score in scores if score.member_id == user.pk), None)
    conflict = next((one for one in conflicts if one.member_id == user.pk), None)
    sees = is_member and not is_proposer and bool(mine or conflict)
    apart = {one.member_id for one in conflicts}
    counted = [score for score in scores if score.member_id not in apart]
    free = is_member and not is_proposer and conflict is None
    return Standing(
        mine=mine,
        conflict=conflict,
        is_proposer=is_proposer,
        may_score=free and mine is None and topic.state in SCORED_STATES,
        may_decide=free,
        sees=sees,
        given=len(counted),
        tally=_tally(counted, len(scores) - len(counted)) if sees else None,
        scores=counted if sees else [],
        conflicts=conflicts if is_member and not is_proposer else [],
    )


def _tally(scores: list[Score], left_out: int) -> Tally:
    means = {name: _mean([getattr(score, name) for score in scores]) for name in CRITERIA}
    overall = _mean([getattr(score, name) for score in scores for name in CRITERIA])
    return Tally(n=len(scores), overall=overall, left_out=left_out, **means)


def _mean(values: list[int]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None


@transaction.atomic
def give_score(*, topic: Topic, member, relevance: int, evidence: int, reach: int) -> Score:
    """Keep what `member` gives, once: the same again changes nothing.

    Raises ValidationError for another score than the first, with a declared conflict, for one's own topic, and once
    it is decided.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    stands = standing(member, topic)
    given = {"relevance": relevance, "evidence": evidence, "reach": reach}
    if stands.mine is not None:
        if all(getattr(stands.mine, name) == value for name, value in given.items()):
            return stands.mine
        raise ValidationError("You have scored this topic already. A score stays as it was given; discuss it below.")
    if stands.conflict is not None:
        raise ValidationError("You declared a conflict of interest here, so you do not score this topic.")
    if not stands.may_score:
        raise ValidationError(_why_not(stands))
    score = Score(topic=topic, member=member, at=clock.now(), **given)
    score.full_clean(exclude=["topic", "member"], validate_unique=False)
    score.save()
    return score


def _why_not(stands: Standing) -> str:
    if stands.is_proposer:
        return "You proposed this topic, so the others score it."
    return "Topics are scored by the advisory group while they are proposed or in review."


@transaction.atomic
def declare_conflict(*, topic: Topic, member, why: str) -> Conflict:
    """Say that `member` has a stake in the topic; for good, since they see the scores from then on. Again: no change.

    Raises ValidationError for one's own topic, and for those who are not of the group.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    stands = standing(member, topic)
    if stands.conflict is not None:
        return stands.conflict
    if not stands.may_decide or topic.state == TopicState.DRAFT:
        raise ValidationError("Only a member of the advisory group who did not propose the topic declares a conflict.")
    conflict = Conflict(topic=topic, member=member, why=why.strip(), at=clock.now())
    conflict.full_clean(exclude=["topic", "member"], validate_unique=False)
    conflict.save()
    return conflict


@transaction.atomic
def say(*, topic: Topic, by, text: str) -> Comment:
    """Add to the discussion; the same words again, sent twice, are kept once.

    Raises ValidationError for those who do not see it yet.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if not standing(by, topic).sees:
        raise ValidationError("Score this topic first, or declare a conflict; then you see what the others say.")
    text = text.strip()
    last = topic.comments.last()
    if last is not None and last.by_id == by.pk and last.text == text:
        return last
    comment = Comment(topic=topic, by=by, text=text, at=clock.now())
    comment.full_clean(exclude=["topic", "by"])
    comment.save()
    return comment


def discussion(user, topic: Topic) -> list[Comment]:
    """The comments, oldest first, for those who see them; for others none."""
    if not standing(user, topic).sees:
        return []
    return list(topic.comments.select_related("by"))
