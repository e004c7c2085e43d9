import contextlib
import logging
import uuid
from http.cookies import SimpleCookie

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from lms import clock
from tests.conftest import copy_database, drop_database, using_database
from tests.crawl import world as worlds
from tests.crawl.people import OUT, PEOPLE
from tests.fixtures import BACKEND


class Visitor(Client):
    """A browser that sends the same cookies at each request: no request is met by what an earlier one left behind.

    A failure is a 500, as a visitor meets it.
    """

    def __init__(self, user=None):
        super().__init__(raise_request_exception=False)
        if user is not None:
            self.force_login(user, backend=BACKEND)

    def request(self, **request):
        before = SimpleCookie({name: morsel.value for name, morsel in self.cookies.items()})
        try:
            return super().request(**request)
        finally:
            self.cookies = before


@pytest.fixture(scope="session")
def _built(template_database, django_db_blocker):
    """The world's database, made once for all modules: no test of them keeps what it writes."""
    name = f"lms_crawl_{uuid.uuid4().hex[:12]}"
    copy_database(template_database, name)
    with django_db_blocker.unblock(), using_database(name):
        world = worlds.build()
        clients = {key: Visitor(world.people[key]) for key in PEOPLE} | {OUT: Visitor()}
    yield name, world, clients
    drop_database(name)


@pytest.fixture(scope="module")
def _standing(_built, django_db_blocker):
    with django_db_blocker.unblock(), using_database(_built[0]), clock.at(worlds.NOW):
        yield


@pytest.fixture(autouse=True)
def _undone(_standing):
    """What a test writes is undone; so is what the pages that limit requests have counted."""
    for cache in caches.all():
        cache.clear()
    with undone():
        yield


@contextlib.contextmanager
def undone():
    """Undo what the block writes, and what it broke."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(_built):
    return _built[1]


@pytest.fixture
def clients(_built) -> dict[str, Client]:
    return _built[2]


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """Refusals are what is asked for; only failures are worth a line."""
    caplog.set_level(logging.ERROR, logger="django.request")
