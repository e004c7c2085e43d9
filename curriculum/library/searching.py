"""Searching the library: what is found, in which order, and what a misspelled word may have meant."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, TrigramWordSimilarity
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from curriculum.library.models import LibraryEntry, LibraryWord
from curriculum.library.pages import MODULES
from curriculum.library.shelves import places_of
from curriculum.library.sources import SOURCES
from curriculum.library.texts import without_accents
from lms import clock

A_PAGE = 12
LONGEST, MOST_WORDS = 200, 12
WORD = re.compile(r"\w{1,40}")
# What a web search takes these for, it may do here: a phrase, and a word that must not stand there.
OPERATORS = re.compile(r'"|(^|\s)-\w')
# Weights of body (C and D), summary and title. A title that resembles the words counts only where no page has them all.
WEIGHTS = [0.1, 0.2, 0.5, 1.0]
# How alike (0 to 1) letters are in a word that may have been meant, and in a title with no word in common.
ALIKE, ALIKE_TITLE = 0.7, 0.5
START, STOP = "\ue000", "\ue001"  # nobody types these: what lies between is marked once all is escaped


@dataclass(frozen=True)
class Asked:
    """What a visitor asks. `topic` is a module page's id, or the name of a competency; all but `q` may be empty."""

    q: str = ""
    kind: str = ""
    topic: str = ""
    year: int | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.topic or self.year)


@dataclass
class Hit:
    """A result: its entry, where the viewer reads it, and why it was found."""

    entry: LibraryEntry
    url: str
    title: str
    excerpt: str

    @property
    def source(self):
        return SOURCES[self.entry.kind]


@dataclass
class Found:
    """`kinds` and `years` count what is there under each, were it chosen. `instead` are the words taken instead."""

    hits: list[Hit] = field(default_factory=list)
    page: Page | None = None
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    instead: str = ""
    is_partial: bool = False  # no page has all of the words: these have some


def visible_to(user) -> QuerySet[LibraryEntry]:
    """What `user`, who reads curriculum, may find: nothing expired, no lesson of a module still closed to them."""
    found = LibraryEntry.objects.filter(Q(until=None) | Q(until__gt=clock.now()), kind__in=SOURCES)
    closed = closed_modules(user)
    if closed:
        behind = Q(modules__contained_by=list(closed)) & ~Q(modules=[]) & ~Q(kind__in=[MODULES.kind, "faculty"])
        found = found.exclude(behind)
    return found


def closed_modules(user) -> dict:
    """The modules of a leader's plan that are not open to them yet, with the day on which each opens."""
    return {module: place.opens_on for module, place in places_of(user).items() if place.opens_on}


def search(user, asked: Asked, page=1) -> Found:
    """The entries that `user` finds, best first, a page at a time. Any text is taken; nothing in it is an order."""
    q = " ".join(unicodedata.normalize("NFC", asked.q.replace("\x00", " ")).split())[:LONGEST]
    everything = _filed_under(visible_to(user), asked.topic)
    found = Found()
    query, matches = None, everything
    if q:
        query, found.instead = _query(q)
        matches = everything.filter(search=query) if query is not None else everything.none()
    rows = _rows(matches, query)
    if not rows and query is not None:
        query, matches = _nearest(q, everything)
        rows = _rows(matches, query, F("alike"))
        found.is_partial = bool(rows)
    chosen = []
    for pk, kind, year in rows:
        is_kind, is_year = asked.kind in ("", kind), asked.year in (None, year)
        if is_year:
            found.kinds[kind] = found.kinds.get(kind, 0) + 1
        if year and is_kind:
            found.years[year] = found.years.get(year, 0) + 1
        if is_year and is_kind:
            chosen.append(pk)
    found.total = len(chosen)
    found.page = Paginator(chosen, A_PAGE).get_page(page)
    found.hits = hits_of(user, found.page.object_list, query)
    return found


def hits_of(user, keys: Iterable, query: SearchQuery | None = None) -> list[Hit]:
    """The results of these primary keys, in their order. One query for entries, and those of each kind's addresses."""
    keys = list(keys)
    entries = LibraryEntry.objects.filter(pk__in=keys).defer("words")
    if query is not None:
        marks: dict[str, Any] = {"config": "english", "start_sel": START, "stop_sel": STOP}
        entries = entries.annotate(
            marked_title=SearchHeadline("title", query, highlight_all=True, **marks),
            marked_body=SearchHeadline("body", query, max_words=32, min_words=16, max_fragments=2, **marks),
        )
    by_key = {entry.pk: entry for entry in entries.defer("words", "body")}
    ordered = [by_key[key] for key in keys if key in by_key]
    at = addresses_of(user, ordered)
    return [
        Hit(
            entry,
            at[entry.kind, entry.object_id],
            marked(getattr(entry, "marked_title", entry.title)),
            _excerpt(entry),
        )
        for entry in ordered
        if (entry.kind, entry.object_id) in at
    ]


