"""The answers of one block, for each kind that we have. Titles and texts are filled in by the reader."""

import re
from collections.abc import Iterator
from decimal import Decimal

from curriculum.banks.gift.numbers import NotANumber, value_and_tolerance
from curriculum.banks.gift.texts import CannotCarry, read_text, show
from curriculum.banks.gift.values import Answer, Choice, GiftQuestion

LEAST_CHOICES, MOST_CHOICES = 2, 8
LEAST_ITEMS = 3  # of two, either order would tell the right one
LONGEST_CHOICE = 300
LONGEST_REASON = 600
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")


class Fault(ValueError):
    """What is wrong at `position` of a block; `unsupported` names a kind that we do not have."""

    def __init__(self, text: str, position: int, unsupported: str = ""):
        super().__init__(text)
        self.position = position
        self.unsupported = unsupported


def choice_question(body: str, at: int, format_: str, reason: str) -> GiftQuestion:
    single = "=" in body
    choices: list[Choice] = []
    notes: list[str] = []
    total = Decimal(0)
    for sign, part, position in _parts(body, "=~", at):
        weight, text = _weighed(part, position)
        correct = sign == "=" if single else weight > 0
        choices.append(_choice(text, correct, position, format_))
        if single and sign == "~" and weight >= 100:
            raise Fault("it has two right answers to a single choice; keep one, or give each a share", position)
        if correct and not single:
            total += weight
        elif weight > 0:
            notes.append(f"“{choices[-1].text}” earns {weight} % in Moodle; here it counts as wrong.")
        elif weight < 0:
            notes.append(f"“{choices[-1].text}” takes {-weight} % away in Moodle; here it only counts as wrong.")
    _check_number_of(choices, at)
    right = [choice for choice in choices if choice.correct]
    if not right:
        raise Fault("none of its answers is right; mark the right one with “=”", at)
    if single and len(right) > 1:
        raise Fault("it has two right answers to a single choice; keep one, or give each a share, as in ~%50%", at)
    if not single and abs(total - 100) > 1:
        raise Fault(f"the shares of its right answers add up to {total:f} %, not to 100 %", at)
    if not single and len(right) > 1:
        notes.append(
            "Moodle gives a share for each right answer; here all of them together are right, and nothing less."
        )
    kind = "single" if single else "multiple"
    return GiftQuestion(kind, "", "", choices=tuple(choices), reason=_reason(reason, at), notes=tuple(notes))


def true_false_question(correct: bool, body: str, at: int, format_: str, reason: str) -> GiftQuestion:
    """Its first feedback belongs to the wrong response, whichever that is, and the second to the right one."""
    comments = [_text(comment, at, format_) for comment in body.split("#")[1:]]
    if len(comments) > 2:
        raise Fault("it has more than two comments; write \\# for the sign itself", at)
    wrong, right = (*comments, "", "")[:2]
    choices = (
        Choice("True", correct, _reason(right if correct else wrong, at)),
        Choice("False", not correct, _reason(wrong if correct else right, at)),
    )
    return GiftQuestion("true_false", "", "", choices=choices, reason=_reason(reason, at))


def numeric_question(body: str, at: int, format_: str, reason: str) -> GiftQuestion:
    numbers, tilde, other = body[1:].partition("~")
    other_reason = _text(other.lstrip().removeprefix("#"), at, format_) if tilde else ""
    if not numbers.strip():
        raise Fault("no number given", at)
    answers: list[Answer] = []
    notes: list[str] = []
    for _sign, part, position in _parts(numbers if "=" in numbers else f"={numbers}", "=", at):
        share, text = _weighed(part, position, default=Decimal(100))
        figure, _, comment = text.partition("#")
        if not 0 < share <= 100:
            raise Fault(f"a number earns {share} %; give it a share above 0 %, at most 100 %", position)
        if share != round(share):
            notes.append(f"A number that earns {share} % in Moodle earns {round(share)} % here.")
        try:
            value, tolerance = value_and_tolerance(show(figure))
        except NotANumber as problem:
            raise Fault(str(problem), position) from None
        answers.append(Answer(value, tolerance, share, _reason(_text(comment, position, format_), position)))
    if not any(answer.share == 100 for answer in answers):
        raise Fault("none of its numbers earns 100 %", at)
    if len(answers) > MOST_CHOICES:
        raise Fault(f"it has more than {MOST_CHOICES} numbers", at)
    return GiftQuestion(
        "numeric",
        "",
        "",
        answers=tuple(answers),
        other_reason=_reason(other_reason, at),
        reason=_reason(reason, at),
        notes=tuple(notes),
    )


def ordering_question(body: str, at: int, format_: str, reason: str) -> GiftQuestion:
    """Moodle's ordering: a line of settings, then an item a line in the right order."""
    settings, _, rest = body.partition("\n")
    items = [_choice(line, True, at, format_, commented=False) for line in rest.split("\n") if line.strip()]
    _check_number_of(items, at)
    shown = re.match(r">\s*(\d+)", settings)
    notes: list[str] = []
    if len(items) < LEAST_ITEMS:
        raise Fault(f"it has {len(items)} items; an order takes {LEAST_ITEMS} or more", at)
    if shown and int(shown[1][:4]) < len(items):
        notes.append(f"Moodle shows {shown[1]} of its items; here all {len(items)} are put in order.")
    return GiftQuestion("ordering", "", "", choices=tuple(items), reason=_reason(reason, at), notes=tuple(notes))


def _parts(body: str, signs: str, at: int) -> Iterator[tuple[str, str, int]]:
    """(sign, what follows it, its position in the block) for each answer of `body`."""
    pieces = re.split(f"([{signs}])", body)
    position = at + len(pieces[0])
    if pieces[0].strip():
        raise Fault(f"“{show(pieces[0])[:40]}” stands before the first answer; begin each with “=” or “~”", at)
    for sign, part in zip(pieces[1::2], pieces[2::2], strict=True):
        yield sign, part.strip(), position
        position += 1 + len(part)


def _weighed(part: str, position: int, default: Decimal = Decimal(0)) -> tuple[Decimal, str]:
    """The weight in percent that an answer begins with, and the rest. A percent sign that is never closed is text."""
    found = _WEIGHT.match(part)
    if not found:
        return default, part
    weight = Decimal(found[1])
    if abs(weight) > 100:
        raise Fault(f"a weight of {weight} % is outside -100 % to 100 %", position)
    return weight, part[found.end() :]


def _choice(part: str, correct: bool, position: int, format_: str, *, commented: bool = True) -> Choice:
    text, _, comment = part.partition("#") if commented else (part, "", "")
    words = _text(text, position, format_)
    if not words:
        raise Fault("an answer has no text", position)
    if len(words) > LONGEST_CHOICE:
        raise Fault(f"an answer is longer than {LONGEST_CHOICE} characters; shorten it", position)
    return Choice(words, correct, _reason(_text(comment, position, format_), position))


def _text(text: str, position: int, format_: str) -> str:
    try:
        return read_text(text, format_)[0]
    except CannotCarry as problem:
        raise Fault(str(problem), position) from None


def _reason(text: str, position: int) -> str:
    if len(text) > LONGEST_REASON:
        raise Fault(f"a comment is longer than {LONGEST_REASON} characters; shorten it", position)
    return text


def _check_number_of(choices: list[Choice], at: int) -> None:
    if not LEAST_CHOICES <= len(choices) <= MOST_CHOICES:
        raise Fault(f"it has {len(choices)} answers; a question takes {LEAST_CHOICES} to {MOST_CHOICES}", at)
