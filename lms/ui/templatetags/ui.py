"""The design's small pieces as template tags. The larger ones are templates under `includes/`."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lms.ui import charts, dates, names

register = template.Library()

# The icon that goes with each state, so that color never stands alone.
STATE_ICONS = {
    "done": "check",
    "now": "circle-dot",
    "next": "circle",
    "planned": "circle-dashed",
    "going": "circle-check",
    "late": "clock",
    "missed": "x",
    "excused": "minus",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "risk": "flag",
}
_HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the sprite, hidden from assistive technology: words stand beside it."""
    return _svg(name)


@register.simple_tag
def pill(state: str, text: str, icon: str | None = None) -> SafeString:
    """A status in words; `state` is one of design.md's data-state values and brings its icon."""
    picture = _svg(icon or STATE_ICONS.get(state, "circle"))
    return format_html('<span class="pill" data-state="{}">{}{}</span>', state, picture, text)


@register.simple_tag
def avatar(name: str, large: bool = False) -> SafeString:
    """Initials on a wash of the accent. The name itself must stand beside it."""
    return format_html(
        '<span class="avatar{}" aria-hidden="true">{}</span>', " large" if large else "", names.initials(name)
    )


@register.simple_tag
def datemark(start: dt.date | dt.datetime, end: dt.date | dt.datetime | None = None, large: bool = False) -> SafeString:
    """The calendar numeral of a dated row, for a day or a span; datetimes are read in the current zone."""
    if not start:
        return SafeString("")
    first = dates.as_date(start)
    last = dates.as_date(end) if end else first
    same_month = (first.year, first.month) == (last.year, last.month)
    month = f"{first:%B}" if large else f"{first:%b}"
    if not same_month:
        month += f"–{last:%B}" if large else f"–{last:%b}"
    if large or not dates.is_this_year(last):
        month += f" {last.year}"
    number, weekday = str(first.day), f"{first:%A}" if large else f"{first:%a}"
    if last != first:
        number += f"–{last.day}"
        weekday += f"–{last:%A}" if large else f"–{last:%a}"
    return format_html(
        '<time class="datemark{}" datetime="{}">{}<b>{}</b>{}</time>',
        " large" if large else " long" if len(number) > 3 else "",
        first.isoformat(),
        month,
        number,
        weekday,
    )


@register.simple_tag
def when(start: dt.datetime, end: dt.datetime | None, zone: str) -> str:
    """An aware span in a named zone: "Thu, April 23, 5:30–6:30 pm MT". `end` may be None."""
    return dates.when(start, end, zone) if start else ""


@register.simple_tag
def hours(start: dt.datetime, end: dt.datetime | None, zone: str) -> str:
    """The same without the day: "5:30–6:30 pm MT"."""
    return dates.hours(start, end, zone) if start else ""


@register.simple_tag
def day_range(start: dt.date, end: dt.date | None = None) -> str:
    """A span of days: "May 8–9", "January 17 – March 15"."""
    return dates.day_range(start, end) if start else ""


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """ "May 3", or "May 3, 2027" in another year; nothing for None."""
    return dates.day(value) if value else ""


@register.filter
def minutes(value: int | None) -> str:
    """ "18 minutes", "1 hour", "1 h 50 min"; nothing for None."""
    return "" if value is None else dates.minutes(value)


@register.filter
def for_dr(name: str) -> str:
    """ "Dr. Leela Raghunathan" for lists of physicians."""
    return names.for_dr(name)


@register.filter
def hex_color(value: str | None) -> str:
    """`value` if it is a color like #0f5b66, else nothing: it goes into a style attribute."""
    return value if value and _HEX_COLOR.fullmatch(str(value)) else ""


@register.filter
def things_to_fix(form: BaseForm) -> str:
    """The heading of an error summary: "Two things to fix"."""
    count = sum(len(errors) for errors in form.errors.values())
    word = _WORDS[count] if count < len(_WORDS) else str(count)
    return f"{word} thing{'' if count == 1 else 's'} to fix"


@register.simple_tag
def bar5(counts: Sequence[float]) -> SafeString:
    """One stacked bar of five answers, from "strongly disagree" to "strongly agree".

    `counts` are five counts or shares; they are scaled to percent. Counts of a group too small to show
    must never come here: draw `includes/withheld.html` instead.
    """
    bar = charts.Bar5.of(counts)
    parts = format_html_join(
        "",
        '<i class="{}" style="--p:{}">{}</i>',
        ((part.css, part.percent, part.label) for part in bar.parts if part.percent),
    )
    return format_html(
        '<p class="bar5" role="img" aria-label="{}" style="--neg:{}">{}</p>',
        bar.description,
        bar.negative,
        parts,
    )


@register.inclusion_tag("includes/likert.html")
def likert(rows: Sequence[Any]) -> dict[str, Any]:
    """A list of five-answer bars that share one axis.

    Each row is a dict: `text`, and either `counts` (five) with `n`, or `withheld` (True or a sentence).
    """
    return charts.likert(rows)


def _svg(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)
