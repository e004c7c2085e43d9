"""A small cohort with records: two modules of two lessons, one session a year, and leaders to put in it."""

import datetime as dt
import uuid

from wagtail.models import Page

from cohorts.network.models import Cohort, CohortSession, Requirement
from cohorts.practice.models import Enrollment, Nomination
from curriculum.models import FrontPage, LessonPage, ModulePage, ProgramPage
from lms import clock
from lms.people.actions import person_for
from lms.practices.actions import grant_membership
from lms.practices.schema import enter
from tests.curriculum.factory import add_live
from tests.fixtures import make_user

START = dt.date(2025, 9, 1)
NOON = dt.datetime(2026, 1, 15, 18, 0, tzinfo=dt.UTC)  # month 5; noon in Chicago
CHECK = "6f1f6c1e-0000-4000-8000-00000000c001"
PROMPT = "6f1f6c1e-0000-4000-8000-00000000f001"


def _id(number: int) -> str:
    return str(uuid.UUID(int=(0x4 << 76) | (0x8 << 60) | number))


QUESTION, RIGHT, WRONG = _id(1), _id(2), _id(3)


def check_block(attempts: int = 2) -> dict:
    options = [
        {"type": "item", "id": RIGHT, "value": {"text": "Net margin", "correct": True, "reason": "It pays the rent."}},
        {"type": "item", "id": WRONG, "value": {"text": "Volume", "correct": False, "reason": "It can lose money."}},
    ]
    question = {"kind": "single", "text": "Which number first?", "options": options}
    questions = [{"type": "item", "id": QUESTION, "value": question}]
    value = {"title": "Check yourself", "pass_mark": 70, "attempts": attempts, "questions": questions}
    return {"type": "check", "id": CHECK, "value": value}


def make_program() -> tuple[ProgramPage, list[ModulePage]]:
    """A program of two modules; the first module's first lesson has a check and a reflection."""
    root = Page.objects.get(depth=1)
    front = add_live(root, FrontPage(title="Front", slug=f"front-{uuid.uuid4().hex[:8]}", lede="Welcome."))
    program = add_live(front, ProgramPage(title="Physician Leadership", slug="program", years=2))
    modules = []
    for title in ("Drug Reimbursement", "Care Teams"):
        module = add_live(program, ModulePage(title=title, short_title=title, lede="About it."))
        for number in (1, 2):
            body = [{"type": "text", "id": str(uuid.uuid4()), "value": f"<p>{title} text {number}</p>"}]
            if title == "Drug Reimbursement" and number == 1:
                prompt = {"type": "reflection", "id": PROMPT, "value": {"prompt": "What would you change?"}}
                body += [check_block(), prompt]
            add_live(module, LessonPage(title=f"{title} {number}", lede="In short.", body=body))
        modules.append(module)
    return program, modules


def make_session(cohort: Cohort, title: str, starts_at: dt.datetime, **fields) -> CohortSession:
    return CohortSession.objects.create(
        cohort=cohort,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        **{"mode": "virtual", "time_zone": "America/Chicago", "meeting_url": "https://meet.example/a?b=1", **fields},
    )


def require(cohort: Cohort, subject, year: int, **fields) -> Requirement:
    kind = "module" if isinstance(subject, ModulePage) else "session"
    named = {"module": subject} if kind == "module" else {"cohort_session": subject}
    return Requirement.objects.create(
        cohort=cohort, kind=kind, title=subject.title, short_title=subject.title[:24], year=year, **named, **fields
    )


def make_cohort(name: str = "Cohort 2025–27", program=None, modules=None) -> Cohort:
    """Year 1: a module from October to December and a session in February; year 2: another of each."""
    if program is None:
        program, modules = make_program()
    cohort = Cohort.objects.create(name=name, program=program, starts_on=START, years=2)
    require(cohort, modules[0], 1, opens_months=1, due_months=5, position=1)
    require(cohort, modules[1], 2, opens_months=13, due_months=15, position=2)
    first = make_session(cohort, "Office hours", dt.datetime(2026, 2, 5, 23, 30, tzinfo=dt.UTC))
    second = make_session(cohort, "Closing retreat", dt.datetime(2027, 6, 11, 14, 0, tzinfo=dt.UTC), mode="in_person")
    require(cohort, first, 1, position=3)
    require(cohort, second, 2, position=4)
    return cohort


def make_leader(practice, cohort: Cohort, name: str = "Leela Raghunathan", **fields) -> Enrollment:
    """A physician of `practice` who leads in `cohort`."""
    email = f"{name.lower().replace(' ', '.')}-{uuid.uuid4().hex[:6]}@{practice.slug}.example"
    user = make_user(email, name, credentials="MD", time_zone=practice.time_zone)
    grant_membership(user=user, practice=practice, role="physician")
    cohort.practices.add(practice)
    with enter(practice):
        nomination = Nomination.objects.create(
            cohort=cohort,
            state="accepted",
            name=name,
            email=email,
            why="Ready.",
            protected_hours=4,
            sponsor_id=uuid.uuid4(),
            sponsor_name="Mona Reyes",
            sponsor_email="manager@alder.example",
            submitted_at=clock.now(),
        )
        return Enrollment.objects.create(
            nomination=nomination,
            person=person_for(user=user),
            enrolled_at=dt.datetime(2025, 8, 20, 15, 0, tzinfo=dt.UTC),
            **fields,
        )


def lessons(module: ModulePage) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(module).order_by("path"))
