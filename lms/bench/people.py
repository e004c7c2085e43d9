"""Leaders for the benchmark, made by the product's own actions where the page reads what they write."""

from django.test import Client
from django.urls import reverse

from cohorts.network.actions import create_cohort
from cohorts.network.models import Cohort
from cohorts.practice.enrolling import withdraw_enrollment
from cohorts.practice.learning import complete_lesson, open_page
from cohorts.practice.models import Completion, Enrollment, Nomination, PageRecord
from cohorts.practice.nominating import add_leader
from curriculum.actions import make_front_page, make_program
from curriculum.reading import lessons_of
from lms import clock
from lms.accounts.actions import grant_network_role, person_with_account
from lms.accounts.models import User
from lms.demo import cast
from lms.people.models import Person
from lms.practices.models import Practice
from lms.practices.schema import enter

IN_ONE_COHORT, OF_PRACTICES = 28, 15


def _cohort() -> Cohort:
    if found := Cohort.objects.first():
        return found
    front = make_front_page(title="Front", lede="Words.")
    plan = cast.read("plan.toml")
    fields = ("title", "year", "month", "mode", "minutes")
    program = make_program(
        parent=front,
        title="Program",
        slug="program",
        modules=[{**m, **w} for m, w in zip(cast.curriculum(), plan["modules"], strict=True)],
        sessions=[{name: session[name] for name in fields} for session in plan["sessions"]],
    )
    return create_cohort(program=program, name="Measured", starts_on=cast.months_before(clock.now().date(), 8))


def _staff() -> User:
    user = person_with_account(email="staff@bench.example", name="Staff")
    grant_network_role(user=user, role="staff")
    return user


def spread_leaders() -> None:
    """One leader with twenty completed pages in every practice, written in bulk: what a summary reads."""
    cohort, now = _cohort(), clock.now()
    pages = [lesson for plan in cohort.program.plan_modules.all() for lesson in lessons_of(plan.module)][:20]
    for number, practice in enumerate(Practice.objects.all()):
        user = User.objects.create(email=f"spread{number}@bench.example", name=f"Leader {number}")
        with enter(practice):
            person = Person.objects.create(user=user)
            nomination = Nomination.objects.create(
                cohort=cohort,
                state="accepted",
                name=user.name,
                email=user.email,
                why="Measured",
                protected_hours=8,
                sponsor_id=user.pk,
                sponsor_name="Sponsor",
                sponsor_email="sponsor@bench.example",
                submitted_at=now,
            )
            Enrollment.objects.create(nomination=nomination, person=person, enrolled_at=now)
            records = PageRecord.objects.bulk_create(
                PageRecord(person=person, page=page, started_at=now, seen_at=now) for page in pages
            )
            Completion.objects.bulk_create(Completion(record=record, completed_at=now) for record in records)


def a_leader() -> tuple[Client, str, str, int]:
    """A signed-in leader half a year in, among 28 of 15 practices: client, journey, a lesson, how many there are."""
    for practice in Practice.objects.all():  # the bulk ones leave the stage
        with enter(practice):
            for enrollment in Enrollment.objects.all():
                withdraw_enrollment(enrollment=enrollment)
    cohort, staff = _cohort(), _staff()
    cohort.practices.clear()
    practices = list(Practice.objects.all()[:OF_PRACTICES])
    for number in range(IN_ONE_COHORT):
        practice = practices[number % OF_PRACTICES]
        with enter(practice):
            enrollment = add_leader(
                practice=practice,
                cohort=cohort,
                by=staff,
                name=f"Measured Leader {number}",
                email=f"leader{number}@bench.example",
                why="Measured",
                protected_hours=8,
            )
            if number == 0:
                lesson = _read_some(enrollment)
                user, at_home = enrollment.person.user, practice
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    journey = reverse("cohorts_practice:journey", kwargs={"practice": at_home.slug})
    reading = reverse("cohorts_practice:lesson", kwargs={"practice": at_home.slug, "page": lesson.pk})
    return client, journey, reading, IN_ONE_COHORT


def _read_some(enrollment: Enrollment):
    """Complete the first modules' lessons that have no check; returns the next one to read."""
    modules = [plan.module for plan in enrollment.nomination.cohort.program.plan_modules.all()[:4]]
    for module in modules[:3]:
        for lesson in lessons_of(module)[:-1]:
            open_page(person=enrollment.person, page=lesson)
            complete_lesson(enrollment=enrollment, lesson=lesson)
    return lessons_of(modules[3])[0]
