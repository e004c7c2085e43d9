import calendar
import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cohorts.network.models import Cohort, CohortSession, Requirement
from cohorts.network.plan import add_months, due_on, first_weekday, month_of, opens_on, year_bounds, year_of
from cohorts.network.times import comes_twice, farther_west, moment

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_add_months_keeps_the_day_or_takes_the_last_of_the_month(start, months):
    there = add_months(start, months)
    assert (there.year * 12 + there.month) - (start.year * 12 + start.month) == months
    last = calendar.monthrange(there.year, there.month)[1]
    assert there.day == min(start.day, last)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_add_months_never_goes_backward(start, one, other):
    few, many = sorted((one, other))
    assert add_months(start, few) <= add_months(start, many)


@given(DAYS, st.integers(1, 4))
def test_years_of_a_cohort_meet_without_gap_or_overlap(start, years):
    cohort = Cohort(starts_on=start, years=years)
    assert year_bounds(cohort, 1)[0] == start
    for year in range(1, years + 1):
        first, last = year_bounds(cohort, year)
        assert year_of(cohort, first) == year_of(cohort, last) == year
        assert last + dt.timedelta(days=1) == year_bounds(cohort, year + 1)[0]
    assert year_of(cohort, start - dt.timedelta(days=1)) is None
    assert year_of(cohort, year_bounds(cohort, years)[1] + dt.timedelta(days=1)) is None


@given(DAYS, st.integers(0, 1500))
def test_month_of_a_day_begins_no_later_and_ends_after_it(start, days):
    cohort, day = Cohort(starts_on=start, years=4), start + dt.timedelta(days=days)
    month = month_of(cohort, day)
    assert add_months(start, month - 1) <= day < add_months(start, month)


@given(DAYS, st.integers(0, 6))
def test_first_weekday_lies_within_a_week(day, weekday):
    found = first_weekday(day, weekday)
    assert found.weekday() == weekday
    assert 0 <= (found - day).days < 7


def test_months_count_from_the_start_each_time():
    start = dt.date(2025, 1, 31)
    assert add_months(start, 1) == dt.date(2025, 2, 28)
    assert add_months(start, 2) == dt.date(2025, 3, 31)
    assert add_months(start, 1, days=3) == dt.date(2025, 3, 3)


def test_year_one_after_a_leap_day_ends_on_february_27():
    cohort = Cohort(starts_on=dt.date(2024, 2, 29), years=2)
    assert year_bounds(cohort, 1) == (dt.date(2024, 2, 29), dt.date(2025, 2, 27))
    assert year_bounds(cohort, 2) == (dt.date(2025, 2, 28), dt.date(2026, 2, 27))
    assert add_months(cohort.starts_on, 1) == dt.date(2024, 3, 29)


def test_staffs_own_day_replaces_the_offset():
    cohort = Cohort(starts_on=dt.date(2025, 9, 8), years=2)
    requirement = Requirement(cohort=cohort, kind="module", opens_months=1, due_months=3, due_days=2)
    assert (opens_on(requirement), due_on(requirement)) == (dt.date(2025, 10, 8), dt.date(2025, 12, 10))
    requirement.opens_on, requirement.due_on = dt.date(2025, 10, 1), dt.date(2026, 1, 5)
    assert (opens_on(requirement), due_on(requirement)) == (dt.date(2025, 10, 1), dt.date(2026, 1, 5))


def test_session_is_due_on_its_day_where_it_is_held():
    held = CohortSession(
        starts_at=dt.datetime(2026, 3, 20, 2, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC),
        time_zone="America/Denver",
    )
    requirement = Requirement(cohort=Cohort(starts_on=dt.date(2025, 9, 8)), kind="session", cohort_session=held)
    assert due_on(requirement) == dt.date(2026, 3, 19)


def test_time_that_clocks_skip_is_refused_in_words():
    with pytest.raises(ValidationError, match="clocks there skip 2:30 am"):
        moment(dt.date(2026, 3, 8), dt.time(2, 30), "America/Chicago")
    # Arizona keeps its clocks.
    assert moment(dt.date(2026, 3, 8), dt.time(2, 30), "America/Phoenix").hour == 9


def test_time_that_comes_twice_is_the_first_of_the_two():
    day, time = dt.date(2026, 11, 1), dt.time(1, 30)
    assert comes_twice(day, time, "America/New_York")
    assert moment(day, time, "America/New_York") == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)
    assert not comes_twice(day, dt.time(3, 0), "America/New_York")


@pytest.mark.parametrize(
    ("one", "other", "west"),
    [
        ("America/New_York", "America/Chicago", "America/Chicago"),
        ("America/Phoenix", "America/Denver", "America/Phoenix"),
        ("America/Phoenix", "America/Los_Angeles", "America/Los_Angeles"),
        ("Pacific/Honolulu", "America/Anchorage", "Pacific/Honolulu"),
    ],
)
def test_farther_west_is_where_a_day_ends_later(one, other, west):
    assert farther_west(one, other) == farther_west(other, one) == west
