"""Where a leader stands, derived from dated facts each time it is asked. Pure, and never stored.

A day is a calendar day in the leader's zone and ends at the next midnight there. A due day on or after the first
day of a pause moves by the pause's length; an open pause counts as if the leader came back today. An extension
moves in the same way by pauses that begin after it was given, and of the two the later day holds. What opens
does not move: a leader may always read ahead of their own pace. The order in which facts came does not matter.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

from cohorts.network.enums import RequirementKind
from cohorts.practice.enums import Attendance, EnrollmentState, Rsvp, RulingKind
from cohorts.practice.facts import Asked, CompletionFact, Facts, PauseFact, Plan, RulingFact


class State(TextChoices):
    """How one thing of the plan stands for one leader."""

    DONE = "done", "Done"
    EXCUSED = "excused", "Excused"
    GOING = "going", "Going"
    OPEN = "open", "Open"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    UNRECORDED = "unrecorded", "Attendance not recorded yet"
    MISSED = "missed", "Missed"
    PLANNED = "planned", "Planned"


FINISHED = (State.DONE, State.EXCUSED)
# Over, with no more to do by the leader than to talk to staff.
PAST = (*FINISHED, State.UNRECORDED, State.MISSED)


class Pace(TextChoices):
    ON_PACE = "on_pace", "On pace"
    ATTENTION = "attention", "Needs attention"
    AT_RISK = "at_risk", "At risk"


@dataclass(frozen=True)
class Limits:
    """The thresholds of settings.STANDING, where each is explained."""

    due_soon_days: int
    reply_days: int
    attendance_days: int
    attention_overdue: int
    attention_missed: int
    risk_overdue: int
    risk_overdue_days: int
    risk_missed: int


@dataclass(frozen=True)
class Item:
    """One thing of the plan as it stands for one leader."""

    asked: Asked
    state: State
    opens_on: dt.date
    due_on: dt.date
    done_on: dt.date | None = None
    lessons_done: int = 0
    rsvp: str = Rsvp.NONE
    on_leave: bool = False
    fact: tuple[str, uuid.UUID] | None = None

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def is_session(self) -> bool:
        return self.asked.cohort_session is not None

    @property
    def is_open(self) -> bool:
        """Whether the leader may work on it now."""
        return self.state != State.PLANNED

    @property
    def lessons_total(self) -> int:
        return len(self.asked.lessons)


@dataclass(frozen=True)
class YearStanding:
    year: int
    finished: int
    required: int

    @property
    def is_complete(self) -> bool:
        return self.required > 0 and self.finished == self.required


@dataclass(frozen=True)
class Standing:
    """All of it. `pace` is None for whoever is paused, withdrawn or done; `why` says it in sentences."""

    today: dt.date
    items: tuple[Item, ...]
    years: tuple[YearStanding, ...]
    pace: Pace | None
    why: tuple[str, ...]
    percent: int

    @property
    def next(self) -> tuple[Item, ...]:
        """What is not finished and open, or the next to open, the most urgent first."""
        ahead = [item for item in self.items if item.state not in PAST]
        return tuple(sorted(ahead, key=lambda item: (item.state == State.PLANNED, _urgency(item))))

    def item(self, asked_id: uuid.UUID) -> Item | None:
        return next((item for item in self.items if item.asked.id == asked_id), None)

    def item_of_module(self, module_id: int) -> Item | None:
        return next((item for item in self.items if item.asked.module_id == module_id), None)

    def item_of_session(self, session_id: uuid.UUID) -> Item | None:
        for item in self.items:
            if item.asked.cohort_session is not None and item.asked.cohort_session.pk == session_id:
                return item
        return None

    @property
    def is_complete(self) -> bool:
        return bool(self.years) and all(year.is_complete for year in self.years)

    @property
    def modules(self) -> list[Item]:
        return [item for item in self.items if item.asked.module_id is not None]

    @property
    def sessions(self) -> list[Item]:
        return [item for item in self.items if item.is_session]


def _urgency(item: Item) -> dt.date:
    return item.opens_on if item.state == State.PLANNED and not item.is_session else item.due_on


def derive(*, plan: Plan, facts: Facts, now: dt.datetime, limits: Limits) -> Standing:
    """Where the leader of `facts` stands in `plan` at the aware moment `now`."""
    zone = ZoneInfo(facts.zone)
    today = now.astimezone(zone).date()
    leaves = _merged(facts.pauses, today)
    completed: dict[int, CompletionFact] = {}
    for completion in facts.completions:
        first = completed.get(completion.page_id)
        if first is None or completion.at < first.at:
            completed[completion.page_id] = completion
    seats = {seat.session_id: seat for seat in facts.seats}
    items = []
    for asked in plan.asked:
        rulings = sorted((r for r in facts.rulings if r.requirement_id == asked.id), key=lambda r: (r.at, r.id))
        if asked.cohort_session is not None:
            item = _session(asked, seats.get(asked.cohort_session.pk), rulings, leaves, now, zone, limits)
        else:
            item = _other(asked, completed, rulings, leaves, today, zone, limits)
        items.append(item)
    items.sort(key=lambda item: (item.asked.year, _begins(item, zone), item.asked.position, str(item.asked.id)))
    years = tuple(_year(items, year) for year in range(1, plan.years + 1))
    pace, why = _pace(items, facts.state, today, limits)
    return Standing(today, tuple(items), years, pace, why, _percent(items))


def _begins(item: Item, zone: ZoneInfo) -> dt.date:
    cohort_session = item.asked.cohort_session
    return cohort_session.starts_at.astimezone(zone).date() if cohort_session else item.opens_on


def _merged(pauses: Iterable[PauseFact], today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Pauses as [first day, day of return), overlapping ones joined, so that no day counts twice."""
    leaves: list[tuple[dt.date, dt.date]] = []
    for first, back in sorted((p.starts_on, p.resumes_on or max(today, p.starts_on)) for p in pauses):
        if leaves and first <= leaves[-1][1]:
            leaves[-1] = (leaves[-1][0], max(back, leaves[-1][1]))
        else:
            leaves.append((first, back))
    return leaves


