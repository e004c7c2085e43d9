"""From a manuscript to what a lesson holds: its title, its summary, and the blocks of its body."""

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from curriculum.word.manuscript import Left, Manuscript, Note, Paragraph, Picture, Span, Table

MAX_TITLE, MAX_SUMMARY, MAX_HEADING, MAX_CAPTION = 255, 400, 150, 200
MAX_COLUMN, MAX_CELL, MAX_TABLE = 120, 400, 600  # letters of a column's name and of a cell, cells of a table
DEEPEST_LIST = 3  # levels below the first that the editor can show


@dataclass
class Carried:
    """A lesson to be. Blocks are (type, value) as curriculum.actions takes them; a picture's value is the picture."""

    title: str = ""
    summary: str = ""
    blocks: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def pictures(self) -> list[Picture]:
        return [value["picture"] for kind, value in self.blocks if kind == "image"]


def carry(manuscript: Manuscript) -> Carried:
    """Make a lesson's parts of a manuscript. What has to read otherwise than in Word is added to its notes."""
    carrier = _Carrier(manuscript)
    carrier.carry()
    return carrier.carried


class _Carrier:
    def __init__(self, manuscript: Manuscript):
        self.manuscript = manuscript
        self.carried = Carried(notes=list(manuscript.notes))
        self._prose: list[str] = []  # of the text block that is being filled
        self._items: list[Paragraph] = []

    def carry(self) -> None:
        pieces = self._without_title(list(self.manuscript.pieces))
        levels = [piece.level for piece in pieces if isinstance(piece, Paragraph) and piece.role == "heading"]
        self._top = min(levels, default=1)
        if any(level > self._top + 1 for level in levels):
            self._note(Left.LAYOUT, "Headings of the third level and below are of the second here.")
        at = 0
        while at < len(pieces):
            piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
            caption = ""
            if isinstance(piece, Paragraph) and piece.role == "caption" and isinstance(after, Table):
                caption, piece, at = piece.text, after, at + 1
            elif not isinstance(piece, Paragraph) and isinstance(after, Paragraph) and after.role == "caption":
                caption, at = after.text, at + 1
            self._piece(piece, caption)
            at += 1
        self._end_prose()
        if self.manuscript.footnotes:
            self._block("heading", "Notes")
            notes = (f"<p>[{number}] {_inline(spans)}</p>" for number, spans in enumerate(self.manuscript.footnotes, 1))
            self._block("text", "".join(notes))

    def _note(self, kind: Left, text: str, near: str = "") -> None:
        self.carried.notes.append(Note(kind, text, near=near))

    def _block(self, kind: str, value: Any) -> None:
        self.carried.blocks.append((kind, value))

    def _without_title(self, pieces: list) -> list:
        """Take title and summary out of the pieces: they stand above the body."""
        paragraphs = [piece for piece in pieces if isinstance(piece, Paragraph)]
        title = next((piece for piece in paragraphs if piece.role == "title"), None)
        firsts = [piece for piece in paragraphs if piece.role == "heading" and piece.level == 1]
        if title is None and len(firsts) == 1 and firsts[0] is pieces[0]:
            title = firsts[0]
        summary = next((piece for piece in paragraphs if piece.role == "subtitle"), None)
        taken: list[Paragraph] = []
        if title is not None and len(title.text) <= MAX_TITLE:
            self.carried.title = title.text
            taken.append(title)
        elif firsts:
            self.carried.title = firsts[0].text[:MAX_TITLE]
        if summary is not None and len(summary.text) <= MAX_SUMMARY:
            self.carried.summary = summary.text
            taken.append(summary)
        for piece in taken:
            if any(span.href for span in piece.spans):
                self._note(Left.LINK, f"{_addressed(piece)} (a title and a summary hold no links)")
        return [piece for piece in pieces if not any(piece is one for one in taken)]

    def _piece(self, piece, caption: str) -> None:
        if isinstance(piece, Table):
            self._table(piece, caption)
        elif isinstance(piece, Picture):
            self._picture(piece, caption)
        elif piece.role == "item":
            # Some programs number each nested list by itself: only the outermost level tells two lists apart.
            outermost = next((item.series for item in reversed(self._items) if item.level == 0), piece.series)
            if piece.level == 0 and outermost != piece.series:
                self._end_list()
            self._items.append(piece)
        elif piece.role == "heading" and piece.level == self._top and len(piece.text) <= MAX_HEADING:
            self._end_prose()
            if any(span.href for span in piece.spans):
                self._note(Left.LINK, f"{_addressed(piece)} (a heading holds no links)", piece.text[:80])
            self._block("heading", piece.text)
        else:
            self._end_list()
            tag = "h3" if piece.role in ("heading", "title") else "p"
            self._prose.append(f"<{tag}>{_inline(piece.spans)}</{tag}>")

    def _end_list(self) -> None:
        if self._items:
            if any(item.level > DEEPEST_LIST for item in self._items):
                self._note(Left.LAYOUT, "A list of more than four levels was made flatter.", self._items[0].text[:80])
            self._prose.append(_listed(self._items))
            self._items = []

    def _end_prose(self) -> None:
        self._end_list()
        if self._prose:
            self._block("text", "".join(self._prose))
            self._prose = []

    def _picture(self, picture: Picture, caption: str) -> None:
        self._end_prose()
        near = caption[:80]
        if not picture.alt and not picture.decorative:
            self._note(Left.PICTURE, "A picture without a description: write one before it is published.", near)
        self._block("image", {"picture": picture, "caption": caption[:250]})
        if len(caption) > 250:
            self._prose.append(f"<p>{html.escape(caption)}</p>")

    def _table(self, table: Table, caption: str) -> None:
        self._end_prose()
        rows = [row for row in table.rows if any(row)]
        width, near = len(rows[0]), next((cell for cell in rows[0] if cell), "")[:80]
        too_long = any(len(cell) > MAX_CELL for row in rows for cell in row) or any(
            len(cell) > MAX_COLUMN for cell in rows[0]
        )
        if len(rows) < 2 or width < 2 or width * len(rows) > MAX_TABLE or too_long:
            why = "is a frame around text" if len(rows) < 2 or width < 2 else "is larger than a table may be here"
            self._note(Left.TABLE, f"A table that {why} was taken as paragraphs, one for each row.", near)
            self._prose += [f"<p>{html.escape(caption)}</p>"] if caption else []
            self._prose += [f"<p>{html.escape(' · '.join(filter(None, row)))}</p>" for row in rows]
            self._end_prose()
            return
        if not table.headed:
            self._note(Left.TABLE, "The first row was taken as the columns’ names.", near)
        if not caption:
            self._note(Left.TABLE, "A table without a caption: say what it shows before it is published.", near)
        if not all(rows[0]):
            self._note(Left.TABLE, "Columns without a name were given a dash.", near)
        value = {"caption": caption[:MAX_CAPTION], "columns": [cell or "–" for cell in rows[0]], "rows": rows[1:]}
        self._block("table", value)
        if len(caption) > MAX_CAPTION:
            self._prose.append(f"<p>{html.escape(caption)}</p>")


