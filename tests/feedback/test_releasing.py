"""What a night makes public, and what a window's end deletes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, models, transaction

from feedback.network import suppression
from feedback.network.actions import make_standard_surveys, open_module_window, open_session_window
from feedback.network.models import Answer, Question, Release, Response, Window
from feedback.network.releasing import close_window, release_window
from feedback.network.windows import ends_at, is_over
from feedback.staff.nightly import close_ended, release_all
from lms import clock
from lms.celery import app
from lms.people.models import Person
from lms.practices.models import Practice
from tests.feedback import world

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def window(db) -> Window:
    with clock.at(world.NOON):
        return open_module_window(requirement=world.make_module(world.make_cohort()))


def after(window: Window) -> dt.datetime:
    return ends_at(window) + dt.timedelta(minutes=1)


def shown(window: Window) -> dict[str, int | None]:
    return {figure.key: figure.n for figure in suppression.figures(window=window).figures}


def test_standard_surveys_are_made_once(db):
    make_standard_surveys()
    make_standard_surveys()
    assert Question.objects.count() == 12


def test_release_waits_for_five_people(window):
    with clock.at(world.NOON):
        for _ in range(4):
            world.respond(window, module_useful=4)
        assert release_window(window=window, asked=20) is None
        world.respond(window, module_useful=4)
        release = release_window(window=window, asked=20)
    assert (release.number, release.people, release.asked, release.released_on) == (1, 5, 20, dt.date(2025, 10, 6))
    assert release.figures == {"module-useful": {"n": 5, "counts": {"4": 5}}}


def test_open_window_releases_only_while_five_have_still_to_answer(window):
    with clock.at(world.NOON):
        for _ in range(6):
            world.respond(window, module_useful=4)
        assert release_window(window=window, asked=10) is None
        assert release_window(window=window, asked=11).people == 6


def test_question_skipped_by_some_waits_for_a_later_release(window):
    with clock.at(world.NOON):
        for score in range(5):
            world.respond(window, module_useful=4, **({"module_recommend": 9} if score < 3 else {}))
        release_window(window=window, asked=30)
        assert shown(window)["module-recommend"] is None
        for score in range(5):
            world.respond(window, module_useful=2, **({"module_recommend": 1} if score < 2 else {}))
        second = release_window(window=window, asked=30)
    assert second.figures["module-recommend"] == {"n": 5, "counts": {"1": 2, "9": 3}}
    assert shown(window)["module-useful"] == 10


def test_close_makes_the_last_release_without_asking_who_is_left(window):
    for _ in range(5):
        world.respond(window, module_useful=5)
    with clock.at(after(window)):
        release = close_window(window=window, asked=5)
    assert release.closing
    assert shown(window)["module-useful"] == 5


def test_close_deletes_what_is_under_five(window):
    with clock.at(world.NOON):
        for number in range(5):
            world.respond(window, module_useful=4, **({"module_helped": "The case."} if number < 4 else {}))
        release_window(window=window, asked=20)
        for _ in range(4):
            world.respond(window, module_useful=1)
    with clock.at(after(window)):
        assert close_window(window=window, asked=20) is None
        assert close_window(window=window, asked=20) is None
    assert Response.objects.filter(window=window).count() == 5
    assert set(Answer.objects.values_list("question_key", "shown_in")) == {("module-useful", 1)}
    assert shown(window) == {"module-useful": 5} | dict.fromkeys(
        ["module-pace", "module-confident", "module-recommend", "module-helped", "module-change"]
    )


def test_close_before_the_last_day_ended_is_refused(window):
    with clock.at(ends_at(window) - dt.timedelta(seconds=1)), pytest.raises(ValueError, match="last day"):
        close_window(window=window, asked=5)


def test_closed_window_is_never_released_again(window):
    with clock.at(after(window)):
        close_window(window=window, asked=20)
        for _ in range(5):
            world.respond(window, module_useful=4)
        assert release_window(window=window, asked=20) is None


def test_release_under_five_is_refused_by_the_database(window):
    with pytest.raises(IntegrityError, match="release_of_five_or_more"), transaction.atomic():
        Release.objects.create(
            window=window, number=1, released_on=dt.date(2025, 10, 6), asked=20, people=4, figures={}
        )


@pytest.mark.parametrize(
    ("zone", "closes_on", "utc"),
    [
        ("America/Los_Angeles", dt.date(2025, 11, 2), dt.datetime(2025, 11, 3, 8, tzinfo=dt.UTC)),  # clocks go back
        ("America/Los_Angeles", dt.date(2025, 11, 1), dt.datetime(2025, 11, 2, 7, tzinfo=dt.UTC)),
        ("America/Los_Angeles", dt.date(2026, 3, 8), dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC)),  # clocks go forward
        ("America/Los_Angeles", dt.date(2026, 3, 7), dt.datetime(2026, 3, 8, 8, tzinfo=dt.UTC)),
        ("Pacific/Honolulu", dt.date(2026, 3, 8), dt.datetime(2026, 3, 9, 10, tzinfo=dt.UTC)),
    ],
)
def test_window_ends_with_the_day_in_the_westernmost_zone(db, zone, closes_on, utc):
    window = Window(cohort=world.make_cohort(zone=zone), closes_on=closes_on)
    assert ends_at(window) == utc
    with clock.at(utc - dt.timedelta(seconds=1)):
        assert not is_over(window)
    with clock.at(utc):
        assert is_over(window)


def test_hourly_job_closes_at_the_end_of_the_day_and_not_before(window):
    for _ in range(5):
        world.respond(window, module_useful=3)
    last_minute = dt.datetime.combine(window.closes_on, dt.time(23, 59), LOS_ANGELES)
    with clock.at(last_minute):
        close_ended()
        window.refresh_from_db()
        assert window.closed_at is None
    with clock.at(last_minute + dt.timedelta(minutes=1)):
        close_ended()
    window.refresh_from_db()
    assert window.closed_at is not None
    assert shown(window)["module-useful"] == 5


def test_module_window_closes_three_weeks_after_the_due_day(window):
    assert (window.opens_on, window.closes_on) == (dt.date(2025, 10, 6), dt.date(2025, 11, 22))


def test_no_second_window_opens_after_the_first_one_ended(window):
    requirement = window.cohort.requirements.get()
    with clock.at(after(window)):
        assert open_module_window(requirement=requirement) is None
    assert Window.objects.count() == 1


def test_first_completion_after_the_end_opens_no_window(db):
    requirement = world.make_module(world.make_cohort())
    with clock.at(world.NOON + dt.timedelta(days=90)):
        assert open_module_window(requirement=requirement) is None
    assert not Window.objects.exists()


def test_session_window_opens_on_the_day_it_ended_out_west(db):
    late = dt.datetime(2025, 10, 7, 5, 30, tzinfo=dt.UTC)  # half past ten in the evening in Los Angeles
    cohort_session = world.make_session(world.make_cohort(), ends_at=late)
    with clock.at(late):
        window = open_session_window(cohort_session=cohort_session)
    assert (window.opens_on, window.closes_on) == (dt.date(2025, 10, 6), dt.date(2025, 10, 27))


def test_night_counts_those_the_plan_asks_in_every_practice(window, alder, birch):
    for practice in (alder, alder, birch, birch, birch):
        world.enroll(practice, window.cohort)
    for state in ("paused", "withdrawn"):
        world.enroll(birch, window.cohort, state=state)
    world.enroll(birch, world.make_cohort("Another"))
    for _ in range(5):
        world.respond(window, module_useful=4)
    with clock.at(world.NOON):
        release_all()
        assert not Release.objects.exists()  # all five have answered: nobody is left among whom the last could hide
        for _ in range(5):
            world.enroll(birch, window.cohort)
        release_all()
        release_all()
    assert list(Release.objects.values_list("number", "people", "asked")) == [(1, 5, 10)]


def test_answers_have_no_place_for_practice_person_or_time():
    assert {field.name for field in Response._meta.get_fields() if field.concrete} == {
        "id",
        "window",
        "release_number",
    }
    assert {field.name for field in Answer._meta.get_fields() if field.concrete} == {
        "id",
        "response",
        "question_key",
        "value",
        "text",
        "shown_in",
    }
    for model in (Response, Answer, Release, Window):
        for field in model._meta.get_fields():
            assert field.related_model not in (Practice, Person), field
    for model in (Response, Answer):
        times = (models.DateField, models.TimeField, models.AutoField)
        assert not [field for field in model._meta.local_fields if isinstance(field, times)]
        assert model._meta.pk.default.__name__ == "uuid4"


def test_beat_knows_the_jobs_of_the_night():
    app.loader.import_default_modules()
    jobs = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {"feedback.staff.tasks.nightly", "feedback.staff.tasks.close_ended"} <= jobs & set(app.tasks)
