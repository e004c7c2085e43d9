"""Entering a practice's schema, and asserting where one is."""

import contextlib
from collections.abc import Iterator

from django.db import connection

from lms.practices.models import Practice

TEMPLATE_SCHEMA = "practice_template"


@contextlib.contextmanager
def enter(practice: Practice) -> Iterator[None]:
    """Run the block in `practice`'s schema, and return to where one was, whatever happens.

    Evaluate querysets inside: a lazy one runs in whatever schema is current when it is read.
    """
    before = connection.tenant
    connection.set_tenant(practice)
    try:
        yield
    finally:
        connection.set_tenant(before)


@contextlib.contextmanager
def in_network() -> Iterator[None]:
    """Run the block in the public schema only, and return to where one was."""
    before = connection.tenant
    connection.set_schema_to_public()
    try:
        yield
    finally:
        connection.set_tenant(before)


def practice_or_none() -> Practice | None:
    """The practice that was entered, None on the public schema."""
    tenant = connection.tenant
    return tenant if isinstance(tenant, Practice) else None


def current_practice() -> Practice:
    """The practice that was entered. Raises RuntimeError on the public schema."""
    practice = practice_or_none()
    if practice is None:
        raise RuntimeError("This needs a practice: enter one first.")
    return practice
