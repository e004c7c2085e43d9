"""Moodle's GIFT format as plain values: read with every fault named by its line, written so that Moodle accepts it.

The format is defined by what Moodle reads (its question/format/gift). Where Moodle guesses, this refuses: a number
that is no number is a fault, and never a question that accepts every answer.
"""

from curriculum.banks.gift.reading import Unreadable, decoded, read_gift
from curriculum.banks.gift.values import Answer, Choice, GiftFile, GiftQuestion, Trouble
from curriculum.banks.gift.writing import Written, write_gift

__all__ = [
    "Answer",
    "Choice",
    "GiftFile",
    "GiftQuestion",
    "Trouble",
    "Unreadable",
    "Written",
    "decoded",
    "read_gift",
    "write_gift",
]
