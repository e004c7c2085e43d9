"""Playing the demo's two years: every record is made by the action that a user's click would call, at its own time.

The same on every run for one date: names, states and figures come from the TOML files and from dice with fixed
seeds. Ids and signatures differ.
"""

import datetime as dt
import random
from collections.abc import Callable
from functools import partial

from django.db import connection
from django.utils.text import slugify

from certificates.network.actions import make_standard_designs
from cohorts.network.actions import announce_ended_sessions, create_cohort, edit_session
from cohorts.network.models import Cohort, CohortSession
from cohorts.practice.models import Nomination
from cohorts.practice.nominating import accept_nomination, answer_nomination, nominate, waitlist_nomination
from curriculum.actions import make_front_page, make_info_page, open_cms_to_roles
from curriculum.models import FrontPage, ProgramPage
from feedback.network.actions import make_standard_surveys, publish_decision
from feedback.network.models import Window
from feedback.staff.nightly import release_all
from lms import clock
from lms.accounts.models import Invitation
from lms.celery import app as celery_app
from lms.demo import asked, banks, cast, changes, evidence, reviews, saving, stage, topics
from lms.demo.calendar import Calendar, at
from lms.demo.life import Leader, Life
from lms.outbox.delivery import OPEN, deliver
from lms.outbox.models import OutboxRow
from lms.people.models import Person
from lms.practices.schema import enter
from topics.speaking import remind_speakers

MONTHS_RUNNING = (18, 4)  # today lies in month 19 and in month 5
MONTHS_TO_THE_NEXT = 5
NIGHT = dt.time(9)  # UTC
SIGNATORIES = [("Ruth Adler, MD, FASCO", "Chair, Educational Advisory Group"), ("Tess Park", "Program Director")]


def load(*, say: Callable[[str], object]) -> None:
    """Load everything up to now. `say` is given lines of progress."""
    # An interrupted load begins afresh, so its many small commits need not each wait for the disk.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    now = clock.now()
    starts = [cast.months_before(now.date(), months) for months in MONTHS_RUNNING]
    begins = starts[0] - dt.timedelta(days=70)
    say(f"  Curriculum, practices and people, as of {begins:%B %Y}")
    with clock.at(at(begins, 9, "America/Chicago")):
        front = _pages()
        open_cms_to_roles()
        make_standard_surveys()
        make_standard_designs(signatories=SIGNATORIES)
    standing = stage.set_up(front, begins)
    with clock.at(at(begins, 10, "America/Chicago")):
        banks.fill(by=standing.advisors[0])
    calendar = Calendar(until=now)
    parts = cast.leaders(cast.read("network.toml")["practices"], cast.read("people.toml")["leaders"])
    voices = _voices()
    for number, day in enumerate(starts):
        opening = Opening(calendar, standing, [p for p in parts if p.cohort == number], voices[number], day)
        calendar.add(at(day - dt.timedelta(days=60), 10, "America/Chicago"), opening.announce)
    next_start = cast.months_before(now.date(), -MONTHS_TO_THE_NEXT)
    next_cohort = NextCohort(calendar, standing, next_start)
    calendar.add(now - dt.timedelta(days=25), next_cohort.announce)
    calendar.add(now - dt.timedelta(days=30), partial(_move_last_module, standing))
    reviews.lay_out(calendar, standing.advisors, now)
    changes.lay_out(calendar, standing.advisors, now)
    with clock.at(at(begins, 11, "America/Chicago")):
        topics.plan(calendar=calendar, stage=standing, front=front)
    evidence.plan_to_dos(calendar, standing, now)
    asked.plan(calendar, standing, now)
    _nights(calendar, begins, now)
    calendar.play(lambda month: say(f"  {month:%B %Y}"))
    _drain()
    saving.save_some()
    celery_app.control.purge()  # whatever was handed to the broker on the way is delivered


def _pages() -> FrontPage:
    texts = cast.read("pages.toml")
    front = make_front_page(**{key: texts["front"][key] for key in ("title", "lede", "body")})
    for page in texts["pages"]:
        make_info_page(parent=front, title=page["title"], slug=page["slug"], lede=page["summary"], body=page["body"])
    return front


