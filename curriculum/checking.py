"""Knowledge checks as plain values. A question is known by its block's id, and so is an option."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from curriculum.blocks import QuestionKind
from curriculum.models import LessonPage


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    reason: str
    correct: bool


@dataclass(frozen=True)
class Question:
    id: str
    kind: str
    text: str
    options: tuple[Option, ...]

    @property
    def takes_several(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def right_ids(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.correct)


@dataclass(frozen=True)
class Check:
    """`pass_mark` is the percentage of questions that must be right; `attempts` how often one may try."""

    id: str
    title: str
    pass_mark: int
    attempts: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Graded:
    """`items` is what an Attempt keeps: wording and order as given, what was chosen, whether it was right."""

    items: list[dict]
    right: int
    passed: bool


def checks_of(lesson: LessonPage) -> list[Check]:
    """The knowledge checks of a lesson, in the order of its body."""
    return [check_from(block) for block in lesson.body if block.block_type == "check"]


def find_check(lesson: LessonPage, check_id) -> Check | None:
    """The check of `lesson` with this block id (a UUID or its text), or None if the lesson has none such."""
    return next((check for check in checks_of(lesson) if check.id == str(check_id)), None)


def check_from(block) -> Check:
    """The Check in a block of a lesson's body whose type is "check"."""
    return Check(
        id=block.id,
        title=block.value["title"],
        pass_mark=block.value["pass_mark"],
        attempts=block.value["attempts"],
        questions=tuple(map(_question, block.value["questions"].bound_blocks)),
    )


def grade(check: Check, chosen: Mapping[str, Iterable[str]]) -> Graded:
    """Grade the option ids `chosen` for each question id.

    A question is right when all and only its right options are chosen, so an unanswered one is wrong. Ids that
    are not of this check are not kept; an unknown option makes its question wrong.
    """
    items = [_graded(question, set(chosen.get(question.id, ()))) for question in check.questions]
    right = sum(item["right"] for item in items)
    return Graded(items=items, right=right, passed=right * 100 >= check.pass_mark * len(items))


def _graded(question: Question, chosen: set[str]) -> dict:
    return {
        "question": question.id,
        "text": question.text,
        "kind": question.kind,
        "options": [
            {"id": option.id, "text": option.text, "reason": option.reason, "correct": option.correct}
            for option in question.options
        ],
        "chosen": [option.id for option in question.options if option.id in chosen],
        "right": chosen == question.right_ids,
    }


def _question(item) -> Question:
    return Question(
        id=item.id,
        kind=item.value["kind"],
        text=item.value["text"],
        options=tuple(
            Option(
                id=option.id,
                text=option.value["text"],
                reason=option.value["reason"],
                correct=bool(option.value["correct"]),
            )
            for option in item.value["options"].bound_blocks
        ),
    )
