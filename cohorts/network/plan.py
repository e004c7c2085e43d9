"""The calendar of a cohort's plan: pure, and counted from the start each time, never from the month before."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from cohorts.network.models import Cohort, Requirement


def add_months(day: dt.date, months: int, days: int = 0) -> dt.date:
    """`day` plus `months`, clamped to the month's last day, and then plus `days`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last)) + dt.timedelta(days=days)


def opens_on(requirement: Requirement) -> dt.date:
    """The first day on which the requirement is open: staff's own day, or the offset from the cohort's start."""
    if requirement.opens_on:
        return requirement.opens_on
    return add_months(requirement.cohort.starts_on, requirement.opens_months, requirement.opens_days)


def due_on(requirement: Requirement) -> dt.date:
    """The last day that counts. A session is due on the day it ends at its place, everything else as planned."""
    if requirement.due_on:
        return requirement.due_on
    if requirement.cohort_session is not None:
        cohort_session = requirement.cohort_session
        return cohort_session.ends_at.astimezone(ZoneInfo(cohort_session.time_zone)).date()
    return add_months(requirement.cohort.starts_on, requirement.due_months, requirement.due_days)


def year_bounds(cohort: Cohort, year: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of `year` (1 is the first) of the cohort."""
    first = add_months(cohort.starts_on, 12 * (year - 1))
    return first, add_months(cohort.starts_on, 12 * year, days=-1)


def month_of(cohort: Cohort, day: dt.date) -> int:
    """The month of the program in which `day` lies: 1 is the first, 0 and less come before the start."""
    start = cohort.starts_on
    months = (day.year - start.year) * 12 + day.month - start.month
    return months + 1 if add_months(start, months) <= day else months


def year_of(cohort: Cohort, day: dt.date) -> int | None:
    """The cohort's year (1 is the first) that `day` lies in; None outside the program."""
    for year in range(1, cohort.years + 1):
        first, last = year_bounds(cohort, year)
        if first <= day <= last:
            return year
    return None


def first_weekday(day: dt.date, weekday: int) -> dt.date:
    """The first day on or after `day` that is `weekday` (Monday is 0)."""
    return day + dt.timedelta(days=(weekday - day.weekday()) % 7)


def local_day(moment: dt.datetime, zone: str) -> dt.date:
    """The calendar day of an aware `moment` in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).date()
