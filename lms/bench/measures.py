"""The measurements, in the order in which each finds the data that it needs. All times are medians."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lms.bench import library, people
from lms.bench.evidence import evidence
from lms.bench.timing import row, timed
from lms.practices.across import read_across
from lms.practices.actions import onboard_practice
from lms.practices.models import Practice
from lms.practices.schema import enter

FEW, MANY = 30, 300


def onboarding() -> Iterator[dict]:
    """A practice joins by replaying the template's DDL, with few and with many there, and beside it by migrations."""
    call_command("migrate", verbosity=0)
    for present in (FEW, MANY):
        _grow(present)
        yield row("onboard_practice_ms", timed(partial(_measured_join, present)), "ms", present)
    yield row("onboard_by_migrations_ms", timed(_join_by_migrations, times=1), "ms", Practice.objects.count())


def _grow(present: int) -> None:
    for number in range(Practice.objects.count(), present):
        _join(f"Practice {number}")


def _measured_join(present: int, number: int) -> None:
    _join(f"Measured {present} {number}")


def _join(name: str) -> Practice:
    return onboard_practice(name=name, city="Reno", state="NV", joined_on=dt.date(2024, 1, 1))


def _join_by_migrations(number: int) -> None:
    schema = f"by_migrations_{number + 1}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema}"')
    tenants: Any = connection  # django-tenants' backend has more than Django's type knows
    tenants.set_schema(schema, include_public=False)
    MigrationRecorder(connection).ensure_schema()
    tenants.set_schema(schema)
    try:
        call_command(DjangoMigrate(), verbosity=0, skip_checks=True)
    finally:
        tenants.set_schema_to_public()


SUMMARY = """
SELECT {practice} AS practice, e.id, e.state, count(c.id) AS completed
FROM {s}.cohorts_practice_enrollment e
LEFT JOIN {s}.cohorts_practice_pagerecord r ON r.person_id = e.person_id
LEFT JOIN {s}.cohorts_practice_completion c ON c.record_id = r.id AND c.withdrawn_at IS NULL
GROUP BY e.id
"""


def across() -> Iterator[dict]:
    """A progress summary of every leader of every practice: one function, and beside it the ORM in a loop."""
    from django.db.models import Count, Q

    from cohorts.practice.models import Enrollment

    people.spread_leaders()
    practices = list(Practice.objects.all())

    def loop(_):
        found = []
        for practice in practices:
            with enter(practice):
                live = Count(
                    "person__page_records__completions",
                    filter=Q(person__page_records__completions__withdrawn_at=None),
                )
                found += list(Enrollment.objects.annotate(completed=live).values("id", "state", "completed"))
        return found

    assert len(loop(0)) == len(read_across(SUMMARY))
    yield row("across_practices_ms", timed(lambda _: read_across(SUMMARY)), "ms", len(practices))
    yield row("across_practices_loop_ms", timed(loop, times=5), "ms", len(practices))


def pages() -> Iterator[dict]:
    """A leader's journey and a lesson, as the web process answers them, among the leaders of the whole cohort."""
    client, journey, lesson, leaders = people.a_leader()
    with counted_queries() as queries:
        assert client.get(journey).status_code == 200
    yield row("journey_page_ms", timed(lambda _: client.get(journey)), "ms", leaders)
    yield row("journey_page_queries", len(queries), "queries", leaders)
    assert client.get(lesson).status_code == 200
    yield row("lesson_page_ms", timed(lambda _: client.get(lesson)), "ms", leaders)


@contextlib.contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements of the block, `SET search_path` left out."""
    found: list[str] = []

    def note(execute, statement, params, many, context):
        if not str(statement).startswith("SET search_path"):
            found.append(str(statement))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def search() -> Iterator[dict]:
    """The library's page over 2,000 texts, with the words that people type, and beside it a plain look for them."""
    library.make_texts()
    client = library.a_reader()
    yield row("library_search_ms", timed(partial(library.search, client)), "ms", library.TEXTS)
    yield row("library_search_naive_ms", timed(library.naive), "ms", library.TEXTS)


def certificates() -> Iterator[dict]:
    """One certificate as PDF, warm."""
    from certificates.rendering import Brand, Statement, render_pdf

    def render(number: int):
        return render_pdf(
            Statement(
                name="Leela Raghunathan",
                credentials="MD, FACP",
                award_title="Year one of the Physician Leadership Program",
                program_title="Physician Leadership Program",
                practice_name="Juniper Ridge Oncology",
                practice_city="Albuquerque",
                practice_state="New Mexico",
                cohort_name="Cohort 2025-27",
                issued_on=dt.date(2026, 4, 14),
                counted=("Five modules", "Seven sessions"),
                number=f"7K2-M0Q-9XD-4TB-6PC-{number + 100:03d}",
                verify_url="https://example.org/verify/7K2-M0Q-9XD-4TB-6PC-100/",
            ),
            Brand(accent="#0b5a66"),
        )

    yield row("certificate_pdf_ms", timed(render, times=30), "ms", 30)


ALL = (onboarding, across, evidence, pages, search, certificates)
