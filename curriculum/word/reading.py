"""Reading a Word document into a manuscript: its pieces in order, its footnotes, and the list of what is not carried.

Nothing is fetched, and nothing outside the file is opened.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from curriculum.word.inline import Words
from curriculum.word.manuscript import Left, Manuscript, Note, Paragraph, Piece, Span, Table
from curriculum.word.opening import Package, Refused
from curriculum.word.parts import Comment, Numbering, Styles, attr, child, comments_of, is_on, local, words

MAX_PARAGRAPHS = 4_000
MAX_LETTERS = 400_000
MAX_CELLS = 20_000
TOO_LONG = "This document is longer than a lesson can be: split it into several, and try again."
TAKEN = {Left.INSERTION: Left.INSERTION_TAKEN, Left.DELETION: Left.DELETION_TAKEN}
LIST_STYLE = re.compile(r"list (bullet|number)(?: (\d))?")


def read(package: Package, *, take_changes: bool = False) -> Manuscript:
    """Read an opened Word document. Raises Refused for one that is damaged or longer than a lesson can be.

    Tracked changes are listed; `take_changes` says whether the text is then as if all were accepted, or as if none.
    """
    return _Reader(package, take_changes).read()


class _Reader:
    def __init__(self, package: Package, take_changes: bool):
        self._package, self._take_changes = package, take_changes
        self._related = package.relations(package.main)
        self._styles = Styles(self._root("styles"))
        self._numbering = Numbering(self._root("numbering"))
        part = self._part("comments")
        self._comments: dict[str, Comment] = comments_of(package, part) if part else {}
        self._words = self._reader(package.main)
        self._paragraphs = self._letters = self._cells = 0

    def read(self) -> Manuscript:
        manuscript = Manuscript()
        for element in self._package.pieces(self._package.main, "body"):
            manuscript.pieces += self._block(element)
        self._footnotes(manuscript)
        notes = self._words.notes
        notes += [Note(Left.COMMENT, comment.text, comment.author) for comment in self._comments.values()]
        notes += self._edges()
        if self._words.lost_looks:
            notes.append(Note(Left.LAYOUT, "Underlining, colors and highlighting were not kept."))
        if self._words.unlisted:
            notes.append(Note(Left.LAYOUT, f"{self._words.unlisted} more that were too many to list: see the file."))
        for note in notes:
            note.text = " ".join(note.text.split())
            note.kind = TAKEN.get(note.kind, note.kind) if self._take_changes else note.kind
        manuscript.notes = notes
        return manuscript

    def _reader(self, part: str) -> Words:
        return Words(self._package, part, self._styles, self._comments, take_changes=self._take_changes)

    def _part(self, kind: str) -> str:
        for type_, target, outside in self._related.values():
            if type_ == kind and not outside and self._package.has(target):
                return target
        return ""

    def _root(self, kind: str) -> Element | None:
        part = self._part(kind)
        return self._package.tree(part) if part else None

    def _block(self, element: Element) -> list[Piece]:
        match local(element):
            case "p":
                return self._paragraph_and_pictures(element)
            case "tbl":
                return self._table(element)
            case "sdt":
                return self._blocks(_held(element))
            case "ins" | "moveTo" if self._words.is_kept(element, Left.INSERTION):
                return self._blocks(element)
            case "del" | "moveFrom" if self._words.is_kept(element, Left.DELETION):
                return self._blocks(element)
            case "customXml" | "smartTag":
                return self._blocks(element)
            case "altChunk":
                self._words.note(
                    Left.OBJECT, "Another document, inserted as a whole by the program that made this one."
                )
        return []

    def _blocks(self, elements: Iterable[Element]) -> list[Piece]:
        return [piece for element in elements for piece in self._block(element)]

    def _paragraph_and_pictures(self, element: Element) -> list[Piece]:
        paragraph = self._paragraph(element, self._words)
        pieces: list[Piece] = [paragraph] if paragraph.text and paragraph.role != "contents" else []
        pieces += self._words.pictures
        self._words.pictures = []
        return pieces

    def _paragraph(self, element: Element, reader: Words) -> Paragraph:
        self._paragraphs += 1
        begun = len(reader.notes)
        properties = child(element, "pPr")
        self._marks(properties, reader)
        style = attr(child(properties, "pStyle"), "val")
        if self._styles.switch(style, "vanish"):
            if text := words(element):
                reader.note(Left.HIDDEN, text)
            paragraph = Paragraph([])
        else:
            paragraph = self._with_role(Paragraph(reader.read(element)), properties, style)
        self._letters += len(paragraph.text)
        if self._paragraphs > MAX_PARAGRAPHS or self._letters > MAX_LETTERS:
            raise Refused(TOO_LONG)
        for note in reader.notes[begun:]:
            note.near = note.near or paragraph.text[:80] or "a paragraph of which nothing is left"
        return paragraph

    def _marks(self, properties: Element | None, reader: Words) -> None:
        mark = child(properties, "rPr")
        for name, kind in (("ins", Left.INSERTION), ("del", Left.DELETION)):
            change = child(mark, name)
            if change is not None:
                reader.note(kind, " (a paragraph’s end) ", attr(change, "author"))
        if (change := child(properties, "pPrChange")) is not None:
            reader.note(Left.FORMATTING, "The paragraph’s style or layout", attr(change, "author"))

    def _with_role(self, paragraph: Paragraph, properties: Element | None, style: str) -> Paragraph:
        names = [one.name for one in self._styles.line(style)]
        outline = attr(child(properties, "outlineLvl"), "val")
        level = int(outline) + 1 if outline in set("012345678") else self._styles.heading(style)
        if names and re.fullmatch(r"toc \d|toc heading|table of contents", names[0]):
            paragraph.role = "contents"
        elif names and names[0] in ("title", "subtitle"):
            paragraph.role = names[0]
        elif level:
            paragraph.role, paragraph.level = "heading", level
        elif names and names[0] in ("caption", "image caption", "table caption"):
            paragraph.role = "caption"
        else:
            self._list_item(paragraph, properties, style, names)
        return paragraph

    def _list_item(self, paragraph: Paragraph, properties: Element | None, style: str, names: list[str]) -> None:
        sources = [properties, *(one.paragraph for one in self._styles.line(style))]
        numbered = next((found for p in sources if (found := child(p, "numPr")) is not None), None)
        number = next((n for p in sources if (n := attr(child(p, "numPr", "numId"), "val"))), "")
        given = attr(child(numbered, "ilvl"), "val")
        level = int(given) if given in set("012345678") else 0
        kind = self._numbering.kind(number, level) if number and number != "0" else ""
        named = next((match for name in names if (match := LIST_STYLE.fullmatch(name))), None)
        if named and number != "0":
            kind = kind or ("bullet" if named[1] == "bullet" else "decimal")
            level = max(level, int(named[2] or 1) - 1)
        if kind and kind != "none":
            paragraph.role, paragraph.level = "item", level
            paragraph.ordered, paragraph.series = kind != "bullet", self._numbering.series(number)

    def _table(self, element: Element) -> list[Piece]:
        begun = len(self._words.notes)
        rows = [self._row(row) for row in _rows(element) if self._is_row_kept(row)]
        width = max((len(row) for row in rows), default=0)
        table = Table([row + [""] * (width - len(row)) for row in rows])
        table.headed = any(is_on(child(row, "trPr"), "tblHeader") for row in _rows(element))
        look = child(element, "tblPr", "tblLook")
        table.headed |= attr(look, "firstRow") == "1" or bool(_hexadecimal(attr(look, "val")) & 0x20)
        where = f"the table that begins “{next((c for row in table.rows for c in row if c), '')[:60]}”"
        for note in self._words.notes[begun:]:
            note.near = f"{note.near}, in {where}" if note.near else where
        pictures, self._words.pictures = self._words.pictures, []
        if pictures:
            self._words.note(Left.TABLE, f"Pictures stood in {where}: they follow it.")
        return [table, *pictures] if any(cell for row in table.rows for cell in row) else [*pictures]

    def _is_row_kept(self, row: Element) -> bool:
        for name, kind in (("ins", Left.INSERTION), ("del", Left.DELETION)):
            change = child(row, "trPr", name)
            if change is not None:
                self._words.note(kind, f"A table’s row: {words(row)}", attr(change, "author"))
                if self._take_changes != (kind == Left.INSERTION):
                    return False
        return True

    def _row(self, row: Element) -> list[str]:
        cells: list[str] = [""] * _count(child(row, "trPr", "gridBefore"))
        for cell in _cells(row):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            span = max(1, _count(child(properties, "gridSpan")))
            if span > 1 or (merged is not None and attr(merged, "val") != "restart"):
                self._words.note(Left.TABLE, "Merged cells were split; the words stand in the first of them.")
            cells += [self._cell(cell)] + [""] * (span - 1)
            self._cells += span
            if self._cells > MAX_CELLS:
                raise Refused(TOO_LONG)
        return cells

    def _cell(self, cell: Element) -> str:
        texts = []
        for element in _held(cell):
            if local(element) == "p":
                texts.append(_plain(self._paragraph(element, self._words).spans))
            elif local(element) == "tbl":
                self._words.note(Left.TABLE, f"A table within a table was taken as words: {words(element)}")
                texts += [self._cell(inner) for row in _rows(element) for inner in _cells(row)]
        return "; ".join(text for text in texts if text)

    def _footnotes(self, manuscript: Manuscript) -> None:
        """Footnotes and endnotes that the text names, in its order; any others are listed."""
        found: dict[tuple[str, str], Element] = {}
        readers: dict[str, Words] = {}
        for kind in ("footnote", "endnote"):
            if part := self._part(f"{kind}s"):
                readers[kind] = self._reader(part)
                for element in self._package.tree(part):
                    if local(element) == kind and attr(element, "type") in ("", "normal"):
                        found[kind, attr(element, "id")] = element
        for kind, number in self._words.footnotes:
            spans: list[Span] = []
            for paragraph in found.pop((kind, number), ()):
                if local(paragraph) == "p":
                    spans += [*([Span(" ")] if spans else []), *self._paragraph(paragraph, readers[kind]).spans]
            manuscript.footnotes.append(spans or [Span("(This footnote is empty.)")])
        for reader in readers.values():
            self._words.notes += reader.notes
            manuscript.pieces += reader.pictures
            self._words.lost_looks |= reader.lost_looks
        for element in found.values():
            if text := words(element):
                self._words.note(Left.FOOTNOTE, text)

    def _edges(self) -> Iterator[Note]:
        met: set[str] = set()
        for kind, part, outside in self._related.values():
            if kind not in ("header", "footer") or outside or not self._package.has(part):
                continue
            text = words(self._package.tree(part))
            if text not in met and any(letter.isalpha() for letter in text):
                met.add(text)
                yield Note(Left.HEADER, text[:1_000])


def _rows(table: Element) -> list[Element]:
    return [row for row in _held(table) if local(row) == "tr"]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in _held(row) if local(cell) == "tc"]


def _held(element: Element) -> Iterator[Element]:
    """What an element holds, looking through the controls that may be wrapped around rows and cells."""
    for inner in element:
        if local(inner) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _held(inner)
        else:
            yield inner


def _count(element: Element | None) -> int:
    given = attr(element, "val")
    return min(int(given), 200) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


def _hexadecimal(given: str) -> int:
    return int(given, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", given) else 0


def _plain(spans: list[Span]) -> str:
    """Words of a cell, which holds no links: an address stands behind its words."""
    parts = []
    for at, span in enumerate(spans):
        parts.append(span.text)
        ends = at + 1 == len(spans) or spans[at + 1].href != span.href
        if span.href and ends and span.href not in span.text:
            parts.append(f" ({span.href})")
    return " ".join("".join(parts).split())
