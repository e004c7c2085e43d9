"""The rules of the line, each broken once."""

import pytest
from django.core.checks import Error
from django.core.checks import Warning as CheckWarning
from django.db import models
from django.test.utils import isolate_apps

from lms.people.models import Person
from lms.practices import checks
from lms.practices.models import Practice

NETWORK, PRACTICE = "practices", "people"


def found(monkeypatch, *made) -> list[str]:
    """The ids that the rules find in `made` alone."""
    monkeypatch.setattr(checks.apps, "get_models", lambda **kwargs: list(made))
    rules = (checks.relations_across_the_line, checks.apps_on_one_side, checks.practice_keys_are_random)
    return [error.id for rule in rules for error in rule()]


def model(label: str, name: str = "Thing", **fields):
    """A model that is not kept, in a network app or in a practice's."""
    fields.setdefault("id", models.UUIDField(primary_key=True))
    meta = type("Meta", (), {"app_label": label})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def to(target, **options):
    return models.ForeignKey(target, **{"on_delete": models.DO_NOTHING, "related_name": "+", **options})


@pytest.fixture(autouse=True)
def apart():
    with isolate_apps("lms.practices", "lms.people"):
        yield


def test_many_to_many_across_the_line_is_refused(monkeypatch):
    assert "practices.E001" in found(monkeypatch, model(PRACTICE, practices=models.ManyToManyField(Practice)))


def test_key_from_the_network_into_a_practice_is_refused(monkeypatch):
    assert found(monkeypatch, model(NETWORK, person=to(Person))) == ["practices.E002"]


@pytest.mark.parametrize("acts", [{"on_delete": models.CASCADE}, {"on_delete": models.PROTECT}, {"related_name": "x"}])
def test_key_across_the_line_that_acts_on_delete_or_leads_back_is_refused(monkeypatch, acts):
    assert found(monkeypatch, model(PRACTICE, practice=to(Practice, **acts))) == ["practices.E003"]


def test_second_key_to_one_network_table_is_refused(monkeypatch):
    one, two = model(PRACTICE, "One", practice=to(Practice)), model(PRACTICE, "Two", practice=to(Practice))
    assert found(monkeypatch, one) == []
    assert found(monkeypatch, one, two) == ["practices.E004"]


def test_app_on_both_sides_is_refused(monkeypatch, settings):
    settings.TENANT_APPS = [*settings.TENANT_APPS, "lms.accounts"]
    assert found(monkeypatch) == ["practices.E005"]


def test_counted_key_of_a_practice_record_is_refused(monkeypatch):
    assert found(monkeypatch, model(PRACTICE, id=models.BigAutoField(primary_key=True))) == ["practices.E006"]


@pytest.mark.parametrize(
    ("demo", "kind", "name"), [(True, CheckWarning, "practices.W001"), (False, Error, "practices.E007")]
)
def test_few_locks_are_a_warning_in_the_demo_and_an_error_for_real(db, settings, monkeypatch, demo, kind, name):
    settings.DEMO = demo
    assert checks.enough_locks(databases=["default"]) == []
    monkeypatch.setattr(checks, "FEWEST_LOCKS", 10**6)
    [message] = checks.enough_locks(databases=["default"])
    assert (type(message), message.id) == (kind, name)
