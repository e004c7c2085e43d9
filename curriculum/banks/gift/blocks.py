"""A file taken apart into blocks: one question each, with the line of every part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.banks.gift.texts import hide_escapes


@dataclass(frozen=True)
class Block:
    """A block without its comments, escapes hidden; `line` is where its own text begins."""

    text: str
    line: int

    def line_of(self, position: int) -> int:
        return self.line + self.text.count("\n", 0, max(position, 0))


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file, parted by blank lines. A comment line is blanked out and parts nothing."""
    lines: list[str] = []
    starts = 0
    for number, line in enumerate([*re.split(r"\r\n|\r|\n", text), ""], start=1):
        if line.strip():
            if not lines:
                starts = number
            lines.append("" if line.lstrip().startswith("//") else line)
        elif lines:
            yield from _block(lines, starts)
            lines = []


def _block(lines: list[str], starts: int) -> Iterator[Block]:
    while lines and not lines[0].strip():
        lines, starts = lines[1:], starts + 1
    # A category stands on a line of its own, also where the writer left no blank line after it.
    while lines and lines[0].lstrip().startswith("$CATEGORY:"):
        yield Block(lines[0].strip(), starts)
        lines, starts = lines[1:], starts + 1
        while lines and not lines[0].strip():
            lines, starts = lines[1:], starts + 1
    text = "\n".join(lines).rstrip()
    if text.strip():
        yield Block(hide_escapes(text.lstrip()), starts)
