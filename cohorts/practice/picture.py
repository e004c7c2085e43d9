"""A standing as the design's parts take it: the rail, the agenda and the timeline. No words of its own on dates."""

import calendar
import datetime as dt
import uuid
from collections.abc import Mapping
from itertools import zip_longest
from zoneinfo import ZoneInfo

from django.urls import reverse

from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort, CohortSession
from cohorts.network.plan import add_months
from cohorts.practice.standing import Item, Standing, State
from cohorts.practice.words import MODE_WORDS, counted, item_words, milestones
from lms.practices.models import Practice
from lms.ui.dates import day, day_range, hours

_SEASONS = ((12, "Winter"), (9, "Fall"), (6, "Summer"), (3, "Spring"), (1, "Winter"))

# What opens within this time is drawn as next, what comes later as planned.
NEXT = dt.timedelta(days=120)


def months_from(start: dt.date, when: dt.date) -> float:
    """Months from `start` to `when`, days as parts of their month, to two places."""
    months = (when.year - start.year) * 12 + when.month - start.month
    if add_months(start, months) > when:
        months -= 1
    first, last = add_months(start, months), add_months(start, months + 1)
    return round(months + (when - first).days / (last - first).days, 2)


def local_start(cohort_session: CohortSession, zone: str) -> dt.datetime:
    """When it starts, in the zone in which it is said: the venue's if one has to be there, else the viewer's."""
    return cohort_session.starts_at.astimezone(ZoneInfo(zone_of(cohort_session, zone)))


def zone_of(cohort_session: CohortSession, zone: str) -> str:
    return cohort_session.time_zone if cohort_session.mode == SessionMode.IN_PERSON else zone


def design_state(item: Item, today: dt.date) -> str:
    """The design's data-state of an item."""
    soon = today + NEXT
    return {
        State.DONE: "done",
        State.EXCUSED: "excused",
        State.GOING: "going",
        State.OVERDUE: "late",
        State.MISSED: "missed",
        State.UNRECORDED: "next",
        State.PLANNED: "next" if item.opens_on <= soon and not item.is_session else "planned",
    }.get(item.state, "next" if item.is_session else "now")


def rail(cohort: Cohort, standing: Standing, zone: str) -> dict:
    """The two-year rail: bars where the plan puts the modules, points where the sessions are."""
    start, months = cohort.starts_on, cohort.years * 12
    bars = []
    modules = sorted(standing.modules, key=lambda item: (item.asked.opens_on, item.asked.due_on))
    for item, following in zip_longest(modules, modules[1:]):
        first = months_from(start, item.asked.opens_on)
        last = months_from(start, item.asked.due_on + dt.timedelta(days=1))
        if following:
            last = min(last, max(months_from(start, following.asked.opens_on), first + 0.5))
        state = design_state(item, standing.today)
        share = round(100 * item.lessons_done / item.lessons_total) if item.lessons_total else 0
        shown = {"late": "now", "excused": "done"}.get(state, state)
        bars.append(
            {"state": shown, "from": first, "to": min(last, months), "done": share, "text": item.asked.short_title}
        )
    points = []
    for item in standing.sessions:
        cohort_session = item.asked.cohort_session
        if cohort_session is None or cohort_session.cancelled_at:
            continue
        at = months_from(start, local_start(cohort_session, zone).date())
        kind = cohort_session.mode.replace("_", "-")
        points.append({"state": design_state(item, standing.today), "kind": kind, "at": max(0, min(at, months))})
    now = months_from(start, standing.today)
    letters = [calendar.month_name[add_months(start, n).month][0] for n in range(months)]
    return {
        "label": _label(cohort, standing, now),
        "years": [f"Year {year}" for year in range(1, cohort.years + 1)],
        "months": letters,
        "bars": bars,
        "points": points,
        "today": {"at": now, "text": f"{standing.today:%B} {standing.today.day}", "late": now > 0.7 * months}
        if 0 <= now <= months
        else None,
    }


def _label(cohort: Cohort, standing: Standing, now: float) -> str:
    modules, sessions = milestones(standing)
    where = f"Today is {day(standing.today)}, in month {int(now) + 1} of {cohort.years * 12}. " if now >= 0 else ""
    return (
        f"The program’s {cohort.years} years. {where}{modules.capitalize()}; {sessions}. The list below has every item."
    )


def link(item: Item, practice: Practice) -> str:
    """Where a leader goes for an item; nothing for what is not open yet."""
    if item.asked.cohort_session is not None:
        return reverse("cohorts_practice:cohort_session", args=[practice.slug, item.asked.cohort_session.pk])
    if item.asked.module_id is not None:
        return reverse("cohorts_practice:module", args=[practice.slug, item.asked.module_id])
    return ""


