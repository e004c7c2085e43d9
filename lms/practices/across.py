"""The one way to read many practices at once. Reviewed; do not build such SQL elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

from lms.practices.models import Practice
from lms.practices.schema import in_network

# Over a hundred branches PostgreSQL compiles the query just in time, which costs more than it saves.
CHUNK = 50


def read_across(select: str, *, practices: Iterable[Practice] | None = None, **values: Any) -> list[dict]:
    """Rows of `select` from every practice (or those given), as dictionaries, in one list.

    `select` names a practice's tables as {s}.<table>, may use {practice} for the practice's UUID, and
    each keyword of `values` as {<keyword>}; all are quoted by psycopg. One statement per 50 practices.
    """
    chosen = list(Practice.objects.all() if practices is None else practices)
    template = sql.SQL(select)
    literals = {name: sql.Literal(value) for name, value in values.items()}
    rows: list[dict] = []
    with in_network(), connection.cursor() as cursor:
        for chunk in _chunks(chosen):
            branches = [
                template.format(s=sql.Identifier(p.schema_name), practice=sql.Literal(p.id), **literals) for p in chunk
            ]
            cursor.execute(sql.SQL("({})").format(sql.SQL(") UNION ALL (").join(branches)))
            names = [column.name for column in cursor.description]
            rows += [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return rows


def _chunks(practices: Sequence[Practice]) -> Iterable[Sequence[Practice]]:
    return (practices[start : start + CHUNK] for start in range(0, len(practices), CHUNK))
