"""A cohort with one module and one session, and leaders in several practices."""

import datetime as dt
import itertools

from wagtail.models import Page

from cohorts import signals
from cohorts.network.enums import RequirementKind, SessionMode
from cohorts.network.models import Cohort, CohortSession, Requirement
from cohorts.practice.enums import EnrollmentState, NominationState
from cohorts.practice.models import Completion, Enrollment, Nomination, PageRecord
from curriculum.models import FrontPage, ModulePage, ProgramPage
from feedback.network.models import Answer, Response
from feedback.practice.models import SurveyInvitation
from lms import clock
from lms.people.actions import person_for
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.schema import enter
from tests.curriculum.factory import add_live
from tests.fixtures import make_user

STARTS_ON = dt.date(2025, 9, 1)
NOON = dt.datetime(2025, 10, 6, 19, 0, tzinfo=dt.UTC)  # noon in Los Angeles
_numbers = itertools.count(1)


def make_cohort(name: str = "2025–27", zone: str = "America/Los_Angeles") -> Cohort:
    program = ProgramPage.objects.first()
    if program is None:
        front = FrontPage(title="Front", lede="Lede", slug=f"front-{next(_numbers)}")
        add_live(Page.objects.get(depth=1), front)
        program = add_live(front, ProgramPage(title="Physician leadership", slug="program"))
    return Cohort.objects.create(name=name, program=program, starts_on=STARTS_ON, years=2, westernmost_zone=zone)


def make_module(cohort: Cohort, title: str = "Joint Venture Opportunities", due_months: int = 2) -> Requirement:
    page = cohort.program.get_children().type(ModulePage).filter(title=title).first()
    module = (
        page.specific
        if page
        else add_live(cohort.program, ModulePage(title=title, short_title=title[:24], lede="Lede"))
    )
    return Requirement.objects.create(
        cohort=cohort,
        kind=RequirementKind.MODULE,
        module=module,
        title=title,
        short_title=title[:24],
        year=1,
        due_months=due_months,
    )


def make_session(cohort: Cohort, title: str = "Case clinic", ends_at: dt.datetime = NOON) -> CohortSession:
    return CohortSession.objects.create(
        cohort=cohort,
        title=title,
        mode=SessionMode.VIRTUAL,
        starts_at=ends_at - dt.timedelta(hours=1),
        ends_at=ends_at,
        time_zone="America/Chicago",
    )


def enroll(practice, cohort: Cohort, name: str = "", state=EnrollmentState.ACTIVE, user=None) -> Enrollment:
    """An enrollment of `user`, or of a new one named `name`, in `practice`."""
    number = next(_numbers)
    user = user or make_user(f"leader{number}@{practice.slug}.example", name or f"Leader {number}")
    grant_membership(user=user, practice=practice, role=PracticeRole.PHYSICIAN)
    cohort.practices.add(practice)
    with enter(practice):
        nomination = Nomination.objects.create(
            cohort=cohort,
            state=NominationState.ACCEPTED,
            name=user.name,
            email=user.email,
            why="Leads already.",
            protected_hours=8,
            sponsor_id=user.pk,
            sponsor_name="Sponsor",
            sponsor_email="sponsor@example.com",
            submitted_at=clock.now(),
        )
        return Enrollment.objects.select_related("person__user").get(
            pk=Enrollment.objects.create(
                nomination=nomination, person=person_for(user=user), state=state, enrolled_at=clock.now()
            ).pk
        )


def complete(practice, enrollment: Enrollment, requirement: Requirement) -> SurveyInvitation | None:
    """The leader completes the module; the invitation to its survey, if there is one."""
    with enter(practice):
        record = PageRecord.objects.create(
            person=enrollment.person, page=requirement.module.page_ptr, started_at=clock.now(), seen_at=clock.now()
        )
        completion = Completion.objects.create(record=record, completed_at=clock.now())
        signals.module_completed.send(
            sender=None, enrollment=enrollment, requirement=requirement, completion=completion
        )
        return (
            SurveyInvitation.objects.select_related("window__cohort", "person__user")
            .filter(person=enrollment.person, window__module=requirement.module)
            .first()
        )


def respond(window, **values) -> Response:
    """A response as a submit leaves it, from {question key with _ for -: value}."""
    response = Response.objects.create(window=window)
    for key, value in values.items():
        words = {"text": value} if isinstance(value, str) else {"value": value}
        Answer.objects.create(response=response, question_key=key.replace("_", "-"), **words)
    return response
