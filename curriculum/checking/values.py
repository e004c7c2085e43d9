"""Knowledge checks as plain values. A question is known by its block's id, and so are its parts."""

from dataclasses import dataclass

from curriculum.blocks import QuestionKind
from curriculum.models import LessonPage


@dataclass(frozen=True)
class Option:
    """`last` keeps it behind the others when they are shuffled."""

    id: str
    text: str
    reason: str
    correct: bool
    last: bool = False


@dataclass(frozen=True)
class Number:
    """An accepted number: within `tolerance` of `value` (decimals, as text), for `share` percent of the credit."""

    id: str
    value: str
    tolerance: str
    share: int
    reason: str


@dataclass(frozen=True)
class Step:
    """One item of an ordering."""

    id: str
    text: str
    reason: str


@dataclass(frozen=True)
class Question:
    """Which parts it has follows from its kind: options, answers (numeric), or steps (ordering; in the right order).

    `laid` are the ids of the steps in the order in which they are shown, once the check is laid out.
    """

    id: str
    kind: str
    text: str
    options: tuple[Option, ...] = ()
    answers: tuple[Number, ...] = ()
    steps: tuple[Step, ...] = ()
    reason: str = ""
    other_reason: str = ""
    unit: str = ""
    laid: tuple[str, ...] = ()

    @property
    def takes_several(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE

    @property
    def right_ids(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.correct)

    @property
    def right_answer(self) -> list[str]:
        """An answer that gets the whole credit, in the form that grade() takes."""
        match self.kind:
            case QuestionKind.NUMERIC:
                return [max(self.answers, key=lambda answer: answer.share).value]
            case QuestionKind.ORDERING:
                return [step.id for step in self.steps]
        return [option.id for option in self.options if option.correct]

    @property
    def steps_as_laid(self) -> list[Step]:
        """The steps as they are shown: never in the right order."""
        by_id = {step.id: step for step in self.steps}
        return [by_id[one] for one in self.laid]


@dataclass(frozen=True)
class Check:
    """`pass_mark` is the percentage of the questions' scores that is needed; `attempts` how often one may try."""

    id: str
    title: str
    pass_mark: int
    attempts: int
    questions: tuple[Question, ...]
    shuffles_questions: bool = False
    shuffles_options: bool = False


def checks_of(lesson: LessonPage) -> list[Check]:
    """The knowledge checks of a lesson, in the order of its body."""
    return [check_from(block) for block in lesson.body if block.block_type == "check"]


def find_check(lesson: LessonPage, check_id) -> Check | None:
    """The check of `lesson` with this block id (a UUID or its text), or None if the lesson has none such."""
    return next((check for check in checks_of(lesson) if check.id == str(check_id)), None)


def check_from(block) -> Check:
    """The Check in a block of a lesson's body whose type is "check"."""
    value = block.value
    return Check(
        id=block.id,
        title=value["title"],
        pass_mark=value["pass_mark"],
        attempts=value["attempts"],
        questions=tuple(question_from(item.id, item.value) for item in value["questions"].bound_blocks),
        shuffles_questions=bool(value["shuffle_questions"]),
        shuffles_options=bool(value["shuffle_options"]),
    )


def question_from(block_id: str, value) -> Question:
    """The Question in the value of a QuestionBlock. Parts that its kind does not use are left out."""
    kind = value["kind"]
    options: tuple[Option, ...] = ()
    answers: tuple[Number, ...] = ()
    steps: tuple[Step, ...] = ()
    if kind == QuestionKind.NUMERIC:
        answers = tuple(
            Number(
                id=part.id,
                value=str(part.value["value"] or ""),
                tolerance=str(part.value["tolerance"] or "0"),
                share=part.value["share"] or 0,
                reason=part.value["reason"] or "",
            )
            for part in value["answers"].bound_blocks
        )
    elif kind == QuestionKind.ORDERING:
        steps = tuple(
            Step(id=part.id, text=part.value["text"] or "", reason=part.value["reason"] or "")
            for part in value["steps"].bound_blocks
        )
    else:
        options = tuple(
            Option(
                id=part.id,
                text=part.value["text"] or "",
                reason=part.value["reason"] or "",
                correct=bool(part.value["correct"]),
                last=bool(part.value["last"]),
            )
            for part in value["options"].bound_blocks
        )
    numeric = kind == QuestionKind.NUMERIC
    return Question(
        id=block_id,
        kind=kind,
        text=value["text"] or "",
        options=options,
        answers=answers,
        steps=steps,
        reason=value["reason"] or "",
        other_reason=(value["other_reason"] or "") if numeric else "",
        unit=(value["unit"] or "") if numeric else "",
    )
