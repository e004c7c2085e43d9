from collections.abc import Mapping

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from curriculum.blocks import ChartKind
from curriculum.checking import check_from, lay_out
from curriculum.glossary import Explaining, explaining
from curriculum.models import LessonPage
from curriculum.reading import lesson_minutes, module_minutes, parts_of
from lms.ui.lines import Line, with_unit

register = template.Library()
register.filter("lesson_minutes", lesson_minutes)
register.filter("module_minutes", module_minutes)


@register.filter
def body_parts(lesson: LessonPage) -> list[tuple[str, list]]:
    return parts_of(lesson)


@register.filter
def questions_only(block) -> list[dict]:
    """What a check asks, without what is right and why: an order's items are mixed, a number's are left out."""
    return [
        {
            "text": question.text,
            "kind": question.kind,
            "unit": question.unit,
            "options": [option.text for option in question.options] + [step.text for step in question.steps_as_laid],
        }
        for question in lay_out(check_from(block), seed="").questions
    ]


@register.filter
def drawn_chart(value) -> dict:
    """What the template of a chart draws: its rows in words, all of it in a sentence, and a line where it is one."""
    rows = [(row["label"], row["value"]) for row in value["rows"] if row["value"] is not None]
    unit = value["unit"] or ""
    most = max((number for _, number in rows), default=0)
    drawn = [
        {
            "label": label,
            "text": with_unit(number, unit),
            "percent": f"{100 * number / most:.1f}" if most > 0 else "0",
        }
        for label, number in rows
    ]
    is_line = value["kind"] == ChartKind.LINE and len(rows) > 1
    words = ", ".join(f"{row['label']} {row['text']}" for row in drawn)
    return {
        "rows": drawn,
        "line": Line.of(rows, unit) if is_line else None,
        "description": f"Line chart: {value['title']} {words}.",
    }


@register.simple_tag
def glossary() -> Explaining:
    """The terms of the glossary for one lesson; `explain` is given them for each part of it."""
    return explaining()


@register.simple_block_tag
def explain(content: str, terms: Explaining) -> SafeString:
    """The markup between the tags, its terms made to explain themselves. It is escaped already, as it was written."""
    return mark_safe(terms.explain(content))


@register.simple_tag(takes_context=True)
def panel(context, panels, block, fallback: str) -> str:
    """What stands in a lesson's body for a check or a reflection.

    `panels` maps block ids to HTML, or to a context with its "template"; without an entry, `fallback` is drawn.
    """
    given = (panels or {}).get(block.id)
    if isinstance(given, Mapping):
        return render_to_string(
            given["template"], {**context.flatten(), **given, "block": block}, context.get("request")
        )
    if given is not None:
        return conditional_escape(given)
    return render_to_string(fallback, {"block": block, "value": block.value, "id": block.id})
