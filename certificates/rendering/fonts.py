"""The project's own fonts: static cuts, the only ones that a certificate asks for."""

import functools
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"


@functools.cache
def font_files() -> dict[str, Path]:
    """Every font file by its name without suffix."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.woff2"))}


@functools.cache
def letters() -> frozenset[int]:
    """The code points that the fonts can draw. A letter that one family lacks (the serif
    has no "Ŧ") is taken from the other."""
    found: set[int] = set()
    for name, path in font_files().items():
        if name.endswith("-400-normal"):
            with TTFont(path, lazy=True) as font:
                found |= font.getBestCmap().keys()
    return frozenset(found)


def missing_letters(text: str) -> list[str]:
    """The characters of ``text`` that no font here can draw, each once, in order.

    The fonts are asked, not a PDF: an empty box extracts as the right text.
    """
    composed = unicodedata.normalize("NFC", text)
    return [
        character
        for character in dict.fromkeys(composed)
        if ord(character) not in letters() and unicodedata.category(character) != "Cf"
    ]
