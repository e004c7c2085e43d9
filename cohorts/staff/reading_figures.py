"""What leaders did with a page, counted across all practices: who began, who finished, how long, where they stop.

Counts alone leave this module. What would be one person's own figure (minutes) is withheld under five people.
"""

import json
import statistics
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cohorts.network.models import Cohort, Requirement
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.loading import lessons_by_module
from curriculum.checking import Check, checks_of, grade
from curriculum.itemstats import ItemStatistics, analyze
from curriculum.models import LessonPage, ModulePage
from lms.practices.across import read_across
from lms.practices.models import Practice

FEWEST = 5

# One row for each leader and page that they opened; a leader who opened none is one row without a page. Selects within
# the select, as joins of four tables cost the planner a third more over 300 practices.
_READING = """
SELECT e.person_id, r.page_id, r.place, r.seconds_read, r.seen_at, (
    SELECT c.id FROM {s}.cohorts_practice_completion c WHERE c.record_id = r.id AND c.withdrawn_at IS NULL LIMIT 1
) IS NOT NULL AS finished
FROM {s}.cohorts_practice_enrollment e
LEFT JOIN {s}.cohorts_practice_pagerecord r ON r.person_id = e.person_id AND r.page_id = ANY({pages})
WHERE e.state <> {withdrawn} AND e.nomination_id = ANY(ARRAY(
    SELECT n.id FROM {s}.cohorts_practice_nomination n WHERE n.cohort_id = ANY({cohorts})))"""

# By the check alone: its id is in no other page, and a join would double what planning 300 practices costs. As it was
# given and graded then, not as it stands after a mended key (see curriculum.itemstats).
_FIRST_ATTEMPTS = """
SELECT a.check_id, a.items FROM {s}.cohorts_practice_attempt a
WHERE a.number = 1 AND a.check_id = ANY({checks})"""


@dataclass(frozen=True)
class Figures:
    """`asked` are the leaders whose plan has the page; `measured` those of the finished whose reading was timed."""

    asked: int
    started: int
    finished: int
    measured: int
    minutes: float | None  # the median of those measured; None under FEWEST

    @property
    def stopped(self) -> int:
        return self.started - self.finished


@dataclass(frozen=True)
class Stop:
    """How many who have not finished were last seen here."""

    label: str
    people: int
    percent: float


@dataclass(frozen=True)
class CheckFigures:
    check: Check
    attempts: int
    items: list[ItemStatistics]
    lesson: LessonPage | None = None

    @property
    def flagged(self) -> list[ItemStatistics]:
        return [item for item in self.items if item.is_flagged]


@dataclass(frozen=True)
class PageFigures:
    """Everything that the evidence shows of a lesson or a module."""

    figures: Figures
    stops: list[Stop]
    checks: list[CheckFigures]
    lessons: list[tuple[LessonPage, Figures]] = field(default_factory=list)  # of a module


def lesson_figures(lesson: LessonPage) -> PageFigures:
    """What leaders did with `lesson`. Two statements for every 50 practices with leaders whose plan has it."""
    practices, cohorts = _planned(lesson.get_parent().pk)
    people = _by_person(practices, cohorts, [lesson.pk])
    headings = [(block.id, str(block.value)) for block in lesson.body if block.block_type == "heading"]
    places = Counter(
        row["place"] for rows in people.values() for row in rows if row["page_id"] == lesson.pk and not row["finished"]
    )
    return PageFigures(
        figures=_figures(people, [lesson.pk], lesson.pk),
        stops=_stops(places, [("", "Before the first heading"), *headings], "At a heading that has gone since"),
        checks=_check_figures([lesson], practices),
    )


def module_figures(module: ModulePage) -> PageFigures:
    """The same over the live lessons of `module`, which is finished when it is completed as a whole."""
    practices, cohorts = _planned(module.pk)
    ids = lessons_by_module([module]).get(module.pk, [])
    lessons = list(LessonPage.objects.filter(pk__in=ids).order_by("path"))
    people = _by_person(practices, cohorts, [module.pk, *ids])
    last_seen: Counter = Counter()
    for rows in people.values():
        read = [row for row in rows if row["page_id"] in ids]
        if read and not any(row["page_id"] == module.pk and row["finished"] for row in rows):
            last_seen[max(read, key=lambda row: row["seen_at"])["page_id"]] += 1
    return PageFigures(
        figures=_figures(people, ids, module.pk),
        stops=_stops(last_seen, [(lesson.pk, lesson.title) for lesson in lessons], ""),
        checks=_check_figures(lessons, practices),
        lessons=[(lesson, _figures(people, [lesson.pk], lesson.pk)) for lesson in lessons],
    )


def _planned(module_id: int) -> tuple[list[Practice], list[uuid.UUID]]:
    """The cohorts whose plan has the module, and the practices that have or had leaders in them."""
    cohorts = list(Requirement.objects.filter(module=module_id).values_list("cohort_id", flat=True))
    ids = Cohort.practices.through.objects.filter(cohort_id__in=cohorts).values("practice_id")
    return list(Practice.objects.filter(pk__in=ids)), cohorts


def _by_person(practices, cohorts, pages: list[int]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    rows = read_across(
        _READING,
        practices=practices,
        cohorts=cohorts,
        pages=pages,
        withdrawn=EnrollmentState.WITHDRAWN.value,
    )
    people: dict[uuid.UUID, dict[int, dict]] = {}
    for row in rows:  # somebody in two of the cohorts has each page twice
        pages_of = people.setdefault(row["person_id"], {})
        if row["page_id"] is not None:
            pages_of[row["page_id"]] = row
    return {person: list(found.values()) for person, found in people.items()}


def _figures(people: dict, read: Iterable[int], finishes: int) -> Figures:
    """Over `people`: began any page of `read`; finished the page `finishes`."""
    read = set(read)
    finished = [rows for rows in people.values() if any(row["page_id"] == finishes and row["finished"] for row in rows)]
    seconds = [sum(row["seconds_read"] for row in rows if row["page_id"] in read) for rows in finished]
    timed = [one for one in seconds if one]
    return Figures(
        asked=len(people),
        started=sum(any(row["page_id"] in read for row in rows) for rows in people.values()),
        finished=len(finished),
        measured=len(timed),
        minutes=statistics.median(timed) / 60 if len(timed) >= FEWEST else None,
    )


def _stops(places: Counter, known: list[tuple], gone: str) -> list[Stop]:
    total = places.total()
    rows = [(label, places.pop(key, 0)) for key, label in known]
    rows.append((gone, places.total()))
    return [Stop(label, people, 100 * people / total) for label, people in rows if people]


def _check_figures(lessons: list[LessonPage], practices) -> list[CheckFigures]:
    checks = [(lesson, check) for lesson in lessons for check in checks_of(lesson)]
    if not checks:
        return []
    first: dict[str, list] = {check.id: [] for _, check in checks}
    for row in read_across(_FIRST_ATTEMPTS, practices=practices, checks=[uuid.UUID(key) for key in first]):
        first[str(row["check_id"])].append(_parsed(row["items"]))
    return [
        CheckFigures(check, len(first[check.id]), analyze(grade(check, {}).items, first[check.id]), lesson)
        for lesson, check in checks
    ]


def _parsed(items) -> list[dict]:
    return json.loads(items) if isinstance(items, str) else items
