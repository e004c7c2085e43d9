"""Keeping the index: in the transaction that publishes, so that a page and what is found of it never differ."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from curriculum.library.models import LibraryEntry, LibraryWord
from curriculum.library.sources import SOURCES, Draft
from curriculum.library.texts import one_line, settled, without_accents, words_in

FIELDS = ["title", "plain_title", "summary", "body", "year", "modules", "topics", "uses", "words", "until"]
BATCH = 100
# One writer at a time: two who count the same words would lose one of the counts.
LOCK = 7_241_906


@transaction.atomic
def settle(kind: str, ids: Iterable) -> None:
    """Make the index say what is so about these things of `kind`, and about what is found through them."""
    ids = sorted({str(object_id) for object_id in ids})
    if not ids:
        return
    named = _used_by(kind, ids)
    _write(kind, ids)
    named |= _used_by(kind, ids)
    for other in SOURCES:
        _write(other, sorted(name.partition(":")[2] for name in named if name.startswith(f"{other}:")))


def rebuild(*, after: tuple[str, str] | None = None) -> Iterator[tuple[str, int, int, str]]:
    """Make every entry anew; yields kind, how many are done of how many, and the last id, after each batch.

    Each batch is a transaction of its own; `after` (kind, id) goes on behind a batch. What is found no more is
    removed at the end of its kind. A rebuilt index has the rows that it had, if nothing was amiss, and its searches
    are planned by what it holds now.
    """
    kinds = list(SOURCES)
    for kind in kinds[kinds.index(after[0]) if after else 0 :]:
        ids = sorted(SOURCES[kind].ids())
        done = sum(object_id <= after[1] for object_id in ids) if after and after[0] == kind else 0
        for start in range(done, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            with transaction.atomic():
                _write(kind, batch)
            yield kind, start + len(batch), len(ids), batch[-1]
        with transaction.atomic():
            LibraryEntry.objects.filter(kind=kind).exclude(object_id__in=ids).delete()
    with transaction.atomic():
        LibraryEntry.objects.exclude(kind__in=kinds).delete()
        _count_anew()
        know_its_size()


def know_its_size() -> None:
    """Tell the planner what the index holds. Autovacuum does within a minute; who has just filled it may not wait."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {LibraryEntry._meta.db_table}, {LibraryWord._meta.db_table}")


def _used_by(kind: str, ids: list[str]) -> set[str]:
    rows = LibraryEntry.objects.filter(kind=kind, object_id__in=ids).values_list("uses", flat=True)
    return {name for uses in rows for name in uses}


def _write(kind: str, ids: list[str]) -> None:
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    there = LibraryEntry.objects.filter(kind=kind, object_id__in=ids)
    counts: Counter[str] = Counter()
    for words in there.values_list("words", flat=True):
        counts.subtract(words)
    entries = [_entry(kind, draft) for draft in SOURCES[kind].drafts(ids)]
    for entry in entries:
        counts.update(entry.words)
    LibraryEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=FIELDS
    )
    there.exclude(object_id__in=[entry.object_id for entry in entries]).delete()
    _count(counts)


def _entry(kind: str, draft: Draft) -> LibraryEntry:
    title = one_line(draft.title)[:255]
    summary, body = settled(draft.summary), settled(draft.body)
    plain = without_accents(settled(title))[:255]
    return LibraryEntry(
        kind=kind,
        object_id=draft.object_id,
        title=title,
        plain_title=plain if plain != title else "",
        summary=summary,
        body=body,
        year=draft.year,
        modules=list(draft.modules),
        topics=[settled(topic)[:120] for topic in draft.topics],
        uses=list(draft.uses),
        words=words_in(title, summary, body),
        until=draft.until,
    )


def _count(counts: Counter[str]) -> None:
    changed = {word: change for word, change in counts.items() if change}
    if not changed:
        return
    table = LibraryWord._meta.db_table
    with connection.cursor() as cursor:
        gained = {word: change for word, change in changed.items() if change > 0}
        lost = {word: -change for word, change in changed.items() if change < 0}
        cursor.execute(
            f"INSERT INTO {table} (word, entries) SELECT * FROM unnest(%s::text[], %s::int[]) "  # noqa: S608
            f"ON CONFLICT (word) DO UPDATE SET entries = {table}.entries + EXCLUDED.entries",
            [list(gained), list(gained.values())],
        )
        gone = "SELECT * FROM unnest(%s::text[], %s::int[]) AS gone (word, times)"
        cursor.execute(
            f"WITH gone AS ({gone}) DELETE FROM {table} w USING gone "  # noqa: S608
            "WHERE w.word = gone.word AND w.entries <= gone.times",
            [list(lost), list(lost.values())],
        )
        cursor.execute(
            f"WITH gone AS ({gone}) UPDATE {table} w SET entries = w.entries - gone.times FROM gone "  # noqa: S608
            "WHERE w.word = gone.word",
            [list(lost), list(lost.values())],
        )


def _count_anew() -> None:
    entries, words = LibraryEntry._meta.db_table, LibraryWord._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(f"DELETE FROM {words}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {words} (word, entries) "  # noqa: S608
            f"SELECT word, count(*) FROM {entries}, unnest(words) AS word GROUP BY word"
        )
