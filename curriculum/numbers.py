"""Numbers as people type them, read as decimals or refused in words; never read as something else."""

import re
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow

from django.core.exceptions import ValidationError

LONGEST = 40  # characters
LARGEST = 99  # the power of ten of the first digit, either way

# What word processors and phones make of a minus.
MINUS = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
SHAPE = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
THOUSANDS_OR_NOT = re.compile(r"[+-]?([1-9][0-9]{0,2}),([0-9]{3})(?:[eE].*)?")
# Every number that read_number lets through fits, so that differences are exact and Inexact is never met.
EXACT = Context(prec=300, traps=[Inexact, InvalidOperation, Overflow])


def read_number(text: str) -> Decimal:
    """The decimal that `text` says. Raises ValidationError, in words, for what is none or can be read in two ways.

    A comma is a decimal comma, but "1,234" is refused: it may be a thousand. A minus of any width is a minus.
    Scientific notation is read. Infinities, NaN, numbers of 1e100 and more, and digits of other scripts are refused.
    """
    return _decimal(plain(text))


def plain(text: str) -> str:
    """`text` as it is stored: no spaces around it, a dot for the decimal comma, a plain minus. Raises as above."""
    typed = text.strip().translate(MINUS)
    if len(typed) > LONGEST:
        raise ValidationError(f"Enter a number of at most {LONGEST} characters.", code="number")
    if not SHAPE.fullmatch(typed):
        raise ValidationError(
            "Enter one number in digits, such as 3.2: no words, no unit, no spaces and no thousands separators.",
            code="number",
        )
    either = THOUSANDS_OR_NOT.fullmatch(typed)
    if either:
        whole, rest = either.groups()
        raise ValidationError(
            f"“{typed}” can be read in two ways. Write {whole}{rest} or {whole}.{rest}.", code="number"
        )
    written = typed.replace(",", ".")
    _decimal(written)
    return written


def _decimal(written: str) -> Decimal:
    try:
        number = Decimal(written)
    except DecimalException:
        number = None
    if number is None or not number.is_finite() or abs(number.adjusted()) > LARGEST:
        raise ValidationError("Enter a number between 1e-99 and 1e99, or zero.", code="number")
    return number


def is_within(number: Decimal, center: Decimal, tolerance: Decimal) -> bool:
    """Whether `number` lies at most `tolerance` from `center`, edges included. Exact."""
    distance = EXACT.abs(EXACT.subtract(number, center))
    return distance <= tolerance
