"""When a window is open. Its last day ends for everybody at once: in the cohort's westernmost zone."""

import datetime as dt
from zoneinfo import ZoneInfo

from feedback.network.models import Window
from lms import clock


def ends_at(window: Window) -> dt.datetime:
    """The moment at which the window's last day ends, in UTC."""
    zone = ZoneInfo(window.cohort.westernmost_zone)
    return dt.datetime.combine(window.closes_on + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)


def is_over(window: Window) -> bool:
    """Whether the last day has ended. It is not yet closed by that: the hourly job closes it."""
    return clock.now() >= ends_at(window)


def takes_answers(window: Window) -> bool:
    """Whether an answer is still taken."""
    return window.closed_at is None and not is_over(window)
