"""The line between network and practice."""

import threading

import psycopg
import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction

from lms.accounts.models import User
from lms.people.actions import person_for
from lms.people.models import Person
from lms.practices import actions, ddl
from lms.practices.across import read_across
from lms.practices.actions import onboard_practice
from lms.practices.management.commands.migrate import practices_behind
from lms.practices.models import Practice
from lms.practices.postgresql.base import SearchPathRefused
from lms.practices.schema import TEMPLATE_SCHEMA, current_practice, enter


def test_query_without_a_practice_finds_no_table(db):
    with pytest.raises(ProgrammingError, match="people_person"), transaction.atomic():
        Person.objects.count()


def test_record_is_seen_in_its_practice_only(alder, birch, manager):
    with enter(alder):
        person_for(user=manager)
        assert Person.objects.count() == 1
    with enter(birch):
        assert Person.objects.count() == 0


def test_enter_returns_to_where_one_was_after_an_exception(alder, birch):
    with enter(alder):
        with pytest.raises(ZeroDivisionError), enter(birch):
            raise ZeroDivisionError
        assert current_practice() == alder
    with pytest.raises(RuntimeError, match="enter one first"):
        current_practice()


def test_cache_of_one_practice_is_not_read_by_another(alder, birch):
    with enter(alder):
        cache.set("figure", 1)
    with enter(birch):
        assert cache.get("figure") is None


def test_refused_search_path_raises_instead_of_answering(alder, monkeypatch):
    execute = psycopg.Cursor.execute

    def refuse(self, query, *args, **kwargs):
        if str(query).startswith("SET search_path"):
            raise psycopg.OperationalError("refused")
        return execute(self, query, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", refuse)
        with pytest.raises(SearchPathRefused), enter(alder):
            Practice.objects.count()
    assert Practice.objects.count() == 3


def test_onboarded_schema_equals_the_migrated_template(db):
    practice = onboard_practice(name="Dogwood Oncology", city="Ames", state="IA", joined_on="2024-02-01")
    assert ddl.fingerprint(practice.schema_name) == ddl.fingerprint(TEMPLATE_SCHEMA)
    assert practices_behind() == []


def test_onboarding_leaves_nothing_behind_when_it_fails(db):
    with pytest.raises(Exception, match="already exists"):
        onboard_practice(name="Alder Oncology", city="Ames", state="IA", joined_on="2024-02-01")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'practice\\_%'")
        assert cursor.fetchone()[0] == 4  # three standing practices and the template


def test_onboarding_tells_names_apart_that_differ_in_punctuation(db):
    first, second = (
        onboard_practice(name=name, city="Ames", state="IA", joined_on="2024-02-01") for name in ("A & B", "A, B")
    )
    assert (first.slug, second.slug) == ("a-b", "a-b-2")
    assert first.schema_name != second.schema_name


def test_practice_behind_is_found_by_its_migrations(alder, birch):
    with enter(alder), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
    assert practices_behind() == [alder]


def test_read_across_gathers_rows_of_all_and_quotes_values(alder, birch, cedar, manager):
    with enter(birch):
        person_for(user=manager)
    rows = read_across(
        "SELECT {practice} AS practice, count(*) AS n, {word} AS word FROM {s}.people_person", word="it's {s}"
    )
    assert {(row["practice"], row["n"], row["word"]) for row in rows} == {
        (alder.id, 0, "it's {s}"),
        (birch.id, 1, "it's {s}"),
        (cedar.id, 0, "it's {s}"),
    }


def test_onboarding_waits_for_a_busy_table_and_tries_again(own_database, monkeypatch):
    monkeypatch.setattr(actions, "LOCK_TIMEOUT", "200ms")
    with psycopg.connect(own_database) as busy:
        busy.execute("LOCK TABLE accounts_user IN ROW EXCLUSIVE MODE")
        release = threading.Timer(0.5, busy.rollback)
        release.start()
        practice = onboard_practice(name="Dogwood Oncology", city="Ames", state="IA", joined_on="2024-02-01")
        release.join()
    assert ddl.fingerprint(practice.schema_name) == ddl.fingerprint(TEMPLATE_SCHEMA)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_onboarding_gives_up_on_a_table_that_stays_busy(own_database, monkeypatch):
    monkeypatch.setattr(actions, "LOCK_TIMEOUT", "50ms")
    with psycopg.connect(own_database) as busy:
        busy.execute("LOCK TABLE accounts_user IN ROW EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock timeout"):
            onboard_practice(name="Dogwood Oncology", city="Ames", state="IA", joined_on="2024-02-01")
    assert not Practice.objects.filter(name="Dogwood Oncology").exists()


def test_user_with_a_record_in_a_practice_is_not_deleted(alder, manager):
    with enter(alder):
        person_for(user=manager)

    def delete():
        with transaction.atomic(), connection.cursor() as cursor:
            User.objects.get(pk=manager.pk).delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="people_person"):
        delete()
    assert User.objects.filter(pk=manager.pk).exists()
