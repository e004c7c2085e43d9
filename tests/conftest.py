"""Databases for tests.

A migrated database with three standing practices and a small page tree is made once for each state of the code
and kept; every test process starts from a copy of it (CREATE DATABASE ... TEMPLATE, some 0.2 s), and so does each
test that needs real commits (`own_database`). Nothing is ever flushed.
"""

import contextlib
import datetime as dt
import fcntl
import hashlib
import uuid
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "test"

pytest_plugins = ["tests.fixtures", "tests.live"]


def _state_of_the_code() -> str:
    digest = hashlib.sha256()
    standing = [ROOT / "lms/practices/ddl.py", ROOT / "tests/curriculum/factory.py", Path(__file__)]
    for path in sorted([*ROOT.glob("**/migrations/*.py"), *ROOT.glob("curriculum/**/*.py")]) + standing:
        if ".venv" not in path.parts:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def _server():
    from django.conf import settings

    db = settings.DATABASES["default"]
    with psycopg.connect(
        host=db["HOST"],
        port=db["PORT"],
        user=db["USER"],
        password=db["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as connection:
        yield connection


def copy_database(template: str, name: str) -> None:
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(name: str) -> None:
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def template_database(django_db_blocker) -> str:
    """The name of the migrated database that copies are made from."""
    from django.core.management import call_command
    from django.db import connection

    name = f"lms_test_{_state_of_the_code()}"
    VAR.mkdir(parents=True, exist_ok=True)
    with open(VAR / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _server() as server:
            kept = [row[0] for row in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'lms_test_%'")]
        if name not in kept:
            for old in kept:
                drop_database(old)
            making = f"{name}_making"
            copy_database("template1", bare_of(name))
            with django_db_blocker.unblock(), using_database(bare_of(name)):
                call_command("migrate", verbosity=0)
                connection.close()
            copy_database(bare_of(name), making)
            with django_db_blocker.unblock(), using_database(making):
                _standing_practices()
                _standing_pages()
                connection.close()
            with _server() as server:
                server.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def bare_of(name: str) -> str:
    """The name of the database that is migrated and holds nothing, beside the template `name`."""
    return f"{name}_bare"


def _standing_practices() -> None:
    from lms.practices.actions import onboard_practice

    for name, city, state, zone in (
        ("Alder Oncology", "Reno", "NV", "America/Los_Angeles"),
        ("Birch Hematology", "Denver", "CO", "America/Denver"),
        ("Cedar Cancer Care", "Tampa", "FL", "America/New_York"),
    ):
        onboard_practice(name=name, city=city, state=state, joined_on=dt.date(2023, 5, 1), time_zone=zone)


def _standing_pages() -> None:
    from curriculum.actions import open_cms_to_roles
    from tests.curriculum.factory import make_tree

    open_cms_to_roles()
    make_tree()


@contextlib.contextmanager
def using_database(name: str):
    """Point this process's connection at another database of the same server."""
    from django.db import connection

    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_setup(template_database, django_db_blocker):
    from django.db import connection

    name = f"lms_run_{uuid.uuid4().hex[:12]}"
    copy_database(template_database, name)
    # The `db` fixture of pytest-django wraps each test in a transaction on this database.
    with using_database(name):
        yield
        with django_db_blocker.unblock():
            connection.close()
    drop_database(name)


@pytest.fixture
def own_database(template_database, django_db_blocker):
    """A database of this test's own, with real commits, dropped afterward. Yields its URL for other processes."""
    with database_of_its_own(template_database, django_db_blocker) as url:
        yield url


@pytest.fixture
def empty_database(template_database, django_db_blocker):
    """As `own_database`, with nothing in it but its tables."""
    with database_of_its_own(bare_of(template_database), django_db_blocker) as url:
        yield url


@contextlib.contextmanager
def database_of_its_own(template: str, blocker):
    """A copy of `template` that this process works on meanwhile, with real commits. Yields its URL."""
    from django.conf import settings

    name = f"lms_own_{uuid.uuid4().hex[:12]}"
    copy_database(template, name)
    db = settings.DATABASES["default"]
    with blocker.unblock(), using_database(name):
        yield f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{name}"
    drop_database(name)
