"""The board of a cohort as its page shows it: columns, cells in words, filters."""

from dataclasses import dataclass

from django.http import QueryDict

from cohorts.network.enums import RequirementKind
from cohorts.practice.board import Board, Row
from cohorts.practice.enums import EnrollmentState, Rsvp
from cohorts.practice.facts import Asked
from cohorts.practice.standing import Item, Pace, State
from lms.ui.dates import day

PILLS = {
    Pace.AT_RISK: ("risk", "flag"),
    Pace.ATTENTION: ("warn", "triangle-alert"),
    Pace.ON_PACE: ("ok", "circle-check"),
}
ORDER = [Pace.AT_RISK, Pace.ATTENTION, Pace.ON_PACE, None]
LONGEST = 100


class Filters:
    """What was asked of the board; anything not understood asks nothing."""

    def __init__(self, asked: QueryDict):
        self.name = asked.get("q", "").replace("\x00", "").strip()[:LONGEST]
        self.practice = asked.get("practice", "")
        self.pace = asked.get("pace", "")
        self.withdrawn = bool(asked.get("all"))

    def keep(self, row: Row) -> bool:
        return (
            (self.withdrawn or row.leader.state != EnrollmentState.WITHDRAWN)
            and self.name.lower() in row.leader.name.lower()
            and self.practice in ("", row.practice.slug)
            and self.pace in ("", row.standing.pace or "")
        )


@dataclass(frozen=True)
class Cell:
    """One leader and one requirement: the design's state, what is drawn, and what is read out."""

    state: str
    icon: str = ""
    text: str = ""
    words: str = ""


def shown(board: Board, filters: Filters) -> dict:
    """What the template draws. Rows are those most in need first."""
    asked = [a for a in board.plan.asked if a.required]
    modules = sorted((a for a in asked if a.kind != RequirementKind.SESSION), key=lambda a: (a.due_on, a.position))
    sessions = sorted((a for a in asked if a.kind == RequirementKind.SESSION), key=lambda a: (a.due_on, a.position))
    columns = modules + sessions
    present = [row for row in board.rows if row.leader.state != EnrollmentState.WITHDRAWN]
    rows = sorted(filter(filters.keep, board.rows), key=lambda row: (ORDER.index(row.standing.pace), row.leader.name))
    practices = sorted({row.practice for row in board.rows}, key=lambda practice: practice.name)
    return {
        "modules": modules,
        "sessions": sessions,
        "columns": columns,
        "rows": [_row(row, columns, len(modules)) for row in rows],
        "practices": practices,
        "paces": Pace.choices,
        "leaders": len(present),
        "practices_present": len({row.practice.pk for row in present}),
        "on_leave": sum(row.leader.state == EnrollmentState.PAUSED for row in present),
        "completed": sum(row.leader.state == EnrollmentState.COMPLETED for row in present),
        "counts": {str(pace): sum(row.standing.pace == pace for row in present) for pace in Pace},
    }


def _row(row: Row, columns: list[Asked], first_session: int) -> dict:
    items = {item.asked.id: item for item in row.standing.items}
    pace = row.standing.pace
    state, icon = PILLS[pace] if pace else ("planned", "pause")
    return {
        "leader": row.leader,
        "practice": row.practice,
        "pill": state,
        "icon": icon,
        "pace": pace.label if pace else EnrollmentState(row.leader.state).label,
        "why": _why(row),
        "cells": [
            {"cell": cell(items[asked.id]), "edge": number in (0, first_session)}
            for number, asked in enumerate(columns)
        ],
    }


def _why(row: Row) -> str:
    """The reasons of a pace in a few words: "MSO finance 12 days late, 2 missed". Leaders read them in full."""
    standing = row.standing
    if standing.pace in (None, Pace.ON_PACE):
        return ""
    required = [item for item in standing.items if item.asked.required]
    late = [item for item in required if item.state == State.OVERDUE]
    missed = sum(item.state == State.MISSED and not item.on_leave for item in required)
    words = []
    if len(late) == 1:
        days = (standing.today - late[0].due_on).days
        words.append(f"{late[0].asked.short_title} {days} day{'' if days == 1 else 's'} late")
    elif late:
        words.append(f"{len(late)} late")
    if missed:
        words.append(f"{missed} missed")
    return ", ".join(words)


def cell(item: Item) -> Cell:
    """How `item` looks on the board."""
    if item.state == State.DONE:
        return Cell("done", icon="check", words="Attended" if item.is_session else "Done")
    if item.state == State.EXCUSED:
        return Cell("excused", text="Exc", words="used")
    return _session_cell(item) if item.is_session else _module_cell(item)


def _session_cell(item: Item) -> Cell:
    if item.state == State.MISSED:
        return Cell("missed", icon="x", words="Missed")
    if item.state == State.UNRECORDED:
        return Cell("next", text="…", words="Attendance not recorded yet")
    if item.rsvp == Rsvp.GOING:
        return Cell("going", text="Yes", words=", will attend")
    if item.rsvp == Rsvp.CANNOT:
        return Cell("next", text="No", words=", cannot attend")
    return Cell("planned" if item.state == State.PLANNED else "next", text="?", words="No reply")


def _module_cell(item: Item) -> Cell:
    progress = f"{item.lessons_done}/{item.lessons_total}"
    if item.state == State.OVERDUE:
        return Cell("late", icon="clock", text=progress, words=f" lessons, was due {day(item.due_on)}")
    if item.state == State.PLANNED:
        return Cell("planned", words=f"Opens {day(item.opens_on)}")
    state = "now" if item.lessons_done else "next"
    return Cell(state, text=progress, words=f" lessons, due {day(item.due_on)}")
