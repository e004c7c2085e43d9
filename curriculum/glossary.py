"""Terms that explain themselves where they occur: the first time in a lesson, by a button that opens its meaning.

The markup is parsed, never searched as text, so a term inside a link, a heading or an attribute stays what it is.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from django.urls import reverse
from django.utils.html import format_html

from curriculum.models import Term

WORD = re.compile(r"[^\W_]+")
# Where a term is left alone: it leads elsewhere, is a title or a label, or belongs to something to be answered.
CLOSED = {
    "a", "abbr", "button", "code", "dfn", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "kbd",
    "label", "nav", "pre", "samp", "script", "select", "style", "summary", "svg", "table", "textarea", "video",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

Row = tuple[int, str, str, str]  # id, name, spellings, definition


@dataclass(frozen=True)
class Spelling:
    pattern: re.Pattern
    term: int


@dataclass(frozen=True)
class Matcher:
    """Finds the terms of a glossary. `starts` maps the first word of each spelling to those that begin with it."""

    starts: dict[str, tuple[Spelling, ...]]
    terms: dict[int, tuple[str, str]]  # id -> name, definition

    def find(self, text: str) -> Iterable[tuple[int, int, int]]:
        """Start, end and term of what occurs in `text` in whole words, the longest spelling first, none twice over."""
        end = 0
        for word in WORD.finditer(text):
            if word.start() < end:
                continue
            for spelling in self.starts.get(word[0].casefold(), ()):
                if found := spelling.pattern.match(text, word.start()):
                    end = found.end()
                    yield word.start(), end, spelling.term
                    break


@dataclass
class Explaining:
    """The terms of one lesson, and which were explained in it already."""

    matcher: Matcher
    met: set[int] = field(default_factory=set)

    def explain(self, markup: str) -> str:
        """`markup` with the first occurrence of each term not met before made to explain itself."""
        if not self.matcher.starts:
            return markup
        writer = _Writer(self)
        writer.feed(markup)
        writer.close()
        return "".join(writer.written)

    def explained(self, term: int, words: str) -> str:
        name, definition = self.matcher.terms[term]
        return format_html(
            '<dfn class="term"><button type="button" popovertarget="term-{id}">{words}</button></dfn>'
            '<span class="term-meaning" id="term-{id}" popover role="note"><strong>{name}</strong> {definition} '
            '<a href="{url}#term-{id}">Glossary</a></span>',
            id=term,
            words=words,
            name=name,
            definition=definition,
            url=reverse("curriculum:glossary"),
        )


def explaining() -> Explaining:
    """For one lesson: the glossary as it stands. One query; the matcher is built anew only when a term changed."""
    rows = Term.objects.order_by("pk").values_list("pk", "name", "spellings", "definition")
    return Explaining(matcher_of(tuple(rows)))


@lru_cache(maxsize=4)
def matcher_of(rows: tuple[Row, ...]) -> Matcher:
    """The matcher of these terms. Where two share a spelling the older has it."""
    spellings: dict[str, int] = {}
    for pk, name, others, _ in rows:
        for words in Term(name=name, spellings=others).words:
            spellings.setdefault(words, pk)
    starts: dict[str, list[Spelling]] = {}
    for words in sorted(spellings, key=lambda words: (-len(words), words)):
        if first := WORD.match(words):
            starts.setdefault(first[0].casefold(), []).append(Spelling(_pattern(words), spellings[words]))
    return Matcher(
        {first: tuple(found) for first, found in starts.items()},
        {pk: (name, definition) for pk, name, _, definition in rows},
    )


def _pattern(words: str) -> re.Pattern:
    """`words` in any case, across any white space and either apostrophe; capitals alone ("AIM") as they are."""
    parts = [re.escape(part).replace("’", "'").replace("'", "['’]") for part in words.split()]
    flags = 0 if words.isupper() else re.IGNORECASE
    return re.compile(r"\s+".join(parts) + r"(?!\w)", flags)


class _Writer(HTMLParser):
    """Writes markup again as it was read, but for the terms in its open text."""

    def __init__(self, explaining: Explaining):
        super().__init__(convert_charrefs=True)
        self.explaining = explaining
        self.written: list[str] = []
        self.closed: list[str] = []  # elements that are left alone, and those of the same name within them

    def handle_starttag(self, tag, attrs):
        self.written.append(self.get_starttag_text() or "")
        if tag in VOID:
            return
        if tag in CLOSED or (self.closed and tag == self.closed[-1]) or any(name == "data-plain" for name, _ in attrs):
            self.closed.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag):
        self.written.append(f"</{tag}>")
        if self.closed and tag == self.closed[-1]:
            self.closed.pop()

    def handle_data(self, data):
        if self.closed and self.closed[-1] in ("script", "style"):
            self.written.append(data)
        elif self.closed:
            self.written.append(html.escape(data, quote=False))
        else:
            self._explain(data)

    def handle_comment(self, data):
        self.written.append(f"<!--{data}-->")

    def _explain(self, text: str) -> None:
        at = 0
        for start, end, term in self.explaining.matcher.find(text):
            if term in self.explaining.met:
                continue
            self.explaining.met.add(term)
            self.written.append(html.escape(text[at:start], quote=False))
            self.written.append(self.explaining.explained(term, text[start:end]))
            at = end
        self.written.append(html.escape(text[at:], quote=False))
