"""The words of a page, as the index may hold them: what a reader reads, and nothing of knowledge checks."""

import re
import unicodedata
from collections.abc import Iterator

from wagtail.blocks import ListBlock, StreamBlock, StructBlock

from curriculum.blocks.checks import KnowledgeCheckBlock, NumberBlock, OptionBlock, QuestionBlock, StepBlock

CHECKS = (KnowledgeCheckBlock, QuestionBlock, OptionBlock, NumberBlock, StepBlock)
WORD = re.compile(r"[^\W\d_]{3,40}")
LONGEST = 200_000  # PostgreSQL refuses a vector of more than a megabyte
# Letters that no decomposition gives a plain form.
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"})


# PostgreSQL takes a curled quotation mark for a part of the word that it stands at.
STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": " - "})


def stream_text(stream) -> str:
    """The text of a StreamField's value. Checks are left out whole, their questions with them."""
    return "\n".join(text for child in stream for text in _texts(child.block, child.value))


def _texts(block, value) -> Iterator[str]:
    if value is None or isinstance(block, CHECKS):
        return
    if isinstance(block, StreamBlock):
        for child in value:
            yield from _texts(child.block, child.value)
    elif isinstance(block, ListBlock):
        for child in value.bound_blocks:
            yield from _texts(child.block, child.value)
    # An image's block is a struct too, whose value is the image itself.
    elif isinstance(block, StructBlock) and isinstance(value, dict):
        for name, inner in block.child_blocks.items():
            yield from _texts(inner, value.get(name))
    else:
        yield from (str(text) for text in block.get_searchable_content(value))


def settled(text: str) -> str:
    """`text` as a text search takes it: no NUL, straight quotation marks, white space run together, cut at LONGEST."""
    return one_line(text.translate(STRAIGHT))[:LONGEST]


def one_line(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words_in(*texts: str) -> list[str]:
    """Every word of three letters and more, lower case, once, in order."""
    return sorted({word for text in texts for word in WORD.findall(text.lower())})
