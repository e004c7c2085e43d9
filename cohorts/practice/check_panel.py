"""A knowledge check as its template draws it: questions with what was chosen, the verdicts and the reasons."""

import uuid
from collections.abc import Iterable, Mapping

from cohorts.practice.checking import attempts_left
from cohorts.practice.models import Attempt, PageRecord, Reflection
from curriculum.blocks import QuestionKind
from curriculum.checking import Check, checks_of
from curriculum.models import LessonPage

TEMPLATE = "cohorts/practice/includes/check.html"


def panels_of(lesson: LessonPage, record: PageRecord | None, **typed) -> dict[str, dict]:
    """Block id -> context, for each check of `lesson`. One statement, none without checks.

    `typed` (check_id, chosen, error) is a form that was sent and refused: it is shown again as it was.
    """
    checks = checks_of(lesson)
    attempts = list(Attempt.objects.filter(record=record)) if checks and record else []
    panels = {}
    for check in checks:
        own = [attempt for attempt in attempts if str(attempt.check_id) == check.id]
        sent = typed if str(typed.get("check_id", "")) == check.id else {}
        panels[check.id] = panel_of(check, own, record, sent.get("chosen"), sent.get("error", ""))
    return panels


def panel_of(
    check: Check,
    attempts: list[Attempt],
    record: PageRecord | None,
    chosen: Mapping[str, Iterable[str]] | None = None,
    error: str = "",
) -> dict:
    """The context of one check for whoever has made `attempts` so far."""
    last = attempts[-1] if attempts else None
    passed = next((attempt for attempt in attempts if attempt.passed), None)
    left = attempts_left(check, record, len(attempts))
    if passed or (last and left <= 0):
        shown = passed or last
        assert shown is not None
        questions = [_answered(item, number) for number, item in enumerate(shown.items, start=1)]
    else:
        questions = _asked(check, last, chosen)
    return {
        "template": TEMPLATE,
        "check": check,
        "questions": questions,
        "passed": passed,
        "last": last,
        "total": len(last.items) if last else len(check.questions),
        "left": max(left, 0),
        "number": len(attempts) + 1,
        "is_open": not passed and left > 0,
        "asked_at": record.attempts_asked_at if record else None,
        "error": error,
    }


def _answered(item: dict, number: int) -> dict:
    """A question as it was given, closed: with a pass, or with no try left, every chosen option's reason is told."""
    options = []
    for option in item["options"]:
        was_chosen = option["id"] in item["chosen"]
        state = ("ok" if option["correct"] else "risk") if was_chosen else ""
        options.append({"id": option["id"], "text": option["text"], "checked": was_chosen, "state": state})
    return {
        "id": item["question"],
        "number": number,
        "text": item["text"],
        "several": item["kind"] == QuestionKind.MULTIPLE,
        "options": options,
        **_verdict(item),
    }


def _asked(check: Check, last: Attempt | None, chosen: Mapping[str, Iterable[str]] | None) -> list[dict]:
    """The questions as they stand now. After a try, what was right stays chosen and each choice gets its reason."""
    before = {item["question"]: item for item in last.items} if last else {}
    questions = []
    for number, question in enumerate(check.questions, start=1):
        item = before.get(question.id)
        kept = set(item["chosen"]) if item and item["right"] else set()
        if chosen is not None:
            kept = set(chosen.get(question.id, ()))
        questions.append(
            {
                "id": question.id,
                "number": number,
                "text": question.text,
                "several": question.takes_several,
                "options": [
                    {"id": option.id, "text": option.text, "checked": option.id in kept, "state": ""}
                    for option in question.options
                ],
                **(_verdict(item) if item else {}),
            }
        )
    return questions


def _verdict(item: dict) -> dict:
    reasons = [
        {"text": option["text"], "reason": option["reason"]}
        for option in item["options"]
        if option["id"] in item["chosen"]
    ]
    return {"verdict": "right" if item["right"] else "wrong", "reasons": reasons}


def reflections_of(lesson: LessonPage, record: PageRecord | None) -> dict[str, dict]:
    """Block id -> context, for each reflection of `lesson`. One statement, none without prompts."""
    prompts = [block for block in lesson.body if block.block_type == "reflection"]
    if not prompts:
        return {}
    written = {str(r.block_id): r for r in Reflection.objects.filter(record=record)} if record else {}
    return {block.id: reflection_panel(block.value["prompt"], block.id, written.get(block.id)) for block in prompts}


def reflection_panel(
    prompt: str, block_id: uuid.UUID | str, reflection: Reflection | None, text: str | None = None, error: str = ""
) -> dict:
    return {
        "template": "cohorts/practice/includes/reflection.html",
        "prompt": prompt,
        "block_id": str(block_id),
        "text": text if text is not None else (reflection.text if reflection else ""),
        "saved_at": reflection.saved_at if reflection and not error else None,
        "error": error,
    }
