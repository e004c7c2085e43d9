"""Clock times as people type them: in the zone of the place, and only if that clock ever shows them."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from lms.ui.dates import time_of_day


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """The moment at which clocks in `zone` show `time` on `day`, in UTC.

    A time that comes twice, in autumn, is the first of the two (see `comes_twice`). Raises ValidationError for
    a time that is skipped in spring.
    """
    local = dt.datetime.combine(day, time, ZoneInfo(zone))
    utc = local.astimezone(dt.UTC)
    if utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValidationError(
            f"On {day:%B} {day.day}, {day.year}, clocks there skip {time_of_day(time)}: they go one hour forward. "
            "Choose an hour later or earlier.",
            code="skipped",
        )
    return utc


def comes_twice(day: dt.date, time: dt.time, zone: str) -> bool:
    """Whether clocks in `zone` show `time` twice on `day`, because they go back."""
    local = dt.datetime.combine(day, time, ZoneInfo(zone))
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def farther_west(one: str, other: str) -> str:
    """The zone, of the two, in which a day ends later over the year; `one` where they are alike."""
    return other if _offsets(other) < _offsets(one) else one


def _offsets(zone: str) -> dt.timedelta:
    # Summer and winter together order Arizona between Mountain and Pacific, whichever the season.
    seasons = (dt.datetime(2025, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() or dt.timedelta(0) for month in (1, 7))
    return sum(seasons, dt.timedelta(0))
