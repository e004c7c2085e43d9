import datetime as dt

import pytest

from lms import clock
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.fixtures import make_user

NOW = dt.datetime(2025, 10, 6, 15, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _october():
    with clock.at(NOW):
        yield


@pytest.fixture
def physician(alder) -> User:
    """A physician of alder, in no cohort."""
    user = make_user("phil@alder.example", "Phil Ottershaw", credentials="MD")
    grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
    return user


@pytest.fixture
def member(db) -> User:
    """Another member of the advisory group, beside `advisor`."""
    user = make_user("vera@network.example", "Vera Lindqvist", credentials="MD")
    grant_network_role(user=user, role=NetworkRole.REVIEWER)
    return user
