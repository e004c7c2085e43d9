"""A calendar of things to do at moments of the past, played in order under the shifted clock."""

import datetime as dt
import heapq
import itertools
from collections.abc import Callable
from zoneinfo import ZoneInfo

from lms import clock


class Calendar:
    """Events in order of their moments; an event may add further ones. What lies in the future is never played."""

    def __init__(self, until: dt.datetime):
        self.until = until
        self._events: list[tuple[dt.datetime, int, Callable[[], object]]] = []
        self._numbers = itertools.count()

    def add(self, moment: dt.datetime, event: Callable[[], object]) -> None:
        """Play `event` at `moment` (aware), if that comes before the end."""
        moment = moment.astimezone(dt.UTC)
        if moment < self.until:
            heapq.heappush(self._events, (moment, next(self._numbers), event))

    def play(self, on_month: Callable[[dt.date], object]) -> None:
        """Play everything; `on_month` is told each month as it begins."""
        month = None
        while self._events:
            moment, _, event = heapq.heappop(self._events)
            if (moment.year, moment.month) != month:
                month = (moment.year, moment.month)
                on_month(moment.date())
            with clock.at(moment):
                event()


def at(day: dt.date, hour: float, zone: str) -> dt.datetime:
    """The aware moment of `hour` (such as 12.5) on `day` in `zone`."""
    minutes = round(hour * 60)
    return dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), ZoneInfo(zone))
