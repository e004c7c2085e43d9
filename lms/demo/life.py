"""What happens in the demo's cohorts from day to day: reading, sessions, answers, nights."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort, CohortSession, Requirement
from cohorts.network.plan import due_on, opens_on
from cohorts.practice.attending import mark_attendance, rsvp
from cohorts.practice.checking import submit_check
from cohorts.practice.enrolling import pause_enrollment, rule, withdraw_enrollment
from cohorts.practice.enums import Attendance, AttendedHow, RulingKind
from cohorts.practice.learning import complete_lesson, open_page, save_place
from cohorts.practice.models import Enrollment
from curriculum.checking import Question, checks_of
from curriculum.numbers import read_number
from curriculum.reading import lessons_of
from feedback.network.enums import QuestionKind
from feedback.practice.actions import AlreadyAnswered, WindowClosed, submit_response
from feedback.practice.models import SurveyInvitation
from lms import clock
from lms.demo import evidence
from lms.demo.calendar import Calendar, at
from lms.demo.cast import DOMAIN, Character, Part
from lms.practices.models import Practice
from lms.practices.schema import enter

# Where in a module's time a leader begins, as a share of it, and how many days lie between two lessons.
BEGINS = {Character.AHEAD: (0.0, 0.15), Character.BEHIND: (0.6, 1.1)}
USUAL_BEGIN = (0.1, 0.45)
# The month of the cohort in which a leader stops, and modules beyond which one does not come.
STOPS = {Character.PAUSED: 14, Character.WITHDRAWN: 9}
MODULES_OF_THE_LATE = 4
# Whoever signs in as the demo's leader finds a lesson to go on with.
SIGN_IN = f"leader@{DOMAIN}"


@dataclass
class Leader:
    """A part being played: the enrollment, and the leader's own dice, the same on every run."""

    part: Part
    practice: Practice
    zone: str
    enrollment_id: uuid.UUID
    dice: random.Random
    person_id: uuid.UUID

    def enrollment(self) -> Enrollment:
        """Fresh from the practice, which must be entered."""
        return Enrollment.objects.select_related("nomination__cohort", "person__user").get(pk=self.enrollment_id)


def guess(dice: random.Random, question: Question) -> list[str]:
    """An answer that somebody unsure might give, right or not."""
    if question.answers:
        off = read_number(question.answers[0].value) * dice.choice((2, 10))
        return [evidence.slip(question) or (f"{off.normalize():f}" if off else "1")]
    if question.steps:
        mixed = list(question.right_answer)
        dice.shuffle(mixed)
        return mixed
    return [dice.choice(question.options).id]


