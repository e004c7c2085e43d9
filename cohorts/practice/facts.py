"""What the engine in `standing` works on: a cohort's plan and one enrollment's dated facts. Values only."""

import datetime as dt
import uuid
from dataclasses import dataclass

from cohorts.network.models import CohortSession
from cohorts.network.plan import add_months
from cohorts.practice.enums import Attendance, Rsvp
from curriculum.models import ModulePage


@dataclass(frozen=True)
class Asked:
    """One requirement of a cohort's plan, with its dates as planned."""

    id: uuid.UUID
    kind: str
    title: str
    short_title: str
    year: int
    required: bool
    opens_on: dt.date
    due_on: dt.date
    position: int = 0
    module_id: int | None = None
    module: ModulePage | None = None
    lessons: tuple[int, ...] = ()
    cohort_session: CohortSession | None = None


@dataclass(frozen=True)
class Plan:
    starts_on: dt.date
    years: int
    asked: tuple[Asked, ...]

    @property
    def ends_on(self) -> dt.date:
        """The last day of the last year."""
        return add_months(self.starts_on, 12 * self.years, days=-1)


@dataclass(frozen=True)
class SeatFact:
    id: uuid.UUID
    session_id: uuid.UUID
    rsvp: str = Rsvp.NONE
    attendance: str = Attendance.NONE


@dataclass(frozen=True)
class CompletionFact:
    id: uuid.UUID
    page_id: int
    at: dt.datetime


@dataclass(frozen=True)
class RulingFact:
    id: uuid.UUID
    requirement_id: uuid.UUID
    kind: str
    at: dt.datetime
    until: dt.date | None = None
    by_name: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PauseFact:
    starts_on: dt.date
    resumes_on: dt.date | None = None


@dataclass(frozen=True)
class Facts:
    """What holds now about one enrollment: withdrawn facts are left out before."""

    state: str
    zone: str
    completions: tuple[CompletionFact, ...] = ()
    seats: tuple[SeatFact, ...] = ()
    rulings: tuple[RulingFact, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
