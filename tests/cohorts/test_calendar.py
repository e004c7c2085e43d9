import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cohorts.network.models import Cohort, Requirement
from cohorts.network.plan import add_months, due_on, month_of, opens_on, year_bounds

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def test_months_are_clamped_to_the_last_day():
    assert add_months(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert add_months(dt.date(2025, 1, 31), 1) == dt.date(2025, 2, 28)
    assert add_months(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert add_months(dt.date(2024, 2, 29), 24, days=-1) == dt.date(2026, 2, 27)


def test_months_are_counted_from_the_start_each_time():
    start = dt.date(2025, 8, 31)
    assert [add_months(start, n).day for n in (1, 2, 6, 7)] == [30, 31, 28, 31]


@given(DAYS, st.integers(0, 48))
def test_month_of_a_day_is_the_one_that_contains_it(start, months):
    cohort = Cohort(starts_on=start)
    assert month_of(cohort, add_months(start, months)) == months + 1
    assert month_of(cohort, add_months(start, months) - dt.timedelta(days=1)) == months


@given(DAYS)
def test_years_meet_without_a_gap(start):
    cohort = Cohort(starts_on=start)
    assert year_bounds(cohort, 1)[1] + dt.timedelta(days=1) == year_bounds(cohort, 2)[0]


def test_own_day_holds_instead_of_the_offset():
    cohort = Cohort(starts_on=dt.date(2025, 9, 1))
    offset = Requirement(cohort=cohort, kind="module", opens_months=1, due_months=2, due_days=3)
    assert (opens_on(offset), due_on(offset)) == (dt.date(2025, 10, 1), dt.date(2025, 11, 4))
    own = Requirement(cohort=cohort, kind="module", opens_on=dt.date(2025, 9, 9), due_on=dt.date(2025, 9, 10))
    assert (opens_on(own), due_on(own)) == (dt.date(2025, 9, 9), dt.date(2025, 9, 10))
