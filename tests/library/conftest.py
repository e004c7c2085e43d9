import datetime as dt

import pytest

from cohorts.network.actions import create_cohort
from cohorts.practice.nominating import add_leader
from curriculum.actions import publish_module
from lms import clock
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.schema import enter
from tests.curriculum.factory import CHECK, lesson, make_tree, module
from tests.fixtures import make_user, signed_in

PAYOR = {
    **module(
        "Payor Negotiations",
        [
            {
                **lesson("Walking away"),
                "summary": "When no deal beats this deal.",
                "body": [
                    {
                        "type": "text",
                        "value": "<p>Know your alternative before drug reimbursement comes up.</p>",
                    },
                    CHECK,
                ],
            },
            lesson("Reading the contract"),
        ],
        year=2,
    ),
    "competencies": ["Negotiation"],
}


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def payor(tree, faculty):
    """A module in no plan, whose first lesson has a check, taught by Dana Whitlock."""
    taught = [{"user": faculty, "about": "Negotiated forty contracts for small practices"}]
    return publish_module(program=tree.program, data=PAYOR, faculty=taught)


@pytest.fixture
def physician(alder):
    user = make_user("physician@alder.example", "Phil Osei", credentials="MD")
    grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
    return user


@pytest.fixture
def as_physician(physician):
    return signed_in(physician)


@pytest.fixture
def leader(alder, tree, staff):
    """A leader of a cohort that began two months ago: Finance is open to them, Speaking not yet."""
    cohort = create_cohort(program=tree.program, name="Cohort", starts_on=clock.now().date() - dt.timedelta(days=60))
    with enter(alder):
        enrollment = add_leader(
            practice=alder,
            cohort=cohort,
            by=staff,
            name="Lena Ortiz",
            email="lena@alder.example",
            why="Asked by colleagues.",
            protected_hours=8,
        )
        return enrollment.person.user
