"""Days and times in words, as the design says them: "Thu, April 23, 5:30–6:30 pm MT".

A time is always said in a named zone. A year is said only when it is not the present one.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from lms import clock

# What clocks in a US zone are called all year round. The offset tells them from namesakes (CST in Shanghai).
_US_ZONES = {
    ("EST", -5): "ET",
    ("EDT", -4): "ET",
    ("CST", -6): "CT",
    ("CDT", -5): "CT",
    ("MST", -7): "MT",
    ("MDT", -6): "MT",
    ("PST", -8): "PT",
    ("PDT", -7): "PT",
    ("AKST", -9): "AKT",
    ("AKDT", -8): "AKT",
    ("HST", -10): "HT",
}


def zone_abbreviation(moment: dt.datetime, zone: str | ZoneInfo) -> str:
    """The zone's short name at an aware `moment`: "MT", "MST" in Arizona, "UTC+1" outside the US.

    Arizona keeps standard time, an hour apart from Denver in summer: there "MT" would be wrong half the year.
    """
    local = moment.astimezone(_zone(zone))
    offset = local.utcoffset() or dt.timedelta(0)
    hours = offset / dt.timedelta(hours=1)
    name = local.tzname() or ""
    generic = _US_ZONES.get((name, int(hours))) if hours == int(hours) else None
    if generic:
        return generic if generic == "HT" or _changes_clocks(local) else name
    if not offset:
        return "UTC"
    whole, rest = divmod(abs(int(offset.total_seconds())) // 60, 60)
    return f"UTC{'-' if hours < 0 else '+'}{whole}" + (f":{rest:02}" if rest else "")


def when(start: dt.datetime, end: dt.datetime | None, zone: str | ZoneInfo) -> str:
    """An aware moment or span in `zone`: "Thu, April 23, 5:30–6:30 pm MT".

    A span over more than one day names both: "Fri, May 8, 8:30 am – Sat, May 9, 12:00 pm CT".
    """
    first = start.astimezone(_zone(zone))
    last = end.astimezone(_zone(zone)) if end else None
    name = zone_abbreviation(start, zone)
    if last is None or last == first:
        return f"{_weekday_and_day(first)}, {time_of_day(first)} {name}"
    if last.date() == first.date():
        return f"{_weekday_and_day(first)}, {_hours(first, last)} {name}"
    spans = (f"{_weekday_and_day(moment)}, {time_of_day(moment)}" for moment in (first, last))
    return f"{' – '.join(spans)} {name}"


def hours(start: dt.datetime, end: dt.datetime | None, zone: str | ZoneInfo) -> str:
    """The time alone, for a row that already shows its day: "5:30–6:30 pm MT"."""
    first = start.astimezone(_zone(zone))
    last = end.astimezone(_zone(zone)) if end else first
    name = zone_abbreviation(start, zone)
    if last == first:
        return f"{time_of_day(first)} {name}"
    if last.date() != first.date():
        return f"{time_of_day(first)} – {last:%a} {time_of_day(last)} {name}"
    return f"{_hours(first, last)} {name}"


def time_of_day(moment: dt.datetime | dt.time) -> str:
    """A clock time: "5:30 pm". The caller has chosen the zone."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {_half(moment)}"


def day(value: dt.date | dt.datetime) -> str:
    """A day: "May 3", or "May 3, 2027" in another year. A datetime is read in the current zone."""
    value = as_date(value)
    text = f"{value:%B} {value.day}"
    return text if value.year == _this_year() else f"{text}, {value.year}"


def day_range(start: dt.date | dt.datetime, end: dt.date | dt.datetime | None) -> str:
    """A span of days: "May 8–9", "January 17 – March 15"; years as in `day`."""
    first = as_date(start)
    last = as_date(end) if end else first
    if first == last:
        return day(first)
    if (first.year, first.month) != (last.year, last.month):
        return f"{day(first)} – {day(last)}"
    text = f"{first:%B} {first.day}–{last.day}"
    return text if first.year == _this_year() else f"{text}, {first.year}"


def minutes(value: int) -> str:
    """An effort in whole minutes: "18 minutes", "1 hour", "1 h 50 min"."""
    whole, rest = divmod(int(value), 60)
    if not whole:
        return "1 minute" if rest == 1 else f"{rest} minutes"
    if not rest:
        return "1 hour" if whole == 1 else f"{whole} hours"
    return f"{whole} h {rest} min"


def as_date(value: dt.date | dt.datetime) -> dt.date:
    """The calendar day of `value`; an aware datetime is read in the current zone."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def is_this_year(value: dt.date) -> bool:
    """Whether `value` lies in the present year of the current zone."""
    return value.year == _this_year()


def _zone(zone: str | ZoneInfo) -> ZoneInfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def _this_year() -> int:
    return clock.now().astimezone(timezone.get_current_timezone()).year


def _half(moment: dt.datetime | dt.time) -> str:
    return "am" if moment.hour < 12 else "pm"


def _hours(first: dt.datetime, last: dt.datetime) -> str:
    if _half(first) == _half(last):
        return f"{time_of_day(first)[:-3]}–{time_of_day(last)}"
    return f"{time_of_day(first)} – {time_of_day(last)}"


def _weekday_and_day(moment: dt.datetime) -> str:
    year = "" if moment.year == _this_year() else f", {moment.year}"
    return f"{moment:%a}, {moment:%B} {moment.day}{year}"


def _changes_clocks(local: dt.datetime) -> bool:
    winter = local.replace(month=1, day=1).utcoffset()
    summer = local.replace(month=7, day=1).utcoffset()
    return winter != summer
