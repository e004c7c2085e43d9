"""A knowledge check as its template draws it: the notice above, and each question (see check_questions)."""

import uuid

from django.utils.text import get_text_list

from cohorts.practice.asking import faculty_of
from cohorts.practice.check_form import Sent
from cohorts.practice.check_questions import answered, asked, in_points
from cohorts.practice.checking import attempts_left, laid_out
from cohorts.practice.models import Attempt, PageRecord, Reflection
from curriculum.checking import Check, checks_of, fingerprint
from curriculum.models import LessonPage, ModulePage

TEMPLATE = "cohorts/practice/includes/check.html"


def panels_of(lesson: LessonPage, record: PageRecord | None, sent: Sent | None = None) -> dict[str, dict]:
    """Block id -> context, for each check of `lesson`. One statement, none without checks.

    `sent` is a form that was refused: it is shown again as it was.
    """
    checks = checks_of(lesson)
    attempts = list(Attempt.objects.filter(record=record).standing()) if checks and record else []
    panels = {}
    for check in checks:
        own = [attempt for attempt in attempts if str(attempt.check_id) == check.id]
        panels[check.id] = panel_of(check, own, record, sent if sent and sent.check_id == check.id else None)
    return panels


def panel_of(check: Check, attempts: list[Attempt], record: PageRecord | None, sent: Sent | None = None) -> dict:
    """The context of one check for whoever has made `attempts` (with the outcomes that stand) so far."""
    last = attempts[-1] if attempts else None
    passed = next((attempt for attempt in attempts if attempt.stands_passed), None)
    left = attempts_left(check, record, len(attempts))
    laid = laid_out(check, record, len(attempts) + 1)
    shown = passed or (last if left <= 0 else None)
    told = passed or last
    return {
        "template": TEMPLATE,
        "check": check,
        "questions": answered(shown, tells_key=bool(passed)) if shown else asked(laid, last, sent),
        "passed": passed,
        "last": last,
        "points": in_points(told) if told else "",
        "regraded_at": told.regraded_at if told else None,
        "points_before": in_points(told, first=True) if told else "",
        "shares": any(answer.share < 100 for question in check.questions for answer in question.answers),
        "left": max(left, 0),
        "number": len(attempts) + 1,
        "fingerprint": fingerprint(laid),
        "is_open": not shown,
        "asked_at": record.attempts_asked_at if record else None,
        "error": sent.error if sent else "",
    }


def reflections_of(lesson: LessonPage, record: PageRecord | None, module: ModulePage) -> dict[str, dict]:
    """Block id -> context, for each reflection of `lesson`. Two statements, none without prompts."""
    prompts = [block for block in lesson.body if block.block_type == "reflection"]
    if not prompts:
        return {}
    faculty = faculty_of(module)
    written = {str(r.block_id): r for r in Reflection.objects.filter(record=record)} if record else {}
    return {
        block.id: reflection_panel(block.value["prompt"], block.id, written.get(block.id), faculty) for block in prompts
    }


def reflection_panel(
    prompt: str,
    block_id: uuid.UUID | str,
    reflection: Reflection | None,
    faculty: list,
    *,
    text: str | None = None,
    shared: bool | None = None,
    error: str = "",
) -> dict:
    """The context of one reflection; `faculty` are the users with whom it may be shared."""
    named = {str(user.pk): user.name for user in faculty}
    with_whom = reflection.shared_with if reflection else []
    return {
        "template": "cohorts/practice/includes/reflection.html",
        "prompt": prompt,
        "block_id": str(block_id),
        "text": text if text is not None else (reflection.text if reflection else ""),
        "saved_at": reflection.saved_at if reflection and not error else None,
        "faculty_names": get_text_list(list(named.values()), "and"),
        "is_shared": bool(with_whom) if shared is None else shared,
        "readers": get_text_list([named.get(pk, "former faculty of this module") for pk in with_whom], "and"),
        "error": error,
    }
