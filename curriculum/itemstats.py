"""Classical test theory for the questions of knowledge checks. Pure: attempts in, figures out.

For one item over first attempts, x is 1 where it was right and 0 where not:

- difficulty is the proportion correct, p = sum(x) / n (so a high figure is an easy item);
- discrimination is the corrected point-biserial correlation of x with the rest score, which leaves the item itself
  out: r = (M1 - M0) / s * sqrt(p * (1 - p)), where M1 and M0 are the mean rest scores of those who had it right and
  wrong and s is the rest scores' standard deviation (both with n). That is Pearson's correlation of the two.

See Lord and Novick, Statistical Theories of Mental Test Scores (1968), chapter 15; Henrysson, Psychometrika 28
(1963), for the correction. The rest score is the mean score of the other items of the same attempt: with the same
items in every attempt that is the classical sum, and with others it stays comparable.

An item is a question with its wording and key: where either changed, statistics begin anew. Attempts graded again by a
mended key do not count with it: they alone were changed by it, so they would be a biased sample.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]  # as curriculum.checking keeps it in an attempt

ENOUGH = 20  # first attempts, before an item is flagged
TOO_HARD = 0.3
TOO_WEAK = 0.1


@dataclass(frozen=True)
class ItemStatistics:
    """One item over first attempts at its check.

    `given` are those in which it stood in the present wording, `right` and `empty` (left without an answer, which is
    not right) are of them. `reworded` had it in another wording, `not_shown` did not have it at all: neither counts.
    """

    question: str
    text: str
    given: int
    right: int
    empty: int
    reworded: int
    not_shown: int
    difficulty: float | None
    discrimination: float | None
    why_not: str = ""  # why there is no discrimination, in words

    @property
    def is_enough(self) -> bool:
        return self.given >= ENOUGH

    @property
    def is_too_hard(self) -> bool:
        return self.is_enough and self.difficulty is not None and self.difficulty < TOO_HARD

    @property
    def is_too_weak(self) -> bool:
        return self.is_enough and self.discrimination is not None and self.discrimination < TOO_WEAK

    @property
    def is_flagged(self) -> bool:
        return self.is_too_hard or self.is_too_weak


def analyze(asked: Sequence[Item], attempts: Iterable[Sequence[Item]]) -> list[ItemStatistics]:
    """Statistics of each item in `asked`, the check as it stands now, over the items of first attempts at it."""
    by_question = [{item["question"]: item for item in attempt} for attempt in attempts]
    return [_item(item, by_question) for item in asked]


def difficulty(right: Sequence[bool]) -> float | None:
    """The proportion correct, from 0 to 1; None without an attempt."""
    return statistics.fmean(right) if right else None


def discrimination(right: Sequence[bool], rest: Sequence[float]) -> float | None:
    """The point-biserial correlation, from -1 to 1; None where either does not vary, so that there is none."""
    if len(right) < 2 or min(right) == max(right) or min(rest) == max(rest):
        return None
    return statistics.correlation([float(one) for one in right], rest)


def score_of(item: Item) -> float:
    """An answer's score from 0 to 1: its own, which may be text, or whether it was right where it has none."""
    try:
        return float(item["score"])
    except (KeyError, TypeError, ValueError):
        return float(bool(item.get("right")))


def is_empty(item: Item) -> bool:
    """Whether the item was shown and left without an answer: no option, no number, no order."""
    return not (item.get("chosen") or item.get("given") or str(item.get("typed") or "").strip())


def wording(item: Item) -> tuple:
    """What makes an item the same item: its words and its key, in whatever order its options were shown.

    Reasons are left out: they are read after the answer.
    """
    return (
        item["kind"],
        item["text"],
        item.get("unit") or "",
        tuple(sorted((one["id"], one["text"], bool(one.get("correct"))) for one in item.get("options") or ())),
        tuple(
            sorted(
                (one["id"], str(one["value"]), str(one.get("tolerance", "")), str(one.get("share", "")))
                for one in item.get("answers") or ()
            )
        ),
        tuple((one["id"], one["text"]) for one in item.get("order") or ()),
    )


def _item(asked: Item, attempts: list[dict[str, Item]]) -> ItemStatistics:
    words, question = wording(asked), asked["question"]
    shown = [attempt for attempt in attempts if question in attempt]
    same = [attempt for attempt in shown if wording(attempt[question]) == words]
    right = [bool(attempt[question].get("right")) for attempt in same]
    rest = [_rest_score(attempt, question) for attempt in same]
    rests = [score for score in rest if score is not None]
    found = discrimination(right, rests) if len(rests) == len(right) else None
    return ItemStatistics(
        question=question,
        text=asked["text"],
        given=len(same),
        right=sum(right),
        empty=sum(is_empty(attempt[question]) for attempt in same),
        reworded=len(shown) - len(same),
        not_shown=len(attempts) - len(shown),
        difficulty=difficulty(right),
        discrimination=found,
        why_not="" if found is not None else _why_not(right, rests),
    )


def _rest_score(attempt: dict[str, Item], question: str) -> float | None:
    others = [score_of(item) for key, item in attempt.items() if key != question]
    return sum(others) / len(others) if others else None


def _why_not(right: list[bool], rests: list[float]) -> str:
    if len(right) < 2:
        return "there are fewer than two first attempts"
    if len(rests) < len(right):
        return "it was the only question of its check"
    if min(right) == max(right):
        return "everybody had it right" if right[0] else "nobody had it right"
    return "everybody did equally well on the other questions"
