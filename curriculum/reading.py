"""Reads of the page tree that repeat: what is in a program, and how long it takes."""

import math
import re
from collections.abc import Iterable

from django.utils.html import strip_tags

from curriculum.blocks.media import seconds_of
from curriculum.enums import LessonKind
from curriculum.models import LessonPage, ModulePage, ProgramPage

WORDS_A_MINUTE = 200
READ_BLOCKS = {"heading", "text", "quote", "callout", "vignette", "table", "checklist"}
WORD = re.compile(r"\w[\w’'.,-]*")


def lesson_minutes(lesson: LessonPage) -> int:
    """Whole minutes for a lesson, at least 1: what the authors set, else its words and its videos, rounded up."""
    if lesson.minutes_set:
        return lesson.minutes_set
    words, seconds = 0, 0
    for item in lesson.body.raw_data:
        if item["type"] in READ_BLOCKS:
            words += _words(item["value"])
        elif item["type"] == "video":
            seconds += seconds_of(item["value"].get("length"))
    return max(1, math.ceil(words / WORDS_A_MINUTE + seconds / 60))


def module_minutes(lessons: Iterable[LessonPage], module: ModulePage | None = None) -> int:
    """Whole minutes for a module: what the authors set for it, else all of its lessons together."""
    if module is not None and module.minutes_set:
        return module.minutes_set
    return sum(map(lesson_minutes, lessons))


def modules_of(program: ProgramPage) -> list[ModulePage]:
    """The live modules of a program in tree order, each with its live lessons in `.lessons`. Two queries."""
    modules = list(ModulePage.objects.child_of(program).live().order_by("path"))
    below: dict[str, list[LessonPage]] = {module.path: [] for module in modules}
    for lesson in LessonPage.objects.descendant_of(program).live().order_by("path"):
        siblings = below.get(lesson.path[: -lesson.steplen])
        if siblings is not None:  # None: its module is not live
            siblings.append(lesson)
    for module in modules:
        module.lessons = below[module.path]
    return modules


def lessons_of(module: ModulePage) -> list[LessonPage]:
    """The live lessons of a module, in tree order. One query."""
    return list(LessonPage.objects.child_of(module).live().order_by("path"))


def modules_by_year(program: ProgramPage) -> list[tuple[str, list[ModulePage]]]:
    """The live modules under "Year 1" and so on, as the plan places them, then under "Not in the plan"."""
    modules = {module.pk: module for module in modules_of(program)} if program.pk else {}
    years: dict[str, list[ModulePage]] = {}
    for row in sorted(program.plan_modules.all(), key=lambda row: (row.year, row.opens_month, row.sort_order or 0)):
        if row.module_id in modules:
            years.setdefault(f"Year {row.year}", []).append(modules.pop(row.module_id))
    if modules:
        years["Not in the plan" if years else "Modules"] = list(modules.values())
    return list(years.items())


def overviews_of(user) -> list[LessonPage]:
    """The live topic overviews that a member of faculty gives, by title. One query."""
    return list(LessonPage.objects.live().filter(kind=LessonKind.OVERVIEW, given_by=user).order_by("title"))


def around(lesson: LessonPage) -> dict:
    """What a lesson's page shows around it: module, program, lessons, its number, and the lesson that follows."""
    module = lesson.get_parent().specific
    lessons = lessons_of(module)
    at = next((index for index, other in enumerate(lessons) if other.pk == lesson.pk), None)
    return {
        "module": module,
        "program": module.get_parent(),
        "lessons": lessons,
        "number": None if at is None else at + 1,
        "total": len(lessons),
        "following": lessons[at + 1] if at is not None and at + 1 < len(lessons) else None,
    }


def parts_of(lesson: LessonPage) -> list[tuple[str, list]]:
    """A lesson's body as runs: ("prose", its blocks), or ("check" or "reflection", one block)."""
    parts: list[tuple[str, list]] = []
    for block in lesson.body:
        if block.block_type in ("check", "reflection"):
            parts.append((block.block_type, [block]))
        elif parts and parts[-1][0] == "prose":
            parts[-1][1].append(block)
        else:
            parts.append(("prose", [block]))
    return parts


def _words(value) -> int:
    if isinstance(value, str):
        return len(WORD.findall(strip_tags(value.replace("<", " <"))))
    if isinstance(value, dict):
        # An item of a list block carries its own type and id, which nobody reads.
        return sum(_words(inner) for key, inner in value.items() if key not in ("id", "type"))
    if isinstance(value, list):
        return sum(map(_words, value))
    return 0
