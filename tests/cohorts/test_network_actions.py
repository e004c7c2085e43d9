import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from cohorts import signals
from cohorts.network.actions import (
    add_session,
    announce_ended_sessions,
    cancel_session,
    create_cohort,
    edit_session,
    keep_westernmost,
    set_requirement_days,
    shortened,
)
from cohorts.network.kinds import kinds, register_kind
from cohorts.network.models import Cohort, CohortSession
from cohorts.network.plan import due_on, opens_on
from lms import clock
from tests.cohorts.programs import START, make_cohort, make_program

NOON = dt.datetime(2026, 1, 15, 18, tzinfo=dt.UTC)


def a_session(cohort, **fields) -> CohortSession:
    return add_session(
        cohort=cohort,
        **{
            "title": "Media lab",
            "mode": "virtual",
            "starts_at": NOON,
            "ends_at": NOON + dt.timedelta(hours=1),
            "time_zone": "America/Chicago",
            **fields,
        },
    )


def test_cohort_is_laid_out_over_two_years_from_the_template(db):
    cohort = make_cohort(starts_on=START)
    plan = [
        (r.title, r.year, opens_on(r).isoformat(), due_on(r).isoformat())
        for r in cohort.requirements.select_related("cohort", "cohort_session").order_by("year", "position")
    ]
    assert plan == [
        ("Media and Speaker Training", 1, "2025-09-08", "2025-11-08"),
        ("Opening retreat", 1, "2025-09-08", "2025-09-12"),
        ("Leading Care Teams", 2, "2026-10-08", "2026-12-08"),
        ("Peer circle on care teams", 2, "2025-09-08", "2026-11-12"),
    ]
    retreat, circle = cohort.sessions.all()
    zone = ZoneInfo("America/Chicago")
    assert f"{retreat.starts_at.astimezone(zone):%a %H:%M}" == "Fri 09:00"
    assert retreat.ends_at - retreat.starts_at == dt.timedelta(hours=8)
    assert f"{circle.starts_at.astimezone(zone):%a %H:%M}" == "Thu 17:30"


def test_program_of_one_year_needs_no_other_code(db):
    cohort = make_cohort(program=make_program("One year", years=1))
    assert cohort.years == 1
    assert cohort.requirements.count() == 2


def test_cohort_with_a_taken_name_or_without_a_plan_is_refused_whole(db):
    program = make_program()
    make_cohort(program=program)
    with pytest.raises(ValidationError, match="Another cohort has this name"):
        make_cohort(program=program)
    empty = make_program("Empty")
    empty.plan_modules.all().delete()
    with pytest.raises(ValidationError, match="has no plan yet"):
        create_cohort(program=empty, name="Other", starts_on=START)
    assert Cohort.objects.count() == 1


def test_session_outside_the_cohorts_years_is_refused(db):
    cohort = make_cohort()
    with pytest.raises(ValidationError, match="Choose a day within it"):
        a_session(cohort, starts_at=NOON.replace(year=2029), ends_at=NOON.replace(year=2029, hour=19))
    with pytest.raises(ValidationError, match="must end after it starts"):
        a_session(cohort, ends_at=NOON)


def test_session_is_required_in_the_year_of_its_day(db):
    cohort_session = a_session(
        make_cohort(), starts_at=NOON.replace(year=2027), ends_at=NOON.replace(year=2027, hour=19)
    )
    assert (cohort_session.requirement.year, cohort_session.requirement.required) == (2, True)


def test_change_of_title_time_or_place_counts_the_sequence_up(db, faculty):
    cohort_session = a_session(make_cohort())
    assert edit_session(cohort_session=cohort_session, about="Bring a question.", faculty=[faculty]).sequence == 0
    assert edit_session(cohort_session=cohort_session, title="Speaking lab").sequence == 1
    moved = edit_session(cohort_session=cohort_session, starts_at=NOON + dt.timedelta(minutes=5), venue="Online")
    assert moved.sequence == 2
    assert edit_session(cohort_session=cohort_session, venue="Online").sequence == 2
    assert list(moved.faculty.all()) == [faculty]
    assert (moved.requirement.title, moved.requirement.short_title) == ("Speaking lab", "Speaking lab")