class Life:
    """Puts the life of one cohort into the calendar."""

    def __init__(self, calendar: Calendar, cohort: Cohort, leaders: list[Leader], staff, voices: dict):
        self.calendar = calendar
        self.cohort = cohort
        self.leaders = leaders
        self.staff = staff
        self.voices = voices
        self.lessons: dict[uuid.UUID, list] = {}

    def begin(self) -> None:
        """Plan every leader's reading and every session; called once, when the leaders are enrolled."""
        requirements = list(Requirement.objects.filter(cohort=self.cohort).select_related("module", "cohort_session"))
        modules = [r for r in requirements if r.module_id]
        for requirement in modules:
            if requirement.module:
                self.lessons[requirement.pk] = list(lessons_of(requirement.module))
        for leader in self.leaders:
            self._plan_reading(leader, modules)
            self._plan_turns(leader)
        for requirement in requirements:
            if requirement.cohort_session:
                self._plan_session(requirement.cohort_session, requirement)

    def _stops_on(self, leader: Leader) -> dt.date | None:
        month = STOPS.get(leader.part.character)
        if month is None:
            return None
        month = month if self.cohort.starts_on < self.calendar.until.date() - dt.timedelta(days=300) else 3
        return self.cohort.starts_on + dt.timedelta(days=month * 30)

    def _plan_turns(self, leader: Leader) -> None:
        day = self._stops_on(leader)
        if day is None:
            return

        def turn():
            with enter(leader.practice):
                if leader.part.character is Character.PAUSED:
                    pause_enrollment(enrollment=leader.enrollment(), reason="Parental leave")
                else:
                    withdraw_enrollment(enrollment=leader.enrollment())

        self.calendar.add(at(day, 10, leader.zone), turn)

    def _plan_reading(self, leader: Leader, modules: list[Requirement]) -> None:
        dice, stops, today = leader.dice, self._stops_on(leader), self.calendar.until.date()
        late = leader.part.character is Character.BEHIND
        for requirement in modules[: MODULES_OF_THE_LATE if late else None]:
            opens, due = opens_on(requirement), due_on(requirement)
            low, high = BEGINS.get(leader.part.character, USUAL_BEGIN)
            day = opens + dt.timedelta(days=1 + int((due - opens).days * dice.uniform(low, high)))
            goes_on = leader.part.email == SIGN_IN and opens <= today <= due
            if goes_on:
                day = max(opens + dt.timedelta(days=1), today - dt.timedelta(days=12))
            for number, lesson in enumerate(self.lessons[requirement.pk]):
                if stops and day >= stops:
                    return
                if goes_on and number == 2:
                    self.calendar.add(
                        self.calendar.until - dt.timedelta(hours=20), partial(self._begin_lesson, leader, lesson)
                    )
                    break
                hour = dice.choice([6.2, 6.7, 12.2, 12.6, 19.5, 20.4, 21.1])
                self.calendar.add(at(day, hour, leader.zone), partial(self._read, leader, lesson))
                if evidence.begins_before(leader.part.email, lesson.slug):
                    before = max(opens + dt.timedelta(days=1), day - dt.timedelta(days=2))
                    self.calendar.add(at(before, 5.8, leader.zone), partial(self._begin_lesson, leader, lesson))
                day += dt.timedelta(days=dice.choice([1, 2, 3, 4, 6, 8]))

        for requirement in modules[MODULES_OF_THE_LATE:] if late else ():
            day = opens_on(requirement) + dt.timedelta(days=20)
            lesson = self.lessons[requirement.pk][0]
            self.calendar.add(at(day, 5.8, leader.zone), partial(self._begin_lesson, leader, lesson))

    def _begin_lesson(self, leader: Leader, lesson) -> None:
        """Open a lesson, and be called away from it."""
        opened = clock.now()
        with enter(leader.practice):
            person = leader.enrollment().person
            open_page(person=person, page=lesson)
            with clock.at(opened + evidence.stretches(leader.part.email, lesson.slug)[0]):
                save_place(person=person, page=lesson, place=evidence.stops_at(leader.part.email, lesson))

    def _read(self, leader: Leader, lesson) -> None:
        opened = clock.now()
        to_check, to_end = evidence.stretches(leader.part.email, lesson.slug)
        with enter(leader.practice):
            enrollment = leader.enrollment()
            open_page(person=enrollment.person, page=lesson)
            checks = checks_of(lesson)
            for check in checks:
                with clock.at(opened + to_check):
                    self._answer_check(leader, enrollment, lesson, check)
            try:
                with clock.at(opened + (to_end if checks else to_check)):
                    complete_lesson(enrollment=enrollment, lesson=lesson)
            except ValidationError:
                return  # used up or not open any more: stays as it is, as it would for a person
        self._plan_answers(leader)

    def _answer_check(self, leader: Leader, enrollment, lesson, check) -> None:
        for first in (True, False):
            chosen = {}
            for question in check.questions:
                chosen[question.id] = question.right_answer
                if leader.dice.random() > (evidence.sureness(leader.part.email, question) if first else 1.0):
                    chosen[question.id] = guess(leader.dice, question)
            if submit_check(enrollment=enrollment, lesson=lesson, check_id=check.id, chosen=chosen).passed:
                return

    def _plan_session(self, cohort_session: CohortSession, requirement: Requirement) -> None:
        for leader in self.leaders:
            day = cohort_session.starts_at.date() - dt.timedelta(days=leader.dice.randint(4, 16))
            coming = leader.dice.random() < (0.55 if leader.part.character is Character.BEHIND else 0.93)
            if leader.dice.random() < 0.94:
                self.calendar.add(at(day, 12.4, leader.zone), partial(self._reply, leader, cohort_session, coming))
            came = coming and leader.dice.random() < 0.95
            self.calendar.add(
                cohort_session.ends_at + dt.timedelta(hours=16),
                partial(self._mark, leader, cohort_session, requirement, came),
            )

    def _is_there(self, leader: Leader) -> bool:
        stops = self._stops_on(leader)
        return stops is None or at(stops, 10, leader.zone) > clock.now()

    def _reply(self, leader: Leader, cohort_session: CohortSession, coming: bool) -> None:
        if self._is_there(leader):
            with enter(leader.practice):
                rsvp(enrollment=leader.enrollment(), cohort_session=cohort_session, coming=coming)

    def _mark(self, leader: Leader, cohort_session: CohortSession, requirement: Requirement, came: bool) -> None:
        if not self._is_there(leader):
            return
        how = AttendedHow.VIRTUAL if cohort_session.mode == SessionMode.VIRTUAL else AttendedHow.IN_PERSON
        if cohort_session.mode == SessionMode.HYBRID and leader.dice.random() < 0.5:
            how = AttendedHow.VIRTUAL
        mark_attendance(
            practice=leader.practice,
            enrollment_id=leader.enrollment_id,
            cohort_session=cohort_session,
            attendance=Attendance.ATTENDED if came else Attendance.ABSENT,
            how=how if came else AttendedHow.NONE,
            by=self.staff,
        )
        if came:
            self._plan_answers(leader)
        elif leader.part.character is not Character.BEHIND:
            self.calendar.add(clock.now() + dt.timedelta(days=9), lambda: self._excuse(leader, requirement))

    def _excuse(self, leader: Leader, requirement: Requirement) -> None:
        if self._is_there(leader):
            with enter(leader.practice):
                rule(
                    enrollment=leader.enrollment(),
                    requirement=requirement,
                    kind=RulingKind.WAIVED,
                    reason="Went through the recording with faculty.",
                    by=self.staff,
                )

    def _plan_answers(self, leader: Leader) -> None:
        """Look for open surveys some days later, as somebody who reads their mail would."""
        if leader.dice.random() < 0.56:
            days = leader.dice.randint(1, 9)
            self.calendar.add(clock.now() + dt.timedelta(days=days, minutes=7), lambda: self._answer(leader))

    def _answer(self, leader: Leader) -> None:
        with enter(leader.practice):
            open_ones = SurveyInvitation.objects.filter(
                person_id=leader.person_id, receipt=None, window__closed_at=None
            )
            open_ones = open_ones.select_related("window__module", "window__cohort_session")
            # In an order of the network's own, since ids differ from run to run and the dice must not.
            for invitation in open_ones.order_by("window__opens_on", "window__title"):
                try:
                    submit_response(invitation=invitation, answers=self._answers(leader.dice, invitation.window))
                except (AlreadyAnswered, WindowClosed):
                    continue

    def _answers(self, dice: random.Random, window) -> dict:
        pools = self._comments(window)
        # Some subjects please more than others; the subject's own dice say how much.
        taste = random.Random(window.title).uniform(3.4, 4.6)
        answers: dict = {}
        texts = iter(pools)
        for question in window.questions:
            if question["kind"] == QuestionKind.LIKERT5:
                answers[question["key"]] = max(1, min(5, round(dice.gauss(taste, 0.8))))
            elif question["kind"] == QuestionKind.SCALE11:
                answers[question["key"]] = max(0, min(10, round(dice.gauss(taste * 2, 1.6))))
            elif (pool := next(texts, [])) and dice.random() < 0.5:
                answers[question["key"]] = pool.pop()
        return answers

    def _comments(self, window) -> tuple[list[str], list[str]]:
        """What is still unsaid about the window's subject: what was liked, what should change."""
        kind, name = ("modules", window.module.slug) if window.module_id else ("sessions", window.cohort_session.mode)
        words = self.voices[kind][name]
        return words["liked"], words["change"]
