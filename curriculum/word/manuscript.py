"""What was read of a document, in its order, before it becomes blocks of a lesson."""

from dataclasses import dataclass, field

from django.db.models import TextChoices


class Left(TextChoices):
    """Why something is listed beside a draft. Each says what became of it."""

    INSERTION = "insertion", "Tracked insertions, left out"
    INSERTION_TAKEN = "insertion_taken", "Tracked insertions, taken"
    DELETION = "deletion", "Tracked deletions, not made: the words are still there"
    DELETION_TAKEN = "deletion_taken", "Tracked deletions, made: the words are gone"
    FORMATTING = "formatting", "Tracked changes of format"
    COMMENT = "comment", "Comments"
    HIDDEN = "hidden", "Hidden text, left out"
    STRUCK = "struck", "Struck-out text, left out"
    TEXT_BOX = "text_box", "Text boxes, left out"
    HEADER = "header", "Headers and footers, left out"
    LINK = "link", "Links that were dropped; their words were kept"
    PICTURE = "picture", "Pictures to look at"
    TABLE = "table", "Tables to look at"
    FOOTNOTE = "footnote", "Footnotes, left out"
    EQUATION = "equation", "Equations, left out"
    OBJECT = "object", "Charts, drawings and embedded objects, left out"
    FIELD = "field", "Fields that Word works out"
    LAYOUT = "layout", "What reads differently here"


@dataclass
class Note:
    """One thing that was not carried, or not as it was: its words, whose it is, and the text it stood by."""

    kind: Left
    text: str
    author: str = ""
    near: str = ""


@dataclass(frozen=True)
class Span:
    """Words of one look. A line break is a newline."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass
class Picture:
    """A picture inside the package, by the name of its part."""

    part: str
    alt: str = ""
    decorative: bool = False


@dataclass
class Paragraph:
    """`role` is text, title, subtitle, heading, caption or item; `level` counts headings from 1, items from 0."""

    spans: list[Span]
    role: str = "text"
    level: int = 0
    ordered: bool = False
    series: str = ""  # the list that an item belongs to

    @property
    def text(self) -> str:
        return " ".join("".join(span.text for span in self.spans).split())


@dataclass
class Table:
    """Plain words in a rectangle. `headed` where Word says that the first row is a heading."""

    rows: list[list[str]]
    headed: bool = False


Piece = Paragraph | Picture | Table


@dataclass
class Manuscript:
    pieces: list[Piece] = field(default_factory=list)
    footnotes: list[list[Span]] = field(default_factory=list)  # the first is [1] in the text
    notes: list[Note] = field(default_factory=list)