def _voices() -> list[dict]:
    """The comments dealt to the two cohorts, two thirds and one third, so that nothing is said twice."""
    voices = cast.read("voices.toml")
    dealt: list[dict] = []
    for number in (0, 1):
        mine = {"decisions": voices["decisions"] if number == 0 else voices["decisions"][:2]}
        for kind in ("modules", "sessions"):
            mine[kind] = {
                name: {
                    side: [w for i, w in enumerate(words) if (i % 3 == 2) == bool(number)]
                    for side, words in sides.items()
                }
                for name, sides in voices[kind].items()
            }
        dealt.append(mine)
    return dealt


def _move_last_module(standing: stage.Stage) -> None:
    """The advisory group gives the last module a month more: staff decide what that means for running cohorts."""
    program = ProgramPage.objects.get(pk=standing.program.pk)
    last = max(program.plan_modules.all(), key=lambda row: (row.due_month, row.opens_month))
    last.opens_month -= 1
    program.plan_modules.add(last)  # the page keeps what is added to it, not what was read from it
    reviews.change(program, standing.advisors[2])
    reviews.approve(program, standing.advisors[1])


def _nights(calendar: Calendar, begins: dt.date, now: dt.datetime) -> None:
    for day in range((now.date() - begins).days + 1):
        night = dt.datetime.combine(begins + dt.timedelta(days=day), NIGHT, dt.UTC)
        calendar.add(night, _night)


def _night() -> None:
    """What runs by itself: ended sessions are announced, feedback is released, promises are kept."""
    announce_ended_sessions()
    release_all()
    remind_speakers()
    _drain()


def _drain() -> None:
    while rows := list(OutboxRow.objects.filter(OPEN, due_at__lte=clock.now()).values_list("pk", flat=True)):
        for pk in rows:
            deliver(str(pk))


def _lay_out(standing: stage.Stage, day: dt.date, *, nominations_close_days: int) -> Cohort:
    """A cohort of 30 places that starts on `day`, with nominations until so many days before."""
    return create_cohort(
        program=ProgramPage.objects.get(pk=standing.program.pk),  # as its page stands that day
        name=f"Cohort {day.year}–{(day.year + 2) % 100:02d}",
        starts_on=day,
        capacity=30,
        nominations_close_on=day - dt.timedelta(days=nominations_close_days),
    )


