"""The one clock. Everything that needs the time asks here.

Tests and the demo shift it: inside a process with `at(moment)`, and for every process
that shares a clock file (settings.CLOCK_FILE, outside production only) by writing the number of
seconds to add to the real time into that file.
"""

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

_fixed: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("clock", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    return dt.datetime.now(dt.UTC) + _file_shift()


def today(zone: str | ZoneInfo) -> dt.date:
    """The calendar day it is in `zone` (an IANA name or ZoneInfo)."""
    return now().astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()


@contextlib.contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment` in this thread of execution."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware moment.")
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def _file_shift() -> dt.timedelta:
    if not settings.CLOCK_FILE:
        return dt.timedelta(0)
    try:
        return dt.timedelta(seconds=float(Path(settings.CLOCK_FILE).read_text()))
    except FileNotFoundError:
        return dt.timedelta(0)