def _addressed(paragraph: Paragraph) -> str:
    addresses = ", ".join(dict.fromkeys(span.href for span in paragraph.spans if span.href))
    return f"{paragraph.text[:200]}: {addresses}"


def _inline(spans: Iterable[Span]) -> str:
    """Spans as rich text, blank at neither end."""
    parts = []
    for href, linked in groupby(spans, key=lambda span: span.href):
        inner = ""
        for (bold, italic), alike in groupby(linked, key=lambda span: (span.bold, span.italic)):
            text = html.escape("".join(span.text for span in alike), quote=False).replace("\n", "<br/>")
            text = f"<i>{text}</i>" if italic and text.strip() else text
            inner += f"<b>{text}</b>" if bold and text.strip() else text
        parts.append(f'<a href="{html.escape(href)}">{inner}</a>' if href and inner.strip() else inner)
    return "".join(parts).strip()


def _listed(items: list[Paragraph]) -> str:
    """Items as nested lists. A level that Word skips is closed up, and one past the deepest flattened."""
    written: list[str] = []
    open_lists: list[tuple[int, str]] = []  # (level in Word, tag)
    for item in items:
        tag, level = "ol" if item.ordered else "ul", min(item.level, DEEPEST_LIST)
        while open_lists and open_lists[-1][0] > level:
            written.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == level and open_lists[-1][1] != tag:
            written.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == level:
            written.append("</li>")
        else:
            written.append(f"<{tag}>")
            open_lists.append((level, tag))
        written.append(f"<li>{_inline(item.spans)}")
    written += [f"</li></{tag}>" for _, tag in reversed(open_lists)]
    return "".join(written)
