"""A leader is led back to where they stopped reading."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cohorts.practice import learning
from cohorts.practice.models import Completion, PageRecord
from lms import clock
from lms.practices.schema import enter
from tests.cohorts.samples import NOON, lessons, make_cohort, make_leader
from tests.fixtures import signed_in
from tests.queries import count_queries

FIRST, LAST = str(uuid.uuid4()), str(uuid.uuid4())
MODULES = (1, 2)


@pytest.fixture(autouse=True)
def november(db):
    """A month in which both modules are open."""
    with clock.at(NOON + dt.timedelta(days=300)):
        yield


@pytest.fixture
def cohort(db):
    cohort = make_cohort()
    for position in MODULES:
        for lesson in lessons(cohort.requirements.get(position=position).module):
            heads = [
                {"type": "heading", "id": pk, "value": name} for pk, name in ((FIRST, "Why"), (LAST, "How & what"))
            ]
            lesson.body = [*(block for block in lesson.body.raw_data if block["type"] == "text"), *heads]
            lesson.save_revision().publish()
    return cohort


@pytest.fixture
def leader(cohort, alder):
    return make_leader(alder, cohort)


@pytest.fixture
def client(leader):
    return signed_in(leader.person.user)


def url(practice, name, *args):
    return reverse(f"cohorts_practice:{name}", args=[practice.slug, *args])


def module_of(cohort, position):
    return cohort.requirements.get(position=position).module


def read(client, address) -> str:
    return client.get(address).content.decode()


def stop_at(client, practice, lesson, place=LAST):
    assert client.post(url(practice, "keep_place", lesson.pk), {"place": place}).status_code == 204


def test_journey_and_module_continue_at_the_heading(client, alder, cohort):
    module = module_of(cohort, 1)
    lesson = lessons(module)[0]
    for address in (url(alder, "journey"), url(alder, "module", module.pk)):
        assert "Start lesson 1" in read(client, address)
    stop_at(client, alder, lesson)
    for address in (url(alder, "journey"), url(alder, "module", module.pk)):
        page = read(client, address)
        assert f'href="{url(alder, "lesson", lesson.pk)}#b-{LAST}">Continue lesson 1' in page
        assert "You stopped at “How &amp; what”." in page
        assert "Go back to where you stopped" not in page
    assert f'id="b-{LAST}"' in read(client, url(alder, "lesson", lesson.pk))


def test_a_lesson_opened_without_a_heading_is_continued_at_its_top(client, alder, cohort):
    lesson = lessons(module_of(cohort, 1))[0]
    client.get(url(alder, "lesson", lesson.pk))
    page = read(client, url(alder, "journey"))
    assert f'href="{url(alder, "lesson", lesson.pk)}">Continue lesson 1' in page
    assert "You stopped at" not in page


def test_another_lesson_that_was_read_last_is_offered_beside_the_next(client, alder, cohort):
    first, ahead = module_of(cohort, 1), lessons(module_of(cohort, 2))[1]
    stop_at(client, alder, lessons(first)[0])
    with clock.at(clock.now() + dt.timedelta(minutes=5)):
        stop_at(client, alder, ahead, FIRST)
    page = read(client, url(alder, "journey"))
    assert "Start lesson 1" in page
    assert f'href="{url(alder, "lesson", ahead.pk)}#b-{FIRST}">Go back to where you stopped</a>: Care Teams 2' in page
    assert "at “Why”" in page
    # A module leads within itself.
    assert "You stopped at “How &amp; what”." in read(client, url(alder, "module", first.pk))


def test_a_completed_lesson_is_not_continued(client, leader, alder, cohort):
    module = module_of(cohort, 1)
    first = lessons(module)[0]
    stop_at(client, alder, first)
    with enter(alder):
        learning.complete_lesson(enrollment=leader, lesson=first)
    for address in (url(alder, "journey"), url(alder, "module", module.pk)):
        page = read(client, address)
        assert f"lessons/{first.pk}/#b-" not in page
        assert "Continue lesson 2" in page
        assert "stopped" not in page
    assert "Go to where you left off" not in read(client, url(alder, "lesson", first.pk))


def test_what_went_is_not_where_one_stopped(client, alder, cohort):
    lesson = lessons(module_of(cohort, 1))[0]
    stop_at(client, alder, lesson)
    lesson.body = [block for block in lesson.body.raw_data if block["id"] != LAST]
    lesson.save_revision().publish()
    page = read(client, url(alder, "journey"))
    assert f'href="{url(alder, "lesson", lesson.pk)}">Continue lesson 1' in page
    lesson.unpublish()
    assert "stopped" not in read(client, url(alder, "journey"))


def test_a_closed_module_leads_nowhere(client, alder, cohort):
    module = module_of(cohort, 2)
    stop_at(client, alder, lessons(module)[0])
    with clock.at(NOON):
        for address in (url(alder, "journey"), url(alder, "module", module.pk)):
            assert "stopped" not in read(client, address)
            assert f"lessons/{lessons(module)[0].pk}/#b-" not in read(client, address)


def test_nobody_is_led_to_where_another_stopped(client, alder, birch, cohort):
    stop_at(client, alder, lessons(module_of(cohort, 1))[0])
    for practice in (alder, birch):
        other = make_leader(practice, cohort, "Samuel Adeyemi")
        assert "stopped at" not in read(signed_in(other.person.user), url(practice, "journey"))


def test_stopping_costs_the_same_in_one_lesson_and_in_four(client, alder, cohort):
    pages = [lesson for position in MODULES for lesson in lessons(module_of(cohort, position))]
    stop_at(client, alder, pages[0])
    read(client, url(alder, "journey"))
    with count_queries() as one:
        read(client, url(alder, "journey"))
    for page in pages:
        stop_at(client, alder, page)
    with count_queries() as four:
        read(client, url(alder, "journey"))
    assert len(one) == len(four) <= 15


def test_completing_from_a_second_tab_and_after_going_back_changes_nothing(client, alder, cohort):
    """Both tabs hold the page as it was before: each sends the same form again, later and of another revision too."""
    first, second = lessons(module_of(cohort, 1))
    with enter(alder):
        assert not Completion.objects.exists()
    done = client.post(url(alder, "complete", first.pk))
    with enter(alder):
        kept = Completion.objects.values().get()
    first.save_revision().publish()
    with clock.at(clock.now() + dt.timedelta(days=2)):
        again = client.post(url(alder, "complete", first.pk))
        client.post(url(alder, "complete", second.pk))
        last = client.post(url(alder, "complete", first.pk))
    assert done.url == again.url == url(alder, "lesson", second.pk)
    assert last.url == url(alder, "module", module_of(cohort, 1).pk)
    with enter(alder):
        assert Completion.objects.values().get(pk=kept["id"]) == kept
        assert Completion.objects.count() == 3
        assert PageRecord.objects.filter(page=first.pk).count() == 1
