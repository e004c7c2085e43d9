"""A standing in sentences, as the design says them."""

from collections.abc import Iterable

from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort
from cohorts.network.plan import month_of
from cohorts.practice.enums import EnrollmentState, Rsvp
from cohorts.practice.loading import Leader
from cohorts.practice.standing import Item, Pace, Standing, State
from lms.ui.dates import day

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# The design's data-state of each pace and of each enrollment that has none.
PACE_STATES = {Pace.ON_PACE: "ok", Pace.ATTENTION: "warn", Pace.AT_RISK: "risk"}
STATE_STATES = {"paused": "planned", "withdrawn": "excused", "completed": "done", "active": "next"}

MODE_WORDS = {SessionMode.IN_PERSON: "In person", SessionMode.VIRTUAL: "Virtual", SessionMode.HYBRID: "Hybrid"}


def number(value: int) -> str:
    """A small number as a word: "three"; from eleven on as figures."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)


def counted(value: int, one: str, many: str | None = None) -> str:
    """ "1 session", "3 sessions"."""
    return f"{value} {one if value == 1 else many or one + 's'}"


def joined(parts: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def milestones(standing: Standing) -> tuple[str, str]:
    """What is done of the modules and of the sessions that were, each in a phrase."""
    modules = [item for item in standing.modules if item.asked.required]
    done = sum(item.is_finished for item in modules)
    over = [i for i in standing.sessions if i.state in (State.DONE, State.MISSED) and i.asked.required]
    attended = sum(item.state == State.DONE for item in over)
    first = f"{number(done)} of {number(len(modules))} modules done"
    if not over:
        return first, "no session yet"
    return first, f"{number(attended)} of {number(len(over))} session{'s' if len(over) != 1 else ''} attended"


def pace_phrase(standing: Standing) -> str:
    return {Pace.ON_PACE: "on pace", Pace.ATTENTION: "in need of attention", Pace.AT_RISK: "at risk"}[
        standing.pace or Pace.ON_PACE
    ]


def status(standing: Standing, state: str) -> dict:
    """The pill of a leader: their pace, or why they have none."""
    if standing.pace is not None:
        return {"state": PACE_STATES[standing.pace], "text": standing.pace.label}
    return {"state": STATE_STATES[state], "text": EnrollmentState(state).label}


def situation(*, cohort: Cohort, leader: Leader, standing: Standing) -> dict:
    """The heading and the sentence that open a leader's journey, and whether there is work to continue.

    `text`, then `strong` in bold, then `rest`.
    """
    modules, sessions = milestones(standing)
    so_far = f"{modules}, {sessions}."
    so_far = so_far[0].upper() + so_far[1:]
    months = cohort.years * 12
    month = month_of(cohort, standing.today)
    if leader.state == EnrollmentState.WITHDRAWN:
        ended = f" on {day(leader.ended_on)}" if leader.ended_on else ""
        return _words("You left this program", f"Your part ended{ended}. What you did stays on your record: {so_far}")
    if leader.state == EnrollmentState.COMPLETED:
        ended = f", on {day(leader.ended_on)}" if leader.ended_on else ""
        years = f"all {number(cohort.years)} years" if cohort.years > 2 else "both years" if cohort.years == 2 else "it"
        return _words("Your program is complete", f"You completed {years}{ended}. Everything stays open to read again.")
    if leader.state == EnrollmentState.PAUSED:
        first = max((pause.starts_on for pause in leader.facts.pauses if pause.resumes_on is None), default=None)
        paused = f"has been paused since {day(first)}" if first else "is paused"
        return _words(
            "You are on leave",
            f"Your program {paused}. Due days move by each day of your leave. {so_far}",
        )
    if month < 1:
        opens = min((item.opens_on for item in standing.modules), default=None)
        rest = f" The first module opens on {day(opens)}." if opens else ""
        return _words(
            f"Your program starts on {day(cohort.starts_on)}",
            f"You are in {cohort.name}, {months} months from that day on.{rest}",
        )
    heading = f"Month {month} of {months}" if month <= months else f"Your {months} months are over"
    on_pace = standing.pace == Pace.ON_PACE
    behind = _behind(standing)
    rest = f"{', with ' if on_pace else ': '}{behind}." if behind else "."
    if not on_pace:
        rest += " Begin with the earliest, or ask program staff for more time."
    return _words(heading, f"{so_far} You are", pace_phrase(standing), rest, works=True)


def _behind(standing: Standing) -> str:
    """What is late and what was missed, counted: the list below names each, with its day."""
    required = [item for item in standing.items if item.asked.required]
    late = [item for item in required if item.state == State.OVERDUE]
    missed = sum(item.state == State.MISSED and not item.on_leave for item in required)
    parts = []
    if len(late) == 1:
        parts.append(f"“{late[0].asked.title}” past its due day")
    elif late:
        kind = "modules" if all(item.asked.module_id is not None for item in late) else "requirements"
        parts.append(f"{number(len(late))} {kind} past their due day")
    if missed:
        parts.append(f"{number(missed)} required session{'s' if missed != 1 else ''} missed")
    return joined(parts)


def _words(heading: str, text: str, strong: str = "", rest: str = "", works: bool = False) -> dict:
    return {"heading": heading, "text": text, "strong": strong, "rest": rest, "works": works}


def item_words(item: Item) -> str:
    """What a timeline row says of one thing, after its dates."""
    if item.is_session:
        return _session_words(item)
    total = item.lessons_total
    lessons = f"Module, {counted(total, 'lesson')}" if total else "Module"
    if item.state == State.DONE:
        return f"{lessons} · Completed {day(item.done_on)}" if item.done_on else lessons
    if item.state == State.EXCUSED:
        return f"{lessons} · Excused"
    if item.state == State.PLANNED:
        return f"{lessons} · Opens {day(item.opens_on)}"
    progress = f"Module · {item.lessons_done} of {counted(total, 'lesson')}"
    if item.state == State.OVERDUE:
        return f"{progress} · Was due {day(item.due_on)}"
    return f"{progress} · Finish by {day(item.due_on)}"


def _session_words(item: Item) -> str:
    cohort_session = item.asked.cohort_session
    assert cohort_session is not None
    mode = MODE_WORDS[SessionMode(cohort_session.mode)]
    if cohort_session.cancelled_at:
        return f"{mode} · Cancelled"
    words = {
        State.DONE: "Attended",
        State.EXCUSED: "Excused",
        State.GOING: "You’re going",
        State.UNRECORDED: "Attendance not recorded yet",
        State.MISSED: "Missed while on leave" if item.on_leave else "Missed",
    }.get(item.state)
    if words is None and item.rsvp == Rsvp.CANNOT:
        words = "You can’t come"
    return f"{mode} · {words}" if words else mode
