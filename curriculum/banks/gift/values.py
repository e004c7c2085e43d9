from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Choice:
    """One option of a choice, or one item of an ordering (`correct` is then True)."""

    text: str
    correct: bool
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """A number that is accepted, `tolerance` either way, for `share` percent of the credit (above 0, at most 100)."""

    value: Decimal
    tolerance: Decimal
    share: Decimal = Decimal(100)
    reason: str = ""


@dataclass(frozen=True)
class GiftQuestion:
    """`kind` is one of QuestionKind's values; `line` where it begins in the file, from 1.

    Choices hold True and then False for a true/false question, and the right order for an ordering. `notes` say, in
    sentences, what reads differently here than in Moodle.
    """

    kind: str
    title: str
    text: str
    choices: tuple[Choice, ...] = ()
    answers: tuple[Answer, ...] = ()
    other_reason: str = ""
    reason: str = ""
    line: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trouble:
    """A block that cannot be imported: `unsupported` names a kind that we do not have, or `text` says what to mend."""

    line: int
    text: str
    title: str = ""
    unsupported: str = ""


@dataclass
class GiftFile:
    questions: list[GiftQuestion] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
