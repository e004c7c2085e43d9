"""Reading the words of a paragraph: looks, links, fields, tracked changes, and what stands among them."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from curriculum.word.manuscript import Left, Note, Picture, Span
from curriculum.word.opening import Package, Refused
from curriculum.word.parts import Comment, Styles, attr, child, is_on, local, within, words

SAFE_SCHEMES = {"http", "https", "mailto"}
MAX_ADDRESS = 2_000
MAX_NOTES = 2_000
MAX_NOTE = 1_000
RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
SHIFTS = {"superscript": ("", RAISED), "subscript": ("", LOWERED)}
LOOKS_LOST = ("u", "color", "highlight", "shd")
QUIET_FIELDS = {"SEQ", "REF", "PAGEREF", "NOTEREF", "PAGE", "NUMPAGES", "STYLEREF", "LISTNUM", "TC", "XE"}
CONTENTS = ("TOC", "INDEX")


def safe_address(address: str) -> str:
    """The address if a page may carry it, else nothing. Browsers read through blanks in a scheme, so they go first."""
    settled = "".join(letter for letter in address if letter > " " and letter != "\x7f")
    try:
        parts = urlsplit(settled)
    except ValueError:
        return ""
    whole = parts.netloc if parts.scheme in ("http", "https") else parts.path
    return settled if parts.scheme in SAFE_SCHEMES and whole and len(settled) <= MAX_ADDRESS else ""


def _alternative(element: Element) -> Element:
    """What newer programs draw; older ones draw the fallback, which says the same."""
    chosen = child(element, "Choice")
    chosen = child(element, "Fallback") if chosen is None else chosen
    return element if chosen is None else chosen


@dataclass
class Field:
    """A field whose beginning was met: its instruction, then its result."""

    instruction: str = ""
    in_result: bool = False
    href: str = ""

    @property
    def kind(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


class Words:
    """Reads the words of one part (the text, or the footnotes) into spans, pictures and notes."""

    def __init__(
        self, package: Package, part: str, styles: Styles, comments: dict[str, Comment], *, take_changes: bool
    ):
        self._package, self._styles, self._comments = package, styles, comments
        self._take_changes = take_changes
        self.relations = package.relations(part)
        self.notes: list[Note] = []
        self.unlisted = 0
        self.footnotes: dict[tuple[str, str], int] = {}  # numbers by (footnote or endnote, id), in the order met
        self.lost_looks = False
        self.pictures: list[Picture] = []
        self._fields: list[Field] = []

    def note(self, kind: Left, text: str, author: str = "") -> None:
        last = self.notes[-1] if self.notes else None
        # Word cuts one change into many runs.
        one_change = last and not last.near and (last.kind, last.author) == (kind, author)
        if last and one_change and kind in (Left.INSERTION, Left.DELETION):
            last.text = f"{last.text}{text}"[:MAX_NOTE]
            return
        if len(self.notes) >= MAX_NOTES:
            self.unlisted += 1
            return
        self.notes.append(Note(kind, text if len(text) <= MAX_NOTE else f"{text[:MAX_NOTE]} …", author[:200]))

    def read(self, parent: Element, href: str = "") -> list[Span]:
        """The spans of everything below `parent`."""
        spans: list[Span] = []
        for element in parent:
            match local(element):
                case "r":
                    spans += self._run(element, href)
                case "hyperlink":
                    spans += self._hyperlink(element)
                case "ins" | "moveTo" if self.is_kept(element, Left.INSERTION):
                    spans += self.read(element, href)
                case "del" | "moveFrom" if self.is_kept(element, Left.DELETION):
                    spans += self.read(element, href)
                case "fldSimple":
                    spans += self._simple_field(element, href)
                case "oMath" | "oMathPara":
                    spans.append(self._equation(element))
                case "sdt" | "sdtContent" | "smartTag" | "customXml" | "bdo" | "dir" | "Choice":
                    spans += self.read(element, href)
                case "AlternateContent":
                    spans += self.read(_alternative(element), href)
                case "subDoc":
                    self.note(Left.OBJECT, "Another document, inserted by reference; it was not fetched.")
        return spans

    def is_kept(self, change: Element, kind: Left) -> bool:
        """Whether a tracked change's words stay: a proposal is listed either way."""
        text = "".join((e.text or "") if local(e) in ("t", "delText") else "" for e in within(change))
        if any(local(e) in ("blip", "imagedata") for e in within(change)):
            text += " [picture]"
        if text:
            self.note(kind, text, attr(change, "author"))
        return self._take_changes == (kind == Left.INSERTION)

    def _run(self, run: Element, href: str) -> list[Span]:
        properties = child(run, "rPr")
        style = attr(child(properties, "rStyle"), "val")
        if self._switch(properties, style, "vanish"):
            self._left_out(Left.HIDDEN, run)
            return self._fields_alone(run)
        if self._switch(properties, style, "strike") or self._switch(properties, style, "dstrike"):
            self._left_out(Left.STRUCK, run)
            return self._fields_alone(run)
        if child(properties, "rPrChange") is not None:
            change = child(properties, "rPrChange")
            self.note(Left.FORMATTING, words(run) or "a blank", attr(change, "author"))
        self.lost_looks |= any(is_on(properties, name) for name in LOOKS_LOST)
        look = Span(
            "",
            bold=self._switch(properties, style, "b"),
            italic=self._switch(properties, style, "i"),
            href=href,
        )
        shift = attr(child(properties, "vertAlign"), "val")
        spans = [self._dressed(text, look, shift) for text in self._contents(run) if text]
        return [span for span in spans if span.text]

    def _switch(self, properties: Element | None, style: str, name: str) -> bool:
        said = is_on(properties, name)
        return self._styles.switch(style, name) if said is None else said

    def _left_out(self, kind: Left, run: Element) -> None:
        if text := words(run):
            self.note(kind, text)

    def _fields_alone(self, run: Element) -> list[Span]:
        """A run that is left out may still begin or end a field."""
        for element in run:
            if local(element) in ("fldChar", "instrText"):
                self._field_part(element)
        return []

    def _dressed(self, text: str, look: Span, shift: str) -> Span:
        href = next((field.href for field in reversed(self._fields) if field.href), look.href)
        if shift in SHIFTS and not text.startswith("["):
            shifted = text.translate(SHIFTS[shift][1])
            if any(old == new and not old.isspace() for old, new in zip(text, shifted, strict=True)):
                self.note(Left.LAYOUT, f"Raised or lowered in Word, on the line here: {text}")
            else:
                text = shifted
        return replace(look, text=text, href=href)

    def _contents(self, run: Element) -> list[str]:
        """The texts of a run. While a field's instruction is being read, and within a table of contents, none."""
        texts: list[str] = []
        for element in run:
            name = local(element)
            if name in ("fldChar", "instrText", "delInstrText"):
                self._field_part(element)
                continue
            if any(not field.in_result or field.kind in CONTENTS for field in self._fields):
                continue
            texts.append(self._content(name, element))
        return texts

    def _content(self, name: str, element: Element) -> str:
        match name:
            case "t" | "delText":
                return element.text or ""
            case "tab" | "ptab":
                return " "
            case "br" | "cr":
                return "" if attr(element, "type") in ("page", "column") else "\n"
            case "noBreakHyphen":
                return "\u2011"
            case "sym":
                self.note(
                    Left.LAYOUT, f"A symbol of the font {attr(element, 'font') or 'used'}: [symbol] stands for it."
                )
                return "[symbol]"
            case "footnoteReference" | "endnoteReference":
                # Word lets several places name one note; it has one number.
                note = (name.removesuffix("Reference"), attr(element, "id"))
                return f"[{self.footnotes.setdefault(note, len(self.footnotes) + 1)}]"
            case "commentReference":
                self._comment(attr(element, "id"))
            case "drawing" | "pict" | "object" | "contentPart":
                self._drawn(name, element)
            case "AlternateContent":
                return "".join(self._content(local(inner), inner) for inner in _alternative(element))
            case "ruby":
                return words(child(element, "rubyBase") or element)
        return ""

    def _comment(self, number: str) -> None:
        comment = self._comments.pop(number, None)
        if comment:
            self.note(Left.COMMENT, comment.text, comment.author)

    def _equation(self, element: Element) -> Span:
        self.note(Left.EQUATION, "".join(e.text or "" for e in element.iter() if local(e) == "t") or "an equation")
        return Span("[equation]")

    def _hyperlink(self, element: Element) -> list[Span]:
        _, address, outside = self.relations.get(attr(element, "id"), ("", "", False))
        if not outside:
            if attr(element, "anchor") and not self._fields:
                self.note(Left.LINK, f"{words(element)} (led to another place in the document)")
            return self.read(element)
        return self.read(element, self._checked(address, words(element)))

    def _checked(self, address: str, text: str) -> str:
        safe = safe_address(address)
        if not safe:
            self.note(Left.LINK, f"{text} (led to {address[:200] or 'nothing'})")
        return safe

    def _simple_field(self, element: Element, href: str) -> list[Span]:
        field = Field(attr(element, "instr"))
        self._begin_result(field)
        self._fields.append(field)
        spans = [] if field.kind in CONTENTS else self.read(element, field.href or href)
        self._fields.pop()
        return spans

    def _field_part(self, element: Element) -> None:
        if local(element) != "fldChar":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].instruction += element.text or ""
            return
        match attr(element, "fldCharType"):
            case "begin":
                if len(self._fields) > 20:
                    raise Refused("This document nests its fields too deeply: simplify them in Word, and try again.")
                self._fields.append(Field())
            case "separate" if self._fields:
                self._begin_result(self._fields[-1])
            case "end" if self._fields:
                if not self._fields[-1].in_result:
                    self._begin_result(self._fields[-1])
                self._fields.pop()

    def _begin_result(self, field: Field) -> None:
        field.in_result = True
        instruction = field.instruction.strip()[:200]
        if field.kind == "HYPERLINK":
            target = re.search(
                r'HYPERLINK\s+(?:\\[lmnot]\s+)*(?:"([^"]*)"|([^\s\\]\S*))', field.instruction, re.IGNORECASE
            )
            address = (target[1] or target[2] or "") if target else ""
            if r"\l" in field.instruction.split(address)[0] if address else True:
                self.note(Left.LINK, f"A link to another place in the document ({instruction})")
            else:
                field.href = self._checked(address, "A link")
        elif field.kind in CONTENTS:
            self.note(Left.FIELD, "The table of contents was left out: the page makes none.")
        elif field.kind and field.kind not in QUIET_FIELDS:
            self.note(Left.FIELD, f"{instruction}: the text is what Word had last worked out.")

    def _drawn(self, name: str, element: Element) -> None:
        """A picture is carried, a text box listed with its words, and all else listed by what it is."""
        below = list(within(element))
        kinds = {local(e) for e in below}
        boxes = [words(e) for e in below if local(e) == "txbxContent"]
        for text in boxes:
            if text:
                self.note(Left.TEXT_BOX, text)
        if name == "object":
            program = next((attr(e, "ProgID") for e in below if local(e) in ("OLEObject", "control")), "")
            self.note(Left.OBJECT, f"An embedded object {f'({program})' if program else ''}".strip())
            return
        found = self._found_pictures(below)
        if boxes or found:
            return
        what = {"chart": "A chart", "relIds": "A SmartArt drawing", "contentPart": "Ink"}
        if not any(attr(e, "hr") for e in below):  # a ruled line is no loss
            described = next((attr(e, "descr") for e in below if local(e) == "docPr"), "")
            called = next((label for kind, label in what.items() if kind in kinds or kind == name), "A drawing")
            self.note(Left.OBJECT, f"{called}{f': {described}' if described else ''}")

    def _found_pictures(self, below: list[Element]) -> bool:
        """Whether any stood there. Descriptions are the drawing's, or the shape's in older files."""
        described = next((attr(e, "descr") for e in below if local(e) in ("docPr", "cNvPr") and attr(e, "descr")), "")
        described = described or next((attr(e, "alt") for e in below if local(e) == "shape"), "")
        decorative = any(local(e) == "decorative" and attr(e, "val") in ("1", "true") for e in below)
        found = False
        for element in below:
            if local(element) not in ("blip", "imagedata"):
                continue
            found = True
            key = attr(element, "embed") or ("" if local(element) == "blip" else attr(element, "id"))
            _, part, outside = self.relations.get(key, ("", "", attr(element, "link") != ""))
            if outside:
                self.note(
                    Left.PICTURE, f"A picture on the web or another disk was not fetched: {described or part}"[:500]
                )
            elif self._package.has(part):
                self.pictures.append(Picture(part, " ".join(described.split()), decorative and not described))
            else:
                self.note(
                    Left.PICTURE, f"A picture that is missing from the file: {described or 'without a description'}"
                )
        crops = [e for e in below if local(e) == "srcRect" and any(v.strip("0%") for v in e.attrib.values())]
        if crops and found:
            self.note(Left.PICTURE, "A cropped picture is carried whole: look whether what was cut off may be seen.")
        return found