class Opening:
    """A cohort from its announcement to its first day."""

    cohort: Cohort

    def __init__(self, calendar: Calendar, standing: stage.Stage, parts: list[cast.Part], voices: dict, day: dt.date):
        self.calendar, self.stage, self.parts, self.voices, self.day = calendar, standing, parts, voices, day
        self.leaders: list[Leader] = []

    def announce(self) -> None:
        self.cohort = _lay_out(self.stage, self.day, nominations_close_days=10)
        self._furnish()
        for number, part in enumerate(self.parts):
            day = self.day - dt.timedelta(days=50 - number % 9)
            self.calendar.add(at(day, 9.5 + number / 10, "America/Chicago"), partial(self._nominate, part))
        self.calendar.add(at(self.day, 0.1, "Pacific/Honolulu"), self._begin)
        for number, decision in enumerate(self.voices["decisions"]):
            self.calendar.add(self._decision_day(number), partial(self._decide, decision))

    def _decision_day(self, number: int) -> dt.datetime:
        return at(self.day + dt.timedelta(days=100 + 33 * number), 15, "America/Chicago")

    def _furnish(self) -> None:
        """Staff fill in what the template does not know: venues, links, faculty."""
        planned = {session["title"]: session for session in cast.read("plan.toml")["sessions"]}
        for cohort_session in CohortSession.objects.filter(cohort=self.cohort):
            facts = planned[cohort_session.title]
            changes = {name: facts[name] for name in ("venue", "address", "about") if name in facts}
            if facts["mode"] != "in_person":
                changes["meeting_url"] = f"https://meet.example.org/{slugify(cohort_session.title)}"
            edit_session(cohort_session=cohort_session, faculty=[self.stage.faculty[facts["teacher"]]], **changes)

    def _nominate(self, part: cast.Part) -> None:
        practice, sponsor = self.stage.practices[part.practice], self.stage.sponsors[part.practice]
        with enter(practice):
            nomination = nominate(
                practice=practice,
                cohort=self.cohort,
                sponsor=sponsor,
                name=part.name,
                email=part.email,
                credentials=part.credentials,
                why="Already the one whom colleagues ask; ready to speak for the practice outside it.",
                goals="Lead one change that the whole practice feels, and present it.",
                protected_hours=random.Random(part.email).choice([6, 8, 8, 10]),
            )
        later = clock.now()
        self.calendar.add(later + dt.timedelta(days=2, hours=8), lambda: self._confirm(part, nomination.pk))

    def _confirm(self, part: cast.Part, pk) -> None:
        practice = self.stage.practices[part.practice]
        with enter(practice):
            answer_nomination(practice=practice, nomination=Nomination.objects.get(pk=pk), yes=True)
        self.calendar.add(clock.now() + dt.timedelta(days=4), lambda: self._accept(part, pk))

    def _accept(self, part: cast.Part, pk) -> None:
        practice = self.stage.practices[part.practice]
        with enter(practice):
            enrollment = accept_nomination(
                practice=practice, nomination=Nomination.objects.get(pk=pk), by=self.stage.staff
            )
            person = Person.objects.select_related("user").get(pk=enrollment.person_id)
        dice = random.Random(f"{part.email} {part.cohort}")
        self.leaders.append(Leader(part, practice, practice.time_zone, enrollment.pk, dice, person.pk))
        self.calendar.add(clock.now() + dt.timedelta(days=1, hours=dice.randint(1, 30)), lambda: self._sign_up(person))

    def _sign_up(self, person: Person) -> None:
        for invitation in Invitation.objects.filter(user=person.user, accepted_at=None):
            stage.sign_up(invitation)

    def _begin(self) -> None:
        self.leaders.sort(key=lambda leader: leader.part.email)
        Life(self.calendar, self.cohort, self.leaders, self.stage.staff, self.voices).begin()

    def _decide(self, decision: dict) -> None:
        windows = Window.objects.filter(cohort=self.cohort).exclude(releases=None)
        if decision["subject"] == "sessions":
            window = windows.filter(cohort_session__isnull=False).order_by("-opens_on").first()
        else:
            window = windows.filter(module__slug=decision["subject"]).first()
        if window is None:
            return  # nothing of it was released to this cohort yet
        publish_decision(
            by=self.stage.staff,
            cohort=self.cohort,
            said=decision["said"],
            did=decision["did"],
            outcome=decision["outcome"],
            reason=decision.get("reason", ""),
            window=window,
        )


class NextCohort:
    """A cohort that takes nominations now, so that every state of one can be seen."""

    cohort: Cohort

    def __init__(self, calendar: Calendar, standing: stage.Stage, day: dt.date):
        self.calendar, self.stage, self.day = calendar, standing, day

    def announce(self) -> None:
        self.cohort = _lay_out(self.stage, self.day, nominations_close_days=14)
        people = (
            ("Adaeze Nwosu", 0, "confirmed"),
            ("Julian Crestwood", 3, "waitlisted"),
            ("Marisol Vega", 10, "submitted"),
            ("Keahi Akana", 19, "confirmed"),
            ("Lena Roth", 21, "confirmed"),
        )
        for number, (name, practice, state) in enumerate(people):
            moment = clock.now() + dt.timedelta(days=2 + number, hours=1)
            self.calendar.add(moment, partial(self._nominate, name, practice, state))

    def _nominate(self, name: str, number: int, state: str) -> None:
        practice, sponsor = self.stage.practices[number], self.stage.sponsors[number]
        with enter(practice):
            nomination = nominate(
                practice=practice,
                cohort=self.cohort,
                sponsor=sponsor,
                name=name,
                credentials="MD",
                email=cast.address(name, f"practice{number + 1}.example"),
                why="Runs the morning huddle without being asked, and people come.",
                goals="Take over our payor relations in three years.",
                protected_hours=8,
            )
            if state != "submitted":
                nomination = answer_nomination(practice=practice, nomination=nomination, yes=True)
            if state == "waitlisted":
                waitlist_nomination(practice=practice, nomination=nomination, by=self.stage.staff)
