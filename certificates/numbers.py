"""Certificate numbers: impossible to guess, easy to read out, hard to mistype.

A number is 80 random bits in Crockford's base 32 (no I, L, O, U), sixteen data
characters, and two check characters: the data's value modulo 1021, in base 32.
It is printed in six groups of three, such as ``7K2-M0Q-...-D4R``.

Why the check catches every single substitution and every swap of neighbors.
Let V be the data's value and c = V mod 1021, with c compared exactly, so that a
pair of check characters worth 1021 or more is never right. 1021 is prime.

- A data character that changes by d (0 < |d| < 32) moves V by d * 32**k. The
  prime 1021 divides neither d nor 32, so V mod 1021 moves, and c does not.
- A check character that changes moves c and not V.
- Data neighbors a and b swapped move V by (a - b) * 31 * 32**k: neither factor
  is divisible by 1021 unless a = b, when nothing has changed.
- Swapped check characters move c and not V, unless they are equal.
- Across the border, the last data character a and the first check character h:
  V moves by h - a and c by 32 * (a - h). Both agree only if 1021 divides
  33 * (a - h), and with |a - h| < 32 that means a = h.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_LENGTH = 16
CHECK_LENGTH = 2
LENGTH = DATA_LENGTH + CHECK_LENGTH
GROUP = 3
MODULUS = 1021
# Room for a number with a space on both sides of each character, and no more:
# the text comes from strangers.
LONGEST_INPUT = 64

_LOOK_ALIKES = {"O": "0", "I": "1", "L": "1"}
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = {
    written: _LOOK_ALIKES.get(letter, letter) for letter in ALPHABET + "OIL" for written in (letter, letter.lower())
}


def new_number() -> str:
    """Return a fresh number as printed: 80 random bits and their check characters."""
    data = _encode(secrets.randbits(5 * DATA_LENGTH), DATA_LENGTH)
    return _grouped(data + _check_characters(data))


def parse(text: object) -> str | None:
    """Return the number as printed, read kindly from what a person typed, or None.

    Case, white space and any kind of dash do not matter, and O is read as 0, I and L as 1.
    None means: not a number, whether mistyped, too long, or no text at all. Never raises.
    """
    if not isinstance(text, str) or len(text) > LONGEST_INPUT:
        return None
    characters = []
    for character in text:
        if _is_separator(character):
            continue
        if (read := _READ_AS.get(character)) is None:
            return None
        characters.append(read)
    number = "".join(characters)
    if len(number) != LENGTH:
        return None
    data, check = number[:DATA_LENGTH], number[DATA_LENGTH:]
    return _grouped(number) if check == _check_characters(data) else None


def is_valid(text: object) -> bool:
    """Whether ``text`` reads as a number whose check characters are right.

    Says nothing about whether a certificate with that number was ever issued.
    """
    return parse(text) is not None


def _is_separator(character: str) -> bool:
    # U+2212 is the minus sign, which word processors put in place of a hyphen.
    return character.isspace() or unicodedata.category(character) == "Pd" or character == "\u2212"


def _encode(value: int, length: int) -> str:
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def _check_characters(data: str) -> str:
    value = 0
    for character in data:
        value = value * 32 + _VALUES[character]
    return _encode(value % MODULUS, CHECK_LENGTH)


def _grouped(number: str) -> str:
    return "-".join(number[start : start + GROUP] for start in range(0, LENGTH, GROUP))
