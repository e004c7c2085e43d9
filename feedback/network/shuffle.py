"""Breaking the joins that a database keeps by itself.

A receipt and a response commit together, so they share PostgreSQL's transaction number and lie in the same order.
Deleting the responses and inserting them again in random order, in one transaction, breaks both; the vacuum
then takes the old rows away. `docs/decisions` says what was tried and what this does not hold against.
"""

from django.db import connection, transaction
from psycopg import sql

from feedback.network.models import Answer, Decision, Response, ToDo, Window

TABLES = [
    sql.Identifier(model._meta.db_table)
    for model in (
        Response,
        Answer,
        Decision.comments.through,
        ToDo.comments.through,
    )  # in this order everywhere, so that nobody waits in a ring
]
_RESPONSE, _ANSWER, *_ = TABLES
_WINDOW = sql.Identifier(Window._meta.db_table)


def shuffle(*, window: Window | None = None) -> None:
    """Put the responses and answers of `window`, or of all that are open, in a random order, in a new transaction.

    A closed window was shuffled when it closed, and nothing of it changes afterward.

    Ids stay, so that decisions keep their comments. In one transaction; a submit meanwhile waits for its end.
    """
    with transaction.atomic():
        lock_tables()
        shuffle_locked(window=window)
        transaction.on_commit(vacuum)


def lock_tables() -> None:
    """Hold off everything but reading until the transaction ends.

    EXCLUSIVE: with less, a submit during the shuffle is lost, or a decision that picks a comment fails.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.SQL(", ").join(TABLES)))


def shuffle_locked(*, window: Window | None = None) -> None:
    """The shuffle itself, for a transaction that has locked the tables."""
    of_window = (
        sql.SQL("window_id IN (SELECT id FROM {} WHERE closed_at IS NULL)").format(_WINDOW)
        if window is None
        else sql.SQL("window_id = {}").format(sql.Literal(window.pk))
    )
    answers_of_window = sql.SQL("response_id IN (SELECT id FROM {} WHERE {})").format(_RESPONSE, of_window)
    again = sql.SQL(
        "WITH gone AS (DELETE FROM {table} WHERE {which} RETURNING *)"
        " INSERT INTO {table} SELECT * FROM gone ORDER BY random()"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # Answers first: their rows are found through the responses' rows.
        cursor.execute(again.format(table=_ANSWER, which=answers_of_window))
        cursor.execute(again.format(table=_RESPONSE, which=of_window))


def vacuum() -> None:
    """Take away the rows that the shuffle left behind. Outside any transaction: PostgreSQL insists."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(sql.SQL("VACUUM {}").format(table))