def _shifted(day: dt.date, leaves: list[tuple[dt.date, dt.date]], after: dt.date | None = None) -> dt.date:
    """`day` moved by each leave (or, with `after`, each that began later) that began by then."""
    for first, back in leaves:
        if first <= day and (after is None or first > after):
            day += back - first
    return day


def _verdict(rulings: list[RulingFact]) -> RulingFact | None:
    """The ruling that ends the matter: a sign-off before an excuse."""
    for kind in (RulingKind.SIGNED_OFF, RulingKind.WAIVED):
        found = next((ruling for ruling in rulings if ruling.kind == kind), None)
        if found:
            return found
    return None


def _session(asked, seat, rulings, leaves, now, zone, limits) -> Item:
    cohort_session = asked.cohort_session
    day = cohort_session.starts_at.astimezone(zone).date()
    today = now.astimezone(zone).date()
    verdict = _verdict(rulings)
    known = {
        "opens_on": asked.opens_on,
        "due_on": asked.due_on,
        "rsvp": seat.rsvp if seat else Rsvp.NONE,
        "on_leave": any(first <= day < back for first, back in leaves),
    }
    if seat and seat.attendance == Attendance.ATTENDED:
        return Item(asked, State.DONE, done_on=day, fact=("attendance", seat.id), **known)
    if verdict:
        state = State.DONE if verdict.kind == RulingKind.SIGNED_OFF else State.EXCUSED
        return Item(asked, state, done_on=verdict.at.astimezone(zone).date(), fact=("ruling", verdict.id), **known)
    if seat and seat.attendance == Attendance.EXCUSED:
        return Item(asked, State.EXCUSED, done_on=day, fact=("attendance", seat.id), **known)
    if cohort_session.cancelled_at is not None:
        return Item(asked, State.EXCUSED, **known)
    return Item(asked, _state_of_session(cohort_session, seat, day, today, now, limits), **known)


