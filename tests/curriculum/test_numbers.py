"""Numbers as people type them: exact, or refused in words."""

import contextlib
import time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from curriculum.numbers import is_within, plain, read_number

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("46.0 ", "46"),
        ("3,2", "3.2"),
        (",5", "0.5"),
        ("5.", "5"),
        ("0,234", "0.234"),
        ("1,2345", "1.2345"),
        ("12,34", "12.34"),
        ("1.234", "1.234"),
        ("-0", "0"),
        ("+7", "7"),
        ("\u221220", "-20"),
        ("\u201320", "-20"),
        ("\u00a046\u00a0", "46"),
        ("6.03e23", "6.03e23"),
        ("6,03E23", "6.03e23"),
        ("1e-3", "0.001"),
        ("12345", "12345"),
    ],
)
def test_number_is_read(typed, number):
    assert read_number(typed) == Decimal(number)
    assert Decimal(plain(typed)) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "digits"),
        ("forty-six", "digits"),
        ("45 mmHg", "no unit"),
        ("5%", "digits"),
        ("1 234", "no spaces"),
        ("1,234.5", "no thousands separators"),
        ("1.234,5", "no thousands separators"),
        ("1,234", "Write 1234 or 1.234."),
        ("-12,500", "Write 12500 or 12.500."),
        ("1,234e3", "can be read in two ways"),
        ("--5", "digits"),
        ("5-", "digits"),
        ("1/2", "digits"),
        ("0x10", "digits"),
        ("1_000", "digits"),
        ("nan", "digits"),
        ("sNaN", "digits"),
        ("Infinity", "digits"),
        ("-inf", "digits"),
        ("1e999999", "between 1e-99 and 1e99"),
        ("1e-999999", "between 1e-99 and 1e99"),
        ("1e99999999999999999999999", "between 1e-99 and 1e99"),
        ("1e100", "between 1e-99 and 1e99"),
        ("٣", "digits"),
        ("５", "digits"),
        ("5\x00", "digits"),
        ("9" * 41, "at most 40 characters"),
        ("9" * 100_000, "at most 40 characters"),
    ],
)
def test_what_is_no_number_is_refused_in_words(typed, says):
    began = time.perf_counter()
    with pytest.raises(ValidationError) as refused:
        read_number(typed)
    assert says in refused.value.messages[0]
    assert time.perf_counter() - began < 0.1


@given(NUMBERS, NUMBERS.map(abs))
def test_edges_are_inside_and_a_hair_beyond_is_not(center, tolerance):
    hair = Decimal("1e-9")
    for edge in (center + tolerance, center - tolerance):
        assert is_within(edge, center, tolerance)
    assert not is_within(center + tolerance + hair, center, tolerance)
    assert not is_within(center - tolerance - hair, center, tolerance)


@given(NUMBERS)
def test_a_number_reads_as_itself_with_dot_comma_or_typographic_minus(number):
    text = f"{number:f}"
    assert read_number(text) == number
    assert read_number(text.replace("-", "\u2212")) == number


@given(st.text(max_size=60))
def test_any_text_is_a_finite_decimal_or_refused(text):
    with contextlib.suppress(ValidationError):
        number = read_number(text)
        assert number.is_finite()
        assert is_within(number, number, Decimal(0))


def test_differences_of_the_largest_and_smallest_are_exact():
    assert not is_within(read_number("9e99"), read_number("-9e99"), read_number("9e99"))
    assert is_within(read_number("1e99"), read_number("1e-99"), read_number("1e99"))
    assert not is_within(read_number("1e99"), read_number("-1e-99"), read_number("1e99"))
