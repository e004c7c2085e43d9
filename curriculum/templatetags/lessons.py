from collections.abc import Mapping

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from curriculum.checking import check_from
from curriculum.models import LessonPage
from curriculum.reading import lesson_minutes, module_minutes, parts_of

register = template.Library()
register.filter("lesson_minutes", lesson_minutes)
register.filter("module_minutes", module_minutes)


@register.filter
def body_parts(lesson: LessonPage) -> list[tuple[str, list]]:
    return parts_of(lesson)


@register.filter
def questions_only(block) -> list[dict]:
    """What a check asks, without which options are right and why."""
    return [
        {"text": question.text, "options": [option.text for option in question.options]}
        for question in check_from(block).questions
    ]


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
