"""Who tries the doors, and which roles each of them holds where, said here independently of the product's code."""

from tests.crawl.doors import Door

NETWORK: dict[str, set[str]] = {
    "staff": {"staff"},
    "faculty": {"faculty"},
    "idle_faculty": {"faculty"},
    "advisor": {"advisor"},
}
IN_ALDER: dict[str, set[str]] = {
    "ada": {"leader", "former leader", "holder", "physician"},
    "abe": {"leader", "former leader", "physician"},
    "alan": {"leader", "former leader", "physician"},
    "amy": {"former leader", "physician"},
    "manager": {"leadership"},
    "administrator": {"leadership", "administrator"},
    "physician": {"physician"},
}
IN_BIRCH: dict[str, set[str]] = {
    "bea": {"leader", "former leader", "holder", "physician"},
    "birch_manager": {"leadership"},
    "birch_administrator": {"leadership", "administrator"},
}
# Roles that hold on every page, whatever the practice.
ANYWHERE: dict[str, set[str]] = {
    **{key: {"proposer", "reader"} for key in ("amy", "manager", "birch_manager", "physician")},
    **{key: {"proposer", "reader", "any leader"} for key in ("abe", "alan", "bea")},
    "ada": {"proposer", "reader", "any leader", "page holder"},
    **{key: {"proposer", "reader"} for key in ("faculty", "idle_faculty", "advisor")},
    "staff": {"reader"},
}
OUT = "signed out"
PEOPLE = (*NETWORK, *IN_ALDER, *IN_BIRCH, "nobody")
KNOWN_ROLES = {"public", "anyone"}.union(*NETWORK.values(), *IN_ALDER.values(), *ANYWHERE.values())

COHORT = {"ada", "abe"}
READERS = {"staff", "faculty", "idle_faculty", "advisor", "ada", "abe", "alan", "amy", "physician", "bea"} | {
    "manager",
    "birch_manager",
}
# Where a right is finer than a role: whose the row is that the world fills in, and so who alone gets to see it.
ALONE: dict[str, set[str]] = {
    "topics:topic": {"physician"},
    "topics:edit": {"physician"},
    "topics:discard": {"physician"},
    "curriculum:image": READERS,
    "curriculum:checklist": READERS,
    "curriculum:glossary": READERS,
    "curriculum:video": READERS,
    "curriculum:captions": READERS,
    "feedback_practice:survey": {"ada"},
    "certificates_practice:download": {"ada", "manager", "administrator", "staff"},
    "cohorts_practice:peer": COHORT,
    "cohorts_practice:cohort_session": COHORT,
    "cohorts_practice:session_calendar": COHORT,
    "cohorts_practice:reply": COHORT,
    "cohorts_practice:join": COHORT,
    "cohorts_staff:cohort_session": {"staff", "faculty"},
    "cohorts_staff:question": {"staff", "faculty"},
    "cohorts_staff:withdraw_answer": {"staff", "faculty"},
    "cohorts_practice:take_question_back": {"ada"},
    "cohorts_practice:completed_text": {"ada"},
    "cohorts_staff:attendance": {"staff", "faculty"},
}


def roles_of(key: str, practice: str = "alder") -> set[str]:
    """The roles that the person holds on a page of `practice`."""
    if key == OUT:
        return {"public"}
    held = IN_ALDER if practice == "alder" else IN_BIRCH
    return {"public", "anyone"} | NETWORK.get(key, set()) | ANYWHERE.get(key, set()) | held.get(key, set())


def is_rightful(key: str, door: Door, practice: str = "alder") -> bool:
    """Whether the person may open the door to what values_for fills in."""
    unknown = door.admits - KNOWN_ROLES
    assert not unknown, f"{door} admits {unknown}: say in tests/crawl/people.py who holds that role."
    return bool(roles_of(key, practice) & door.admits) and key in ALONE.get(door.name, {key})


def sees_practice(key: str, practice: str = "alder") -> bool:
    """Whether the practice's pages exist for the person at all: its members, and staff."""
    return key == "staff" or key in (IN_ALDER if practice == "alder" else IN_BIRCH)
