"""Counting statements as the product counts them: `SET search_path` is left out."""

import contextlib
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

UNCOUNTED = ("SET search_path", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Counted:
    """The statements of a block, in order."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@contextlib.contextmanager
def count_queries() -> Iterator[Counted]:
    """Gather the statements of the block: `with count_queries() as counted: ...; assert len(counted) <= 15`."""
    counted = Counted()
    with CaptureQueriesContext(connection) as captured:
        yield counted
    counted.statements += [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(UNCOUNTED)]