def timeline_item(item: Item, practice: Practice | None, zone: str, today: dt.date) -> dict:
    """A row of the timeline; without `practice` it leads nowhere."""
    cohort_session = item.asked.cohort_session
    if cohort_session is not None:
        there = ZoneInfo(zone_of(cohort_session, zone))
        days = day_range(
            cohort_session.starts_at.astimezone(there).date(), cohort_session.ends_at.astimezone(there).date()
        )
    else:
        days = day_range(item.opens_on, item.due_on)
    return {
        "state": design_state(item, today),
        "title": item.asked.title,
        "url": link(item, practice) if practice else "",
        "meta": f"{days} · {item_words(item)}" + ("" if item.asked.required else " · Optional"),
    }


def seasons(standing: Standing, practice: Practice | None, zone: str, notes: Mapping[uuid.UUID, str]) -> list[dict]:
    """The timeline by season: title, summary, items, and whether today lies in it.

    `notes` has a second line for requirements, by id.
    """
    groups: dict[str, list[Item]] = {}
    ordered = sorted(standing.items, key=lambda item: (_day(item, zone), item.asked.position))
    for item in ordered:
        groups.setdefault(_season(_day(item, zone)), []).append(item)
    now = _season(standing.today)
    found = []
    for title, items in groups.items():
        sessions = sum(item.is_session for item in items)
        modules = len(items) - sessions
        parts = [counted(n, word) for n, word in ((modules, "module"), (sessions, "session")) if n]
        if title == now:
            parts.append("where you are now" if practice else "now")
        elif all(item.is_finished for item in items):
            parts.append("all done")
        rows = [
            timeline_item(item, practice, zone, standing.today) | {"note": notes.get(item.asked.id, "")}
            for item in items
        ]
        found.append({"title": title, "summary": ", ".join(parts), "items": rows, "open": title == now})
    return found


def _day(item: Item, zone: str) -> dt.date:
    cohort_session = item.asked.cohort_session
    return local_start(cohort_session, zone).date() if cohort_session is not None else item.asked.opens_on


def _season(when: dt.date) -> str:
    name = next(name for month, name in _SEASONS if when.month >= month)
    if name != "Winter":
        return f"{name} {when.year}"
    first = when.year if when.month == 12 else when.year - 1
    return f"Winter {first}–{(first + 1) % 100:02}"


def agenda_item(item: Item, practice: Practice, zone: str, minutes_left: int | None = None) -> dict:
    """A dated row of "Next up"."""
    cohort_session = item.asked.cohort_session
    if cohort_session is not None:
        return _session_row(item, cohort_session, practice, zone)
    row: dict = {"title": item.asked.title, "url": link(item, practice), "start": item.due_on}
    if item.state == State.PLANNED:
        row |= {"start": item.opens_on, "meta": f"Opens {day(item.opens_on)} · finish by {day(item.due_on)}"}
        return row
    row["title"] = f"Finish {item.asked.title}"
    if item.state == State.OVERDUE:
        row |= {"state": "missed", "pill": {"state": "late", "text": f"Was due {day(item.due_on)}"}}
    left = f" · about {counted(minutes_left, 'minute')} left" if minutes_left else ""
    if item.lessons_total:
        lessons = f"{item.lessons_done} of {counted(item.lessons_total, 'lesson')}"
        row["progress"] = {
            "value": item.lessons_done,
            "max": item.lessons_total,
            "label": f"Lessons finished: {lessons}",
        }
        row["meta"] = lessons + left
    row["actions"] = [{"url": link(item, practice), "label": "Open module", "icon": "book-open"}]
    return row


def _session_row(item: Item, cohort_session: CohortSession, practice: Practice, zone: str) -> dict:
    there = zone_of(cohort_session, zone)
    start = cohort_session.starts_at.astimezone(ZoneInfo(there))
    end = cohort_session.ends_at.astimezone(ZoneInfo(there))
    where = ", ".join(part for part in (cohort_session.venue, cohort_session.address) if part)
    says = hours(cohort_session.starts_at, cohort_session.ends_at, there)
    mode = MODE_WORDS[SessionMode(cohort_session.mode)]
    place = f" · {where}" if where and cohort_session.mode != SessionMode.VIRTUAL else ""
    if item.state == State.GOING:
        reply = "You’re going"
    elif item.rsvp:
        reply = "You said that you can’t come"
    else:
        reply = "Say whether you come"
    return {
        "start": start.date(),
        "end": end.date(),
        "title": cohort_session.title,
        "url": link(item, practice),
        "text": f"{mode} · {says}{place}",
        "meta": reply,
        "actions": [
            {
                "url": reverse("cohorts_practice:session_calendar", args=[practice.slug, cohort_session.pk]),
                "label": "Add to calendar",
                "icon": "calendar-plus",
            }
        ],
    }
