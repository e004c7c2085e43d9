"""What the demo's leaders ask of faculty and share with them, and a check's key that was mended after they answered."""

import datetime as dt
import uuid
from functools import partial

from cohorts.network.models import CohortSession
from cohorts.practice.asking import answer_question, ask_faculty, faculty_of, module_of
from cohorts.practice.learning import save_reflection, share_reflection
from cohorts.practice.models import Enrollment, FacultyQuestion
from curriculum.models import LessonPage
from lms import clock
from lms.demo import cast, reviews
from lms.demo.calendar import Calendar
from lms.demo.stage import Stage
from lms.practices.models import Practice
from lms.practices.schema import enter

FACTS = cast.read("asked.toml")


def plan(calendar: Calendar, stage: Stage, now: dt.datetime) -> None:
    """Put everything into the calendar, on its days before `now`."""
    parts = cast.leaders(cast.read("network.toml")["practices"], cast.read("people.toml")["leaders"])
    homes = {part.email: stage.practices[part.practice] for part in parts}
    for facts in FACTS["questions"]:
        home = homes[facts["leader"]]
        calendar.add(now - dt.timedelta(days=facts["days"]), partial(_ask, home, facts))
        if "answered" in facts:
            calendar.add(now - dt.timedelta(days=facts["answered"]), partial(_answer, home, facts))
    for facts in FACTS["reflections"]:
        calendar.add(now - dt.timedelta(days=facts["days"]), partial(_share, homes[facts["leader"]], facts))
    calendar.add(now - dt.timedelta(days=FACTS["mended"]["days"]), partial(_mend, stage, FACTS["mended"]))


def _lesson(facts: dict) -> LessonPage:
    return LessonPage.objects.get(slug=facts["lesson"])


def _enrollment(facts: dict) -> Enrollment:
    return Enrollment.objects.select_related("person__user", "nomination").get(person__user__email=facts["leader"])


def _ask(home: Practice, facts: dict) -> None:
    with enter(home):
        ask_faculty(practice=home, enrollment=_enrollment(facts), page=_lesson(facts), text=facts["text"])


def _answer(home: Practice, facts: dict) -> None:
    """The first of the module's faculty answers, or takes it to the next session of that name."""
    with enter(home):
        question = FacultyQuestion.objects.get(record__person__user__email=facts["leader"], text=facts["text"])
        coming = CohortSession.objects.filter(
            cohort=_enrollment(facts).nomination.cohort_id, starts_at__gt=clock.now(), title=facts.get("session", "")
        )
        answer_question(
            practice=home,
            question=question,
            by=faculty_of(module_of(_lesson(facts)))[0],
            answer=facts["answer"],
            taken_to=coming.first(),
            shown_as=facts.get("shown_as", ""),
        )


def _share(home: Practice, facts: dict) -> None:
    lesson = _lesson(facts)
    prompt = next(block for block in lesson.body if block.block_type == "reflection")
    with enter(home):
        saved = save_reflection(
            enrollment=_enrollment(facts), lesson=lesson, block_id=uuid.UUID(prompt.id), text=facts["text"]
        )
        share_reflection(reflection=saved, faculty=[user.pk for user in faculty_of(module_of(lesson))])


def _mend(stage: Stage, facts: dict) -> None:
    """The author lets a check accept one more number; the reviewer approves, which publishes it."""
    lesson = _lesson(facts)
    questions = [q for block in lesson.body if block.block_type == "check" for q in block.value["questions"]]
    answers = next(q for q in questions if q["text"].startswith(facts["question"]))["answers"]
    known = answers[0]
    answers.append(type(known)(known.block, {**known, **{key: facts[key] for key in ("value", "tolerance", "reason")}}))
    reviews.change(lesson, stage.advisors[2])
    reviews.approve(lesson, stage.advisors[1])
