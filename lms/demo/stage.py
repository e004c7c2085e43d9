"""Setting the demo's stage: practices, people with roles, curriculum, program and standard surveys."""

import datetime as dt
from dataclasses import dataclass, field

from curriculum.actions import make_program
from curriculum.models import FrontPage, ProgramPage
from lms import clock
from lms.accounts.actions import accept_invitation, grant_network_role, invite, person_with_account
from lms.accounts.enums import DEMO_PASSWORD, NetworkRole
from lms.accounts.models import Invitation, User
from lms.demo import cast, shared
from lms.practices.actions import grant_membership, onboard_practice
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice

ADVISOR_SIGN_INS = {"publisher": "advisor", "reviewer": "reviewer", "author": "author"}


@dataclass
class Stage:
    """What stands before the first cohort starts."""

    staff: User
    practices: list[Practice] = field(default_factory=list)
    sponsors: list[User] = field(default_factory=list)
    faculty: list[User] = field(default_factory=list)
    advisors: list[User] = field(default_factory=list)
    program: ProgramPage = field(init=False)


def set_up(front: FrontPage, begins: dt.date) -> Stage:
    """Everything that is there on the day `begins`, through the actions that staff's clicks would call."""
    people = cast.read("people.toml")
    with clock.at(dt.datetime.combine(begins, dt.time(15), dt.UTC)):
        stage = Stage(staff=_account("Tess Park", f"staff@{cast.DOMAIN}", roles=[NetworkRole.STAFF]))
        for name, credentials, _, _ in people["faculty"]:
            stage.faculty.append(
                _account(name, _network_address(name, "faculty", stage.faculty), credentials, ["faculty"])
            )
        for name, credentials, role in people["advisors"]:
            stage.advisors.append(_account(name, f"{ADVISOR_SIGN_INS[role]}@{cast.DOMAIN}", credentials, [role]))
        for number, facts in enumerate(cast.read("network.toml")["practices"]):
            stage.practices.append(_practice(facts))
            stage.sponsors.append(_leadership(stage.practices[-1], number, people))
        _physician(stage.practices[2], people)
        stage.program = _program(front, people["faculty"], stage.faculty)
    return stage


def _network_address(name: str, sign_in: str, there: list) -> str:
    return f"{sign_in}@{cast.DOMAIN}" if not there else cast.address(name, "network.example")


def _account(name: str, email: str, credentials: str = "", roles=(), zone: str = "America/Chicago") -> User:
    user = person_with_account(name=name, email=email, credentials=credentials, time_zone=zone)
    for role in roles:
        grant_network_role(user=user, role=role)
    sign_up(invite(user=user, key=f"demo:{email}"))
    return user


def sign_up(invitation: Invitation) -> User:
    """Accept an invitation, as the invited person would, with the demo's password."""
    user = invitation.user
    return accept_invitation(
        invitation=invitation,
        generation=invitation.generation,
        password=DEMO_PASSWORD,
        name=user.name,
        credentials=user.credentials,
        time_zone=user.time_zone,
    )


def _practice(facts: dict) -> Practice:
    return onboard_practice(
        name=facts["name"],
        city=facts["city"],
        state=facts["state"],
        time_zone=facts["time_zone"],
        joined_on=facts["joined_on"],
        accent=facts["accent"],
        offices=[tuple(office) for office in facts["offices"]],
    )


def _leadership(practice: Practice, number: int, people: dict) -> User:
    """The managing physician, who sponsors, and the administrator; the first of the former is practice@."""
    name, credentials = people["managing_physicians"][number]
    host = f"practice{number + 1}.example"
    email = f"practice@{cast.DOMAIN}" if number == 0 else cast.address(name, host)
    sponsor = _account(name, email, credentials, zone=practice.time_zone)
    grant_membership(user=sponsor, practice=practice, role=PracticeRole.MANAGING_PHYSICIAN)
    administrator = people["administrators"][number]
    user = _account(administrator, cast.address(administrator, host), zone=practice.time_zone)
    grant_membership(user=user, practice=practice, role=PracticeRole.ADMINISTRATOR)
    return sponsor


def _physician(practice: Practice, people: dict) -> None:
    """A physician in no cohort, who reads the curriculum and proposes topics."""
    name, credentials = people["physician"]
    user = _account(name, f"physician@{cast.DOMAIN}", credentials, zone=practice.time_zone)
    grant_membership(user=user, practice=practice, role=PracticeRole.PHYSICIAN)


def _program(front: FrontPage, teachers: list, faculty: list[User]) -> ProgramPage:
    plan = cast.read("plan.toml")
    blocks = shared.furnish(faculty=faculty)
    modules = []
    for module, when in zip(cast.curriculum(), plan["modules"], strict=True):
        teaching = [
            {"user": user, "about": about}
            for user, (_, _, about, slugs) in zip(faculty, teachers, strict=True)
            if module["slug"] in slugs
        ]
        modules.append({**shared.shown_in(module, blocks, faculty), **when, "faculty": teaching})
    fields = ("title", "year", "month", "mode", "minutes")
    return make_program(
        parent=front,
        title="Physician Leadership Program",
        slug="program",
        years=2,
        lede="Two years of modules, sessions and practice, for physicians whom their practices name as future leaders.",
        modules=modules,
        sessions=[{name: session[name] for name in fields} for session in plan["sessions"]],
    )
