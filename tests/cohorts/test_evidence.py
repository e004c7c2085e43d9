"""What leaders did with a page, counted over three practices, beside the page."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cohorts.practice import learning
from cohorts.practice.checking import submit_check
from cohorts.practice.enrolling import withdraw_enrollment
from cohorts.practice.learning import LONGEST_GAP
from cohorts.practice.models import PageRecord
from cohorts.staff.reading_figures import lesson_figures, module_figures
from curriculum.models import LessonPage
from lms import clock
from lms.practices.schema import enter
from tests.cohorts.samples import CHECK, NOON, QUESTION, RIGHT, WRONG, lessons, make_cohort, make_leader
from tests.curriculum.factory import make_tree
from tests.fixtures import signed_in
from tests.queries import count_queries

FIRST, SECOND = str(uuid.uuid4()), str(uuid.uuid4())


@pytest.fixture
def cohort(db):
    with clock.at(NOON):
        yield make_cohort()


@pytest.fixture
def lesson(cohort) -> LessonPage:
    """The first lesson, with a check and two headings."""
    page = lessons(cohort.requirements.order_by("position").first().module)[0]
    body = page.body.raw_data
    page.body = [
        {"type": "heading", "id": FIRST, "value": "What the fee follows"},
        *body,
        {"type": "heading", "id": SECOND, "value": "What to do on Monday"},
    ]
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def read(practice, cohort, lesson, *, right: bool | None = True, places=(), minutes=1, module=False):
    """A new leader of `practice` opens the lesson and goes as far as said."""
    enrollment = make_leader(practice, cohort, f"Leader {uuid.uuid4().hex[:6]}")
    now = clock.now()
    with enter(practice), clock.at(now):
        learning.open_page(person=enrollment.person, page=lesson)
    with enter(practice):
        for number, place in enumerate(places, start=1):
            with clock.at(now + dt.timedelta(minutes=number)):
                learning.save_place(person=enrollment.person, page=lesson, place=place)
        with clock.at(now + dt.timedelta(minutes=minutes)):
            if right is not None:
                chosen = {QUESTION: [RIGHT if right else WRONG]}
                submit_check(enrollment=enrollment, lesson=lesson, check_id=uuid.UUID(CHECK), chosen=chosen)
            if right:
                learning.complete_lesson(enrollment=enrollment, lesson=lesson)
                if module:
                    other = lessons(lesson.get_parent().specific)[1]
                    learning.complete_lesson(enrollment=enrollment, lesson=other)
    return enrollment


def seconds(practice, enrollment, page) -> int:
    with enter(practice):
        return PageRecord.objects.get(person=enrollment.person_id, page=page.pk).seconds_read


def test_counts_are_exact_over_three_practices(cohort, lesson, alder, birch, cedar):
    read(alder, cohort, lesson, module=True)
    read(birch, cohort, lesson)
    read(birch, cohort, lesson, right=False, places=[FIRST])
    read(cedar, cohort, lesson, right=None, places=[FIRST, SECOND])
    read(cedar, cohort, lesson, right=None)
    make_leader(cedar, cohort, "Not There Yet")
    gone = read(alder, cohort, lesson)
    with enter(alder):
        withdraw_enrollment(enrollment=gone)

    found = lesson_figures(lesson)
    assert (found.figures.asked, found.figures.started, found.figures.finished) == (6, 5, 2)
    assert [(stop.label, stop.people) for stop in found.stops] == [
        ("Before the first heading", 1),
        ("What the fee follows", 1),
        ("What to do on Monday", 1),
    ]
    (check,) = found.checks
    # The one who left since had tried it too: an attempt stays an attempt.
    assert (check.attempts, check.items[0].given, check.items[0].right) == (4, 4, 3)
    assert check.items[0].why_not == "it was the only question of its check"

    module = lesson.get_parent().specific
    whole = module_figures(module)
    assert (whole.figures.asked, whole.figures.started, whole.figures.finished) == (6, 5, 1)
    assert [(stop.label, stop.people) for stop in whole.stops] == [(lesson.title, 4)]
    assert [(figures.started, figures.finished) for _, figures in whole.lessons] == [(5, 2), (1, 1)]


def test_place_whose_heading_has_gone_is_said_to_have(cohort, lesson, alder):
    read(alder, cohort, lesson, right=None, places=[str(uuid.uuid4())])
    assert [(stop.label, stop.people) for stop in lesson_figures(lesson).stops] == [
        ("At a heading that has gone since", 1)
    ]


def test_reading_time_adds_up_and_each_gap_is_capped(cohort, lesson, alder):
    enrollment = make_leader(alder, cohort)
    start = clock.now()
    steps = [(0, None), (60, FIRST), (150, SECOND), (150 + LONGEST_GAP + 500, FIRST)]
    with enter(alder):
        for after, place in steps:
            with clock.at(start + dt.timedelta(seconds=after)):
                if place:
                    learning.save_place(person=enrollment.person, page=lesson, place=place)
                else:
                    learning.open_page(person=enrollment.person, page=lesson)
    assert seconds(alder, enrollment, lesson) == 150 + LONGEST_GAP
    with enter(alder), clock.at(start + dt.timedelta(days=1)):
        learning.open_page(person=enrollment.person, page=lesson)
    assert seconds(alder, enrollment, lesson) == 150 + LONGEST_GAP, "opening it again is no reading"
    with enter(alder), clock.at(start + dt.timedelta(hours=1)):
        learning.save_place(person=enrollment.person, page=lesson, place=FIRST)
    assert seconds(alder, enrollment, lesson) == 150 + LONGEST_GAP, "a clock that goes back takes nothing away"


def test_median_minutes_are_withheld_under_five(cohort, lesson, alder, birch, cedar, advisor):
    for practice, minutes in ((alder, 1), (alder, 2), (birch, 3), (cedar, 4)):
        read(practice, cohort, lesson, minutes=minutes)
    found = lesson_figures(lesson).figures
    assert (found.measured, found.minutes) == (4, None)
    page = signed_in(advisor).get(reverse("curriculum:evidence", args=[lesson.pk])).content.decode()
    assert "fewer than 5 who finished were timed, so hidden" in page
    read(cedar, cohort, lesson, minutes=5)
    found = lesson_figures(lesson).figures
    assert (found.measured, found.minutes) == (5, 3.0)


def test_item_is_flagged_on_the_page_from_twenty_on(cohort, lesson, alder, advisor):
    url = reverse("curriculum:evidence", args=[lesson.pk])
    client = signed_in(advisor)
    for number in range(19):
        read(alder, cohort, lesson, right=number < 2)
    content = client.get(url).content.decode()
    assert "Too few to judge yet." in content
    assert "Too hard" not in content
    read(alder, cohort, lesson, right=False)
    content = client.get(url).content.decode()
    assert "Too hard: look at it" in content
    assert "Difficulty 0.10 (2 of 20 right)." in content
    assert "cannot be computed: it was the only question of its check" in content
    module = client.get(reverse("curriculum:evidence", args=[lesson.get_parent().pk])).content.decode()
    assert "Too hard: look at it" in module


def test_statistics_begin_anew_with_a_new_wording(cohort, lesson, alder, advisor):
    read(alder, cohort, lesson, right=True)
    raw = lesson.body.raw_data
    next(block for block in raw if block["type"] == "check")["value"]["questions"][0]["value"]["text"] = "Which first?"
    lesson.body = raw
    lesson.save_revision().publish()
    item = lesson_figures(LessonPage.objects.get(pk=lesson.pk)).checks[0].items[0]
    assert (item.text, item.given, item.reworded) == ("Which first?", 0, 1)
    page = signed_in(advisor).get(reverse("curriculum:evidence", args=[lesson.pk])).content.decode()
    assert "No first attempt had it in these words yet." in page
    assert "1 had earlier words or another key" in page


def test_second_attempts_do_not_count(cohort, lesson, alder):
    enrollment = read(alder, cohort, lesson, right=False)
    with enter(alder):
        chosen = {QUESTION: [RIGHT]}
        submit_check(enrollment=enrollment, lesson=lesson, check_id=uuid.UUID(CHECK), chosen=chosen)
    item = lesson_figures(lesson).checks[0].items[0]
    assert (item.given, item.right) == (1, 0)


def test_page_in_no_plan_says_so(db, advisor):
    tree = make_tree()
    content = signed_in(advisor).get(reverse("curriculum:evidence", args=[tree.lessons[0].pk])).content.decode()
    assert "No leader’s plan has this lesson yet." in content


def test_evidence_takes_as_many_queries_for_three_as_for_one(cohort, lesson, alder, advisor):
    client, url = signed_in(advisor), reverse("curriculum:evidence", args=[lesson.pk]) + "?panel"
    read(alder, cohort, lesson)
    client.get(url)
    with count_queries() as one:
        client.get(url)
    read(alder, cohort, lesson)
    read(alder, cohort, lesson)
    with count_queries() as three:
        client.get(url)
    assert len(one) == len(three)
    assert len(three) <= 25, "\n".join(three.statements)


def test_evidence_names_nobody(cohort, lesson, alder, advisor):
    enrollment = read(alder, cohort, lesson)
    content = signed_in(advisor).get(reverse("curriculum:evidence", args=[lesson.pk])).content.decode()
    assert enrollment.person.user.name not in content
    assert alder.name not in content
