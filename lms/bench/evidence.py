"""The evidence beside a lesson, over every practice: as the panel asks for it, and beside it each practice in turn."""

import random
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from cohorts.network.models import Cohort
from cohorts.practice.models import Attempt, Enrollment, PageRecord
from cohorts.staff.reading_figures import lesson_figures
from curriculum.checking import checks_of, grade
from curriculum.itemstats import analyze
from curriculum.models import LessonPage
from lms import clock
from lms.accounts.actions import grant_network_role, person_with_account
from lms.bench.timing import row, timed
from lms.practices.models import Practice
from lms.practices.schema import enter


def evidence() -> Iterator[dict]:
    """The panel's own request, signed in, with a leader, a record and an attempt in every practice."""
    lesson = _with_attempts()
    practices = list(Practice.objects.all())
    user = person_with_account(email="advisor@bench.example", name="Advisor")
    grant_network_role(user=user, role="publisher")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("curriculum:evidence", args=[lesson.pk]) + "?panel"
    assert client.get(url).status_code == 200

    found = lesson_figures(lesson)
    assert found.figures.finished == len(practices) == found.checks[0].attempts
    assert _loop(lesson, practices) == (found.figures.started, found.checks[0].items)
    yield row("evidence_panel_ms", timed(lambda _: client.get(url)), "ms", len(practices))
    yield row("evidence_loop_ms", timed(lambda _: _loop(lesson, practices), times=5), "ms", len(practices))


def _with_attempts() -> LessonPage:
    """A lesson with a check that each leader of `people.spread_leaders` has tried once."""
    dice = random.Random(5)
    practices = list(Practice.objects.all())
    with enter(practices[0]):
        opened = list(PageRecord.objects.values_list("page_id", flat=True))
    lesson = next(one for one in LessonPage.objects.filter(pk__in=opened).order_by("path") if checks_of(one))
    check = checks_of(lesson)[0]
    Cohort.objects.get().practices.set(practices)
    for practice in practices:
        chosen = {
            question.id: question.right_answer if dice.random() < 0.7 else _another_answer(question)
            for question in check.questions
        }
        graded = grade(check, chosen)
        with enter(practice):
            Attempt.objects.create(
                record=PageRecord.objects.get(page=lesson.pk),
                check_id=check.id,
                number=1,
                items=graded.items,
                right=graded.right,
                score=graded.score,
                passed=graded.passed,
                at=clock.now(),
            )
    return lesson


def _another_answer(question) -> list[str]:
    """An answer in the form of the question's kind that seldom gets the whole credit."""
    if question.options:
        return [question.options[0].id]
    return [step.id for step in reversed(question.steps)] or ["-1"]


def _loop(lesson: LessonPage, practices: list[Practice]) -> tuple:
    started = 0
    attempts: list[list[dict]] = []
    check = checks_of(lesson)[0]
    for practice in practices:
        with enter(practice):
            people = Enrollment.objects.exclude(state="withdrawn").values("person")
            records = PageRecord.objects.filter(page=lesson.pk, person__in=people)
            started += sum(1 for _ in records.values_list("place", "seconds_read", "completions__withdrawn_at"))
            attempts += Attempt.objects.filter(check_id=check.id, number=1).values_list("items", flat=True)
    return started, analyze(grade(check, {}).items, attempts)