def addresses_of(user, entries: Iterable[LibraryEntry]) -> Mapping[tuple[str, str], str]:
    """Where `user` reads each of these, by kind and object id."""
    by_kind: dict[str, list[LibraryEntry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    return {
        (kind, object_id): url
        for kind, rows in by_kind.items()
        for object_id, url in SOURCES[kind].addresses(user, rows).items()
    }


def marked(text: str) -> SafeString:
    """`text` escaped, with what the database marked between <mark> and </mark>."""
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))


def _excerpt(entry: LibraryEntry) -> SafeString:
    """The words around what was found, or the summary where the body has none of them."""
    body = getattr(entry, "marked_body", "")
    return marked(body if START in body else entry.summary)


def _filed_under(entries: QuerySet[LibraryEntry], topic: str) -> QuerySet[LibraryEntry]:
    if not topic:
        return entries
    if topic.isascii() and topic.isdigit():
        return entries.filter(modules__contains=[int(topic)])
    return entries.filter(topics__contains=[topic])


def _rows(matches: QuerySet[LibraryEntry], query: SearchQuery | None, more=None) -> list[tuple]:
    """Primary key, kind and year of every match, best first: one statement, from which all is counted."""
    if query is None:
        return list(matches.order_by("title", "object_id").values_list("pk", "kind", "year"))
    # Divided by the logarithm of the length: a long page is not better for being long.
    rank = SearchRank(F("search"), query, weights=WEIGHTS, normalization=1)
    best = (rank + more if more else rank).desc()
    return list(matches.order_by(best, "title", "object_id").values_list("pk", "kind", "year"))


def _query(q: str) -> tuple[SearchQuery | None, str]:
    """What to look for, and the text that was taken instead of `q` if a word of it is nowhere in the index."""
    if OPERATORS.search(q):
        return SearchQuery(q, config="english", search_type="websearch"), ""
    terms = _understood(q)
    if not terms:
        return None, ""
    instead = q
    for term in terms:
        if term.meant != term.word:
            instead = re.sub(rf"\b{re.escape(term.word)}\b", term.meant, instead, flags=re.IGNORECASE)
    return reduce(and_, (term.query for term in terms)), instead if instead != q else ""


def _nearest(q: str, everything: QuerySet[LibraryEntry]) -> tuple[SearchQuery, QuerySet[LibraryEntry]]:
    """For words that no page has all of: pages that have some, or whose title resembles them."""
    query = reduce(or_, (term.query for term in _understood(q)), SearchQuery(q, config="english"))
    alike = everything.annotate(alike=TrigramWordSimilarity(q, "title"))
    return query, alike.filter(Q(search=query) | Q(alike__gte=ALIKE_TITLE))


@dataclass(frozen=True)
class _Term:
    word: str
    meant: str
    is_last: bool

    @property
    def query(self) -> SearchQuery:
        """The word and its English stem, without accents too; the last may be unfinished."""
        found = SearchQuery(self.meant, config="english") | SearchQuery(self.meant, config="simple")
        plain = without_accents(self.meant)
        if plain != self.meant:
            found = found | SearchQuery(plain, config="simple")
        if self.is_last and len(self.word) > 2:
            found = found | SearchQuery(f"'{self.meant}':*", config="simple", search_type="raw")
        return found


def _understood(q: str) -> list[_Term]:
    """The words of `q` that say something; what is nowhere in the index is taken for the nearest word in it."""
    words = WORD.findall(q.lower())[:MOST_WORDS]
    if not words:
        return []
    entries, known_words = LibraryEntry._meta.db_table, LibraryWord._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, says, known, CASE WHEN says AND NOT known THEN "  # noqa: S608
            f"ARRAY(SELECT w.word FROM {known_words} w WHERE w.word %% t.word "
            "ORDER BY similarity(w.word, t.word) DESC, w.entries DESC, w.word LIMIT 20) END "
            "FROM (SELECT word, n, numnode(plainto_tsquery('english', word)) > 0 AS says, "
            f"EXISTS (SELECT FROM {entries} WHERE search @@ (plainto_tsquery('english', word) "
            "|| to_tsquery('simple', quote_literal(plain) || ':*'))) AS known "
            "FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS u (word, plain, n)) t ORDER BY n",
            [words, [without_accents(word) for word in words]],
        )
        rows = cursor.fetchall()
    says_something = any(says for _, says, _, _ in rows)
    return [
        _Term(word, _meant(word, near or []), number == len(rows))
        for number, (word, says, known, near) in enumerate(rows, start=1)
        if says or not says_something
    ]


def _meant(word: str, near: list[str]) -> str:
    """Of the words that share letters with `word` the one that it most probably is; itself if none is near."""
    likely = difflib.get_close_matches(word, near, n=1, cutoff=ALIKE) if len(word) > 3 else []
    return likely[0] if likely else word
