import pytest

from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.curriculum.factory import Tree, make_tree
from tests.curriculum.review.writing import Desk
from tests.fixtures import make_user


@pytest.fixture
def tree(db) -> Tree:
    return make_tree()


def _advisor(name: str, role: NetworkRole):
    user = make_user(f"{role}@network.example", name)
    grant_network_role(user=user, role=role)
    return user


@pytest.fixture
def author(db):
    return _advisor("Ines Carvalho", NetworkRole.AUTHOR)


@pytest.fixture
def reviewer(db):
    return _advisor("Gabriel Monroe", NetworkRole.REVIEWER)


@pytest.fixture
def chair(db):
    return _advisor("Ruth Adler", NetworkRole.PUBLISHER)


@pytest.fixture
def desk(tree):
    """The lesson that everybody here works on."""
    return Desk(tree.lessons[0])
