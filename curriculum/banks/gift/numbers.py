"""The numbers of a numerical question, in decimal arithmetic throughout."""

import re
from decimal import Decimal

from curriculum.numbers import EXACT, LARGEST, LONGEST

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")


class NotANumber(ValueError):
    """A sentence that says which number of the file is none."""


def number(text: str) -> Decimal:
    """A finite number. Raises NotANumber."""
    text = text.strip().replace("−", "-")
    if not text:
        raise NotANumber("no number given")
    shown = text if len(text) <= 30 else f"{text[:30]}…"
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise NotANumber(f"{shown} is not a finite number")
    if _COMMA.fullmatch(text):
        raise NotANumber(f"{shown} is not a number here; write {shown.replace(',', '.')}")
    if not _NUMBER.fullmatch(text) or len(text) > LONGEST:
        raise NotANumber(f"{shown} is not a number")
    exponent = int(text.lower().partition("e")[2] or 0)
    if abs(exponent) > LARGEST or abs(Decimal(text).adjusted()) > LARGEST:
        raise NotANumber(f"{shown} is not a finite number of a size that can be typed")
    return Decimal(text)


def value_and_tolerance(text: str) -> tuple[Decimal, Decimal]:
    """The middle and the tolerance of "value", "value:tolerance" or "least..most". Raises NotANumber."""
    text = text.strip()
    if text == "*":
        raise NotANumber("* would accept every answer; give the number")
    if ".." in text.lstrip("."):
        low, _, high = text.partition("..")
        least, most = number(low), number(high)
        if least > most:
            raise NotANumber(f"the range runs from {low.strip()} to {high.strip()}; write the smaller number first")
        middle = EXACT.divide(EXACT.add(least, most), Decimal(2))
        if len(in_digits(middle)) > LONGEST:
            raise NotANumber(f"the range from {low.strip()} to {high.strip()} has too many digits")
        return middle, EXACT.subtract(most, middle)
    value, colon, tolerance = text.partition(":")
    exact, allowed = number(value), number(tolerance) if colon else Decimal(0)
    if allowed < 0:
        raise NotANumber(f"the tolerance is below zero ({tolerance.strip()})")
    return exact, allowed


def in_digits(value: Decimal) -> str:
    """A number as Moodle reads it: plain digits where they are few, an exponent where they would be many."""
    value = EXACT.normalize(value)
    return f"{value:f}" if -12 <= value.adjusted() <= 18 else f"{value:E}"
