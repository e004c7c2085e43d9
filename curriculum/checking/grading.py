"""Grading, on the server and in decimals.

A question scores from 0 to 1. One right answer, several right answers, true or false and an order score 1 when all
of it is right and 0 otherwise; a number scores the share of the best answer that it lies within. The check's score is
the sum, and it is passed when the sum is at least the pass mark's percentage of the number of questions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from curriculum.blocks import QuestionKind
from curriculum.checking.values import Check, Number, Question
from curriculum.numbers import is_within, read_number

WHOLE, NONE = Decimal(1), Decimal(0)
UNANSWERED = "Answer this question."


@dataclass(frozen=True)
class Graded:
    """`items` is what an Attempt keeps (see cohorts.practice.models.Attempt); `right` counts whole credits."""

    items: list[dict]
    right: int
    score: Decimal
    passed: bool


def faults_in(check: Check, chosen: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Question id -> what keeps it from being graded, in words. Empty when every question has an answer."""
    faults = {}
    for question in check.questions:
        fault = _fault(question, [str(one) for one in chosen.get(question.id, ())])
        if fault:
            faults[question.id] = fault
    return faults


def grade(check: Check, chosen: Mapping[str, Iterable[str]]) -> Graded:
    """Grade what was `chosen` for each question id: option ids, the number as typed, or all step ids in order.

    A choice is right when all and only its right options are chosen. What is unanswered or cannot be read scores
    nothing; refuse it first (see faults_in). Ids that are not of this check are not kept.
    """
    items = [_graded(question, [str(one) for one in chosen.get(question.id, ())]) for question in check.questions]
    score = sum((Decimal(item["score"]) for item in items), NONE)
    return Graded(
        items=items,
        right=sum(item["right"] for item in items),
        score=score,
        passed=is_enough(score, len(items), check.pass_mark),
    )


def is_enough(score: Decimal, questions: int, pass_mark: int) -> bool:
    return score * 100 >= pass_mark * questions


def best_answer(question: Question, number: Decimal) -> Number | None:
    """The accepted answer with the largest share that `number` lies within, the first of equals, or None."""
    within = (a for a in question.answers if is_within(number, read_number(a.value), read_number(a.tolerance)))
    return max(within, key=lambda answer: answer.share, default=None)


def _fault(question: Question, given: list[str]) -> str:
    if not any(one.strip() for one in given):
        return UNANSWERED
    if question.kind == QuestionKind.NUMERIC:
        try:
            read_number(given[0])
        except ValidationError as refused:
            return refused.messages[0]
    elif question.kind == QuestionKind.ORDERING:
        if sorted(given) != sorted(step.id for step in question.steps):
            return f"Give each item a position of its own, from 1 to {len(question.steps)}."
    elif not question.takes_several and len(given) > 1:
        return "Choose one option."
    return ""


def _graded(question: Question, given: list[str]) -> dict:
    match question.kind:
        case QuestionKind.NUMERIC:
            score, own = _numeric(question, given)
        case QuestionKind.ORDERING:
            score, own = _ordering(question, given)
        case _:
            score, own = _choice(question, given)
    return {
        "question": question.id,
        "text": question.text,
        "kind": str(question.kind),
        "reason": question.reason,
        "options": [],
        "chosen": [],
        **own,
        "right": score == WHOLE,
        "score": str(score),
    }


def _choice(question: Question, given: list[str]) -> tuple[Decimal, dict]:
    chosen = set(given)
    own = {
        "options": [asdict(option) for option in question.options],
        "chosen": [option.id for option in question.options if option.id in chosen],
    }
    return WHOLE if chosen == question.right_ids else NONE, own


def _numeric(question: Question, given: list[str]) -> tuple[Decimal, dict]:
    typed = given[0].strip() if given else ""
    try:
        best = best_answer(question, read_number(typed))
    except ValidationError:
        best = None
    own = {
        "typed": typed,
        "answers": [asdict(answer) for answer in question.answers],
        "matched": best.id if best else None,
        "unit": question.unit,
        "other_reason": question.other_reason,
    }
    return Decimal(best.share) / 100 if best else NONE, own


def _ordering(question: Question, given: list[str]) -> tuple[Decimal, dict]:
    right = [step.id for step in question.steps]
    own = {
        "order": [asdict(step) for step in question.steps],
        "shown": list(question.laid),
        "given": [one for one in given if one in right],
    }
    return WHOLE if given == right else NONE, own
