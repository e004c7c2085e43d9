"""A cohort in its third month: every page has something to show."""

import datetime as dt
from dataclasses import dataclass

from django.core.management import call_command

from certificates.practice.models import Certificate
from cohorts.network.actions import add_session, announce_ended_sessions, create_cohort, edit_session
from cohorts.network.models import Cohort, CohortSession
from cohorts.practice.attending import mark_attendance
from cohorts.practice.checking import submit_check
from cohorts.practice.models import Enrollment, Nomination
from cohorts.practice.nominating import answer_nomination, nominate
from curriculum.checking import checks_of
from feedback.network.actions import publish_decision
from feedback.network.models import Answer, ToDo, Window
from feedback.network.to_dos import close_with_publication, make_to_do, settle_to_do
from feedback.network.windows import ends_at
from feedback.staff.nightly import release_all
from lms import clock
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.browser import world
from tests.browser.site import Site
from tests.curriculum.factory import Tree, make_tree
from tests.live import wait_for

NAMES = ["Leela Raghunathan", "Noor Haddad", "Ivo Lang", "Ada Quist", "Sam Osei", "Łucja Nguyễn"]


@dataclass
class Busy:
    """Whom and what the pages are about."""

    site: Site
    tree: Tree
    alder: Practice
    staff: User
    faculty: User
    advisor: User
    manager: User
    cohort: Cohort
    leaders: list[tuple[Practice, Enrollment]]
    asked: Nomination
    confirmed: Nomination
    past: CohortSession
    coming: CohortSession
    certificate: Certificate
    to_do: ToDo
    closed: ToDo

    @property
    def leela(self) -> Enrollment:
        return self.leaders[0][1]

    @property
    def noor(self) -> Enrollment:
        return self.leaders[1][1]


def make_busy(site: Site) -> Busy:
    call_command("start_network", staff_email="office@network.example", staff_name="The Office", verbosity=0)
    tree = make_tree()
    alder, birch, cedar = (
        Practice.objects.get(slug=slug) for slug in ("alder-oncology", "birch-hematology", "cedar-cancer-care")
    )
    staff = world.person("tess@network.example", "Tess Park", role=NetworkRole.STAFF)
    faculty = world.person("dana@network.example", "Dana Whitlock", role=NetworkRole.FACULTY)
    advisor = world.person("ruth@network.example", "Ruth Adler", role=NetworkRole.PUBLISHER)
    manager = world.managing_physician(alder, "mona@alder.example", "Mona Reyes")
    now = clock.now()
    with clock.at(now - dt.timedelta(days=80)):
        cohort = create_cohort(
            program=tree.program,
            name="Cohort One",
            starts_on=(now - dt.timedelta(days=60)).date(),
            nominations_close_on=(now + dt.timedelta(days=20)).date(),
        )
        past = CohortSession.objects.get(cohort=cohort)
        edit_session(cohort_session=past, faculty=[faculty], venue="Hotel Harbor", address="1 Pier, Reno, NV")
        homes = [alder, alder, birch, birch, cedar, cedar]
        leaders = [(home, world.leader(home, cohort, staff, name)) for home, name in zip(homes, NAMES, strict=True)]
    asked = _nominated(alder, cohort, manager, "Paula Stern")
    confirmed = _nominated(alder, cohort, manager, "Jon Aziz")
    answer_nomination(practice=alder, nomination=confirmed, yes=True)
    coming = add_session(
        cohort=cohort,
        title="Case clinic",
        about="Bring one decision that you put off.",
        mode="virtual",
        starts_at=now + dt.timedelta(days=9),
        ends_at=now + dt.timedelta(days=9, hours=1),
        time_zone="America/Denver",
        meeting_url="https://meet.example/room",
        faculty=[faculty],
        required=False,
    )
    _hold(past, leaders, staff)
    _answer_and_release(past, cohort, leaders, staff)
    _read(tree, leaders)
    to_do = make_to_do(by=advisor, title="Add an example of a bad packet", page=tree.checked, assignee=advisor)
    close_with_publication(to_do=to_do, by=advisor, said="More examples.", did="Three more.")
    closed = make_to_do(by=advisor, title="Shorten the lunch", cohort_session=past)
    settle_to_do(to_do=closed, by=advisor, state="declined", reason="It is short already.")
    with enter(alder):
        certificate = wait_for(lambda: _certificate(site), 60, "the certificate")
    return Busy(
        site,
        tree,
        alder,
        staff,
        faculty,
        advisor,
        manager,
        cohort,
        leaders,
        asked,
        confirmed,
        past,
        coming,
        certificate,
        to_do,
        closed,
    )


def _nominated(practice: Practice, cohort: Cohort, sponsor: User, name: str) -> Nomination:
    email = f"{name.lower().replace(' ', '.')}@alder.example"
    return nominate(
        practice=practice,
        cohort=cohort,
        sponsor=sponsor,
        name=name,
        email=email,
        why="Asks the right questions.",
        protected_hours=6,
    )


def _hold(past: CohortSession, leaders: list, staff: User) -> None:
    with clock.at(past.ends_at + dt.timedelta(hours=2)):
        announce_ended_sessions()
        marks = ["attended"] * 4 + ["absent", "excused"]
        for (practice, enrollment), mark in zip(leaders, marks, strict=True):
            mark_attendance(
                practice=practice,
                enrollment_id=enrollment.pk,
                cohort_session=past,
                attendance=mark,
                how="in_person",
                by=staff,
            )


def _answer_and_release(past: CohortSession, cohort: Cohort, leaders: list, staff: User) -> None:
    with clock.at(past.ends_at + dt.timedelta(days=1)):
        for number, (practice, enrollment) in enumerate(leaders):
            words = {"session_change": "A shorter lunch."} if number == 0 else {}
            world.answer(
                practice,
                enrollment,
                session_useful=1 + number % 5,
                session_recommend=4 + number,
                session_helped=f"Case {number} helped.",
                **words,
            )
    window = Window.objects.get(cohort_session=past)
    with clock.at(ends_at(window) + dt.timedelta(hours=3)):
        release_all()
        picked = Answer.objects.filter(shown_in__isnull=False).exclude(text="").values_list("pk", flat=True)[:1]
        publish_decision(by=staff, cohort=cohort, said="More cases.", did="One each quarter.", comments=picked)


def _read(tree: Tree, leaders: list) -> None:
    """One leader finishes the module, which completes their year; another fails its check."""
    practice, done = leaders[0]
    world.finish(practice, done, tree.modules[0])
    practice, trying = leaders[1]
    with enter(practice):
        for check in checks_of(tree.checked):
            wrong = {question.id: [question.options[0].id] for question in check.questions}
            submit_check(enrollment=trying, lesson=tree.checked, check_id=check.id, chosen=wrong)


def _certificate(site: Site) -> Certificate | None:
    site.task("lms.outbox.tasks.relay")
    return Certificate.objects.select_related("registry").first()
