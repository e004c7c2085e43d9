import pytest
from django.test import Client

from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.curriculum.factory import Tree, make_tree
from tests.fixtures import make_user, signed_in


@pytest.fixture
def tree(db) -> Tree:
    return make_tree()


@pytest.fixture
def physician(alder):
    user = make_user("physician@alder.example", "Phil Osei", credentials="MD")
    grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
    return user


@pytest.fixture
def no_role(db):
    return make_user("nobody@network.example", "No Body")


@pytest.fixture
def as_advisor(advisor) -> Client:
    return signed_in(advisor)