def _state_of_session(cohort_session, seat, day, today, now, limits) -> State:
    if cohort_session.ends_at <= now:
        recorded = seat is not None and seat.attendance != Attendance.NONE
        waited = now - cohort_session.ends_at >= dt.timedelta(days=limits.attendance_days)
        return State.MISSED if recorded or waited else State.UNRECORDED
    if seat and seat.rsvp == Rsvp.GOING:
        return State.GOING
    if day <= today + dt.timedelta(days=limits.due_soon_days):
        return State.DUE_SOON
    return State.OPEN if day <= today + dt.timedelta(days=limits.reply_days) else State.PLANNED


def _other(asked, completed, rulings, leaves, today, zone, limits) -> Item:
    """A module, or any other thing that is done by a due day."""
    due = _shifted(asked.due_on, leaves)
    for ruling in rulings:
        if ruling.kind == RulingKind.EXTENDED and ruling.until:
            due = max(due, _shifted(ruling.until, leaves, after=ruling.at.astimezone(zone).date()))
    known = {
        "opens_on": asked.opens_on,
        "due_on": due,
        "lessons_done": sum(lesson in completed for lesson in asked.lessons),
    }
    completion = completed.get(asked.module_id)
    verdict = _verdict(rulings)
    if completion:
        day = completion.at.astimezone(zone).date()
        return Item(asked, State.DONE, done_on=day, fact=("completion", completion.id), **known)
    if verdict:
        state = State.DONE if verdict.kind == RulingKind.SIGNED_OFF else State.EXCUSED
        return Item(asked, state, done_on=verdict.at.astimezone(zone).date(), fact=("ruling", verdict.id), **known)
    if today < asked.opens_on:
        state = State.PLANNED
    elif due < today:
        state = State.OVERDUE
    else:
        state = State.DUE_SOON if due <= today + dt.timedelta(days=limits.due_soon_days) else State.OPEN
    return Item(asked, state, **known)


def _year(items: list[Item], year: int) -> YearStanding:
    required = [item for item in items if item.asked.required and item.asked.year == year]
    return YearStanding(year, sum(item.is_finished for item in required), len(required))


def _percent(items: list[Item]) -> int:
    """Of what is required, in whole percent, rounded down; a module under way counts by its lessons."""
    required = [item for item in items if item.asked.required]
    parts = 0.0
    for item in required:
        if item.is_finished:
            parts += 1
        elif item.lessons_total:
            # All lessons read is not yet all: the module's own completion is.
            parts += 0.99 * item.lessons_done / item.lessons_total
    return int(100 * parts / len(required)) if required else 0


def _pace(items: list[Item], state: str, today: dt.date, limits: Limits) -> tuple[Pace | None, tuple[str, ...]]:
    if state != EnrollmentState.ACTIVE:
        return None, ()
    overdue = [item for item in items if item.asked.required and item.state == State.OVERDUE]
    missed = [i for i in items if i.asked.required and i.state == State.MISSED and not i.on_leave]
    why = [_overdue_words(item, today) for item in sorted(overdue, key=lambda item: item.due_on)]
    if missed:
        why.append("One required session missed" if len(missed) == 1 else f"{len(missed)} required sessions missed")
    longest = max(((today - item.due_on).days for item in overdue), default=0)
    if len(overdue) >= limits.risk_overdue or longest > limits.risk_overdue_days or len(missed) >= limits.risk_missed:
        return Pace.AT_RISK, tuple(why)
    if len(overdue) >= limits.attention_overdue or len(missed) >= limits.attention_missed:
        return Pace.ATTENTION, tuple(why)
    return Pace.ON_PACE, tuple(why)


def _overdue_words(item: Item, today: dt.date) -> str:
    days = (today - item.due_on).days
    kind = "Module" if item.asked.kind == RequirementKind.MODULE else "Requirement"
    return f"{kind} “{item.asked.title}” is overdue by {days} day{'' if days == 1 else 's'}"