def test_cancelled_session_stays_and_is_owed_by_nobody(db):
    cohort_session = a_session(make_cohort())
    with clock.at(NOON - dt.timedelta(days=3)):
        cancelled = cancel_session(cohort_session=cohort_session)
    with clock.at(NOON - dt.timedelta(days=2)):
        assert cancel_session(cohort_session=cohort_session).cancelled_at == cancelled.cancelled_at
    cohort_session.refresh_from_db()
    assert cohort_session.sequence == 1
    assert cohort_session.requirement.required is False
    with pytest.raises(ValidationError, match="was cancelled"):
        edit_session(cohort_session=cohort_session, title="Other")


def test_session_that_is_over_is_neither_cancelled_nor_moved(db):
    cohort_session = a_session(make_cohort())
    with clock.at(NOON + dt.timedelta(hours=2)):
        with pytest.raises(ValidationError, match="cannot be cancelled"):
            cancel_session(cohort_session=cohort_session)
        announce_ended_sessions()
        with pytest.raises(ValidationError, match="its time stays"):
            edit_session(cohort_session=cohort_session, ends_at=NOON + dt.timedelta(hours=5))


def test_end_of_a_session_is_announced_once(db):
    cohort = make_cohort()
    ended = a_session(cohort)
    cancelled = a_session(cohort, title="Cancelled")
    with clock.at(NOON - dt.timedelta(days=1)):
        cancel_session(cohort_session=cancelled)
    heard = []

    def hear(cohort_session, **kwargs):
        heard.append(cohort_session.title)

    signals.session_ended.connect(hear)
    try:
        with clock.at(NOON + dt.timedelta(hours=2)):
            assert announce_ended_sessions() == 2  # the retreat of the template, too
            assert announce_ended_sessions() == 0
    finally:
        signals.session_ended.disconnect(hear)
    assert sorted(heard) == ["Media lab", "Opening retreat"]
    ended.refresh_from_db()
    assert ended.ended_announced_at == NOON + dt.timedelta(hours=2)


def test_receiver_that_fails_leaves_its_session_for_the_next_time(db):
    a_session(make_cohort())

    def fail(cohort_session, **kwargs):
        if cohort_session.title == "Media lab":
            raise RuntimeError("no")

    signals.session_ended.connect(fail)
    with clock.at(NOON + dt.timedelta(hours=2)):
        try:
            assert announce_ended_sessions() == 1
        finally:
            signals.session_ended.disconnect(fail)
        assert announce_ended_sessions() == 1


def test_staffs_own_days_must_be_in_order(db):
    cohort = make_cohort()
    requirement = cohort.requirements.select_related("cohort", "cohort_session").get(short_title="Media")
    set_requirement_days(requirement=requirement, opens_on=None, due_on=dt.date(2025, 12, 1))
    assert due_on(requirement) == dt.date(2025, 12, 1)
    with pytest.raises(ValidationError, match="due before it opens"):
        set_requirement_days(requirement=requirement, opens_on=dt.date(2025, 12, 2), due_on=dt.date(2025, 12, 1))
    set_requirement_days(requirement=requirement, opens_on=None, due_on=None)
    assert due_on(requirement) == dt.date(2025, 11, 8)


def test_westernmost_zone_moves_west_only(db):
    cohort = make_cohort()
    keep_westernmost(cohort=cohort, time_zone="America/New_York")
    assert cohort.westernmost_zone == "America/Los_Angeles"
    keep_westernmost(cohort=cohort, time_zone="Pacific/Honolulu")
    cohort.refresh_from_db()
    assert cohort.westernmost_zone == "Pacific/Honolulu"


def test_kind_of_requirement_is_taken_once():
    assert set(kinds) >= {"module", "session"}
    with pytest.raises(ValueError, match="taken"):
        register_kind("module", "Something else")


def test_long_titles_are_cut_between_words():
    assert shortened("Peer circle on care teams") == "Peer circle on care"
    assert shortened("Retreat") == "Retreat"
