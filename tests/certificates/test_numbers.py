"""Certificate numbers: the check characters, and kind but safe reading."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import numbers
from certificates.numbers import ALPHABET, LENGTH, is_valid, new_number, parse

SAMPLES = 60


def bare(number: str) -> str:
    return number.replace("-", "")


def test_new_number_has_six_groups_of_three_and_a_right_check() -> None:
    shape = re.compile(f"[{ALPHABET}]{{3}}(-[{ALPHABET}]{{3}}){{5}}")
    for _ in range(1000):
        number = new_number()
        assert shape.fullmatch(number)
        assert parse(number) == number


def test_new_number_uses_all_eighty_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def all_ones(bits: int) -> int:
        asked.append(bits)
        return 2**bits - 1

    monkeypatch.setattr(numbers.secrets, "randbits", all_ones)
    assert bare(new_number())[:16] == "Z" * 16
    assert asked == [80]


def test_new_number_does_not_repeat() -> None:
    assert len({new_number() for _ in range(5000)}) == 5000


def test_known_number_keeps_its_check_characters() -> None:
    """Numbers on paper outlive the code: these pairs may never change."""
    assert is_valid("000-000-000-000-000-000")
    assert is_valid("000-000-000-000-000-101")
    # 32**2 mod 1021 = 3
    assert is_valid("000-000-000-000-010-003")


def test_check_catches_every_single_substitution() -> None:
    for _ in range(SAMPLES):
        number = bare(new_number())
        for position in range(LENGTH):
            for character in ALPHABET:
                changed = number[:position] + character + number[position + 1 :]
                assert is_valid(changed) == (changed == number)


def test_check_catches_every_neighbor_swap() -> None:
    for _ in range(SAMPLES * 20):
        number = bare(new_number())
        for position in range(LENGTH - 1):
            first, second = number[position : position + 2]
            swapped = number[:position] + second + first + number[position + 2 :]
            assert is_valid(swapped) == (first == second)


def test_check_worth_more_than_the_modulus_is_wrong() -> None:
    # 1021 is "ZX": the same remainder as 0, but never written so.
    assert is_valid("0" * 18)
    assert not is_valid("0" * 16 + "ZX")


def test_parse_reads_case_spaces_and_any_dash_kindly() -> None:
    number = new_number()
    for dash in "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d":
        assert parse(number.replace("-", dash)) == number
    assert parse(number.lower()) == number
    assert parse(bare(number)) == number
    assert parse(f"  {' '.join(bare(number))}\u00a0\n") == number


def test_parse_reads_look_alikes_kindly() -> None:
    assert parse("OOO-ooo-000-OOO-010-OO3") == "000-000-000-000-010-003"
    for one in "1IiLl":
        assert parse(f"000-000-000-000-000-{one}0{one}") == "000-000-000-000-000-101"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "000-000-000-000-000-00",
        "000-000-000-000-000-0000",
        "00U-000-000-000-000-000",
        "000-000-000-000-000-00\x00",
        "000-000-000-000-000-00٠",
        "０" * 18,
        "<script>",
        "0" * 100_000,
        " " * 100_000 + "0" * 18,
        "ı" * 18,
        "\ud800" * 18,
        None,
        17,
        b"0" * 18,
    ],
)
def test_parse_answers_none_to_what_is_no_number(text: object) -> None:
    assert parse(text) is None
    assert not is_valid(text)


@given(st.text(max_size=80))
def test_parse_never_raises_and_returns_only_canonical_numbers(text: str) -> None:
    number = parse(text)
    assert number is None or parse(number) == number
