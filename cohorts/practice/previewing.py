"""A lesson in the editor's preview, as a leader would meet it. No practice is entered and nothing is recorded."""

from types import SimpleNamespace

from django.http import HttpResponse
from django.shortcuts import render

from cohorts.practice.check_panel import panels_of, reflections_of
from cohorts.practice.course import Course, CourseLesson
from curriculum.models import LessonPage
from curriculum.reading import around, lesson_minutes

NOWHERE = SimpleNamespace(slug="preview", name="Preview")  # no practice has this address
LINKS = [("Journey", "map"), ("Modules", "book-open"), ("Sessions", "calendar"), ("Feedback", "message-square")]


def as_leader(request, lesson: LessonPage) -> HttpResponse:
    """The page of `lesson`, whose blocks may not be saved yet, before anything in it is done."""
    place = around(lesson)
    pages = [lesson if page.pk == lesson.pk else page for page in place["lessons"]]
    if lesson not in pages:
        pages.append(lesson)  # not published yet
    rows = tuple(CourseLesson(n, page, lesson_minutes(page), False) for n, page in enumerate(pages, start=1))
    # A lesson that is being added has no number yet, and its forms lead nowhere anyway.
    still = {"practice": NOWHERE, "lesson": SimpleNamespace(pk=lesson.pk or 0)}
    return render(
        request,
        "cohorts/practice/lesson_preview.html",
        {
            "page": lesson,
            "lesson": lesson,
            "course": Course(place["module"], rows),
            "current": next(row for row in rows if row.page is lesson),
            "check_panels": _closed(panels_of(lesson, None), still),
            "reflection_panels": _closed(reflections_of(lesson, None, place["module"]), still),
            "nav_items": [{"url": "#main", "label": label, "icon": icon} for label, icon in LINKS],
            "home_url": "#main",
            "banners": [],
        },
    )


def _closed(panels: dict[str, dict], still: dict) -> dict[str, dict]:
    """The panels as they are drawn, within an element that takes no input."""
    return {
        block: {**panel, **still, "inner": panel["template"], "template": "cohorts/practice/includes/still.html"}
        for block, panel in panels.items()
    }
