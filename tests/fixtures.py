"""People and practices that most tests need. `alder`, `birch` and `cedar` stand in every test database."""

import pytest
from django.test import Client

from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make_user(email: str, name: str = "", **fields) -> User:
    return User.objects.create_user(email, "demo", name=name or email.split("@")[0].title(), **fields)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def alder(db) -> Practice:
    return Practice.objects.get(slug="alder-oncology")


@pytest.fixture
def birch(db) -> Practice:
    return Practice.objects.get(slug="birch-hematology")


@pytest.fixture
def cedar(db) -> Practice:
    return Practice.objects.get(slug="cedar-cancer-care")


@pytest.fixture
def staff(db) -> User:
    user = make_user("staff@network.example", "Tess Park")
    grant_network_role(user=user, role=NetworkRole.STAFF)
    return user


@pytest.fixture
def faculty(db) -> User:
    user = make_user("faculty@network.example", "Dana Whitlock")
    grant_network_role(user=user, role=NetworkRole.FACULTY)
    return user


@pytest.fixture
def advisor(db) -> User:
    user = make_user("advisor@network.example", "Ruth Adler", credentials="MD")
    grant_network_role(user=user, role=NetworkRole.PUBLISHER)
    return user


@pytest.fixture
def manager(alder) -> User:
    """A managing physician of alder."""
    user = make_user("manager@alder.example", "Mona Reyes", credentials="MD")
    grant_membership(user=user, practice=alder, role=PracticeRole.MANAGING_PHYSICIAN)
    return user


@pytest.fixture
def outsider(birch) -> User:
    """The standing outsider: a managing physician of another practice, who tries each door."""
    user = make_user("outsider@birch.example", "Otto Strand", credentials="MD")
    grant_membership(user=user, practice=birch, role=PracticeRole.MANAGING_PHYSICIAN)
    return user
