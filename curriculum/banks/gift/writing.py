"""Writing GIFT that Moodle accepts: its escapes, and only the shares that it knows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from curriculum.banks.gift.numbers import in_digits
from curriculum.banks.gift.values import Answer, Choice, GiftQuestion

# The grades that Moodle's question bank offers; an import with any other is refused there.
_KNOWN_SHARES = "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5"
_SHARES = tuple(map(Decimal, _KNOWN_SHARES.replace(" ", ",").split(",")))


@dataclass
class Written:
    """The file's text, and in sentences what it does not hold or holds otherwise."""

    text: str = ""
    notes: list[str] = field(default_factory=list)


def write_gift(questions: Iterable[GiftQuestion]) -> Written:
    """The questions as one GIFT file, in the order given. Ordering is left out and named: most Moodles lack it."""
    written = Written()
    parts: list[str] = []
    for question in questions:
        if question.kind == "ordering":
            written.notes.append(f"“{question.title}” is left out: not every Moodle has questions about an order.")
            continue
        parts.append(
            f"::{_escaped(question.title)}::[plain]{_escaped(question.text)}{{{_answers(question, written)}}}\n"
        )
    written.text = "\n".join(parts)
    return written


def _answers(question: GiftQuestion, written: Written) -> str:
    if question.kind == "true_false":
        return _true_false(question)
    if question.kind == "numeric":
        lines = [_number(answer, question, written) for answer in question.answers]
        if question.other_reason:
            lines.append(f"~#{_escaped(question.other_reason)}")
        return "#" + _lines(lines, question.reason)
    right = sum(choice.correct for choice in question.choices)
    lines = [_choice(choice, question.kind == "multiple", right) for choice in question.choices]
    return _lines(lines, question.reason)


def _true_false(question: GiftQuestion) -> str:
    true, false = question.choices
    right, wrong = (true, false) if true.correct else (false, true)
    answer = "TRUE" if true.correct else "FALSE"
    if right.reason or wrong.reason:
        answer += f"#{_escaped(wrong.reason)}"
    if right.reason:
        answer += f"#{_escaped(right.reason)}"
    return answer + (f"####{_escaped(question.reason)}" if question.reason else "")


def _choice(choice: Choice, several: bool, right: int) -> str:
    if several:
        # A wrong choice takes everything away, so that all right ones and no other are right there too.
        sign = f"~%{_share_of(right)}%" if choice.correct else "~%-100%"
    else:
        # Text such as "%50% of cases" would be read as a weight, unless a weight stands before it.
        sign = "=" if choice.correct else ("~%0%" if re.match(r"%-?\d", choice.text) else "~")
    return f"{sign}{_escaped(choice.text)}{_comment(choice.reason)}"


def _share_of(right: int) -> str:
    return f"{min(_SHARES, key=lambda share: abs(share - Decimal(100) / right)):f}"


def _number(answer: Answer, question: GiftQuestion, written: Written) -> str:
    share = min(_SHARES, key=lambda known: abs(known - answer.share))
    if share != answer.share:
        written.notes.append(
            f"“{question.title}”: a number that earns {answer.share:f} % earns {share:f} % in the file, "
            "the nearest that Moodle knows."
        )
    weight = "" if share == 100 else f"%{share:f}%"
    figure = f"{in_digits(answer.value)}:{in_digits(answer.tolerance)}"
    return f"={weight}{figure}{_comment(answer.reason)}"


def _lines(lines: list[str], reason: str) -> str:
    general = f"\t####{_escaped(reason)}\n" if reason else ""
    return "\n" + "".join(f"\t{line}\n" for line in lines) + general


def _comment(reason: str) -> str:
    return f"#{_escaped(reason)}" if reason else ""


def _escaped(text: str) -> str:
    text = re.sub(r"([\\:#={}~])", r"\\\1", text.strip())
    return re.sub(r"\r\n|\r|\n", r"\\n", text)
