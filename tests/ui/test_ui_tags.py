"""The template tags: dates and zones in words, states, names, charts. No database."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone

from lms import clock
from lms.ui import dates, names
from lms.ui.charts import Bar5, likert

UTC = dt.UTC
TODAY = dt.datetime(2026, 4, 14, 20, 0, tzinfo=UTC)
TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


@pytest.fixture(autouse=True)
def _april_14():
    with clock.at(TODAY), timezone.override("America/Denver"):
        yield


def render(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (utc(2026, 1, 15, 18), "America/New_York", "ET"),
        (utc(2026, 7, 15, 18), "America/New_York", "ET"),
        (utc(2026, 7, 15, 18), "America/Indiana/Indianapolis", "ET"),
        (utc(2026, 1, 15, 18), "America/Chicago", "CT"),
        (utc(2026, 7, 15, 18), "America/Denver", "MT"),
        (utc(2026, 7, 15, 18), "America/Phoenix", "MST"),
        (utc(2026, 1, 15, 18), "America/Los_Angeles", "PT"),
        (utc(2026, 7, 15, 18), "America/Anchorage", "AKT"),
        (utc(2026, 7, 15, 18), "Pacific/Honolulu", "HT"),
        (utc(2026, 1, 15, 18), "America/Puerto_Rico", "UTC-4"),
        (utc(2026, 1, 15, 18), "Asia/Shanghai", "UTC+8"),
        (utc(2026, 1, 15, 18), "Asia/Kolkata", "UTC+5:30"),
        (utc(2026, 1, 15, 18), "America/St_Johns", "UTC-3:30"),
        (utc(2026, 1, 15, 18), "UTC", "UTC"),
    ],
)
def test_zone_is_named_as_its_people_name_it(moment, zone, expected):
    assert dates.zone_abbreviation(moment, zone) == expected


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        (utc(2026, 4, 23, 23, 30), utc(2026, 4, 24, 0, 30), "America/Denver", "Thu, April 23, 5:30–6:30 pm MT"),
        (utc(2026, 4, 23, 23, 30), utc(2026, 4, 24, 0, 30), "America/Chicago", "Thu, April 23, 6:30–7:30 pm CT"),
        (utc(2026, 4, 23, 17, 30), utc(2026, 4, 23, 19, 0), "America/Denver", "Thu, April 23, 11:30 am – 1:00 pm MT"),
        (utc(2026, 4, 23, 6, 0), None, "America/Denver", "Thu, April 23, 12:00 am MT"),
        (utc(2027, 4, 22, 18, 0), None, "America/Denver", "Thu, April 22, 2027, 12:00 pm MT"),
        (
            utc(2026, 5, 8, 13, 30),
            utc(2026, 5, 9, 17, 0),
            "America/Chicago",
            "Fri, May 8, 8:30 am – Sat, May 9, 12:00 pm CT",
        ),
    ],
)
def test_when_says_day_hours_and_zone(start, end, zone, expected):
    assert render("{% when start end zone %}", start=start, end=end, zone=zone) == expected


def test_when_keeps_the_wall_clock_across_a_change_of_clocks():
    """The same hour in Denver a week apart is another hour in UTC."""
    before, after = utc(2026, 3, 6, 0, 30), utc(2026, 3, 12, 23, 30)
    assert dates.when(before, None, "America/Denver") == "Thu, March 5, 5:30 pm MT"
    assert dates.when(after, None, "America/Denver") == "Thu, March 12, 5:30 pm MT"


def test_hours_name_the_weekday_of_another_day():
    start, end = utc(2026, 4, 23, 23, 30), utc(2026, 4, 24, 0, 30)
    assert render("{% hours start end 'America/Los_Angeles' %}", start=start, end=end) == "4:30–5:30 pm PT"
    assert render("{% hours start None 'America/Denver' %}", start=start) == "5:30 pm MT"
    assert dates.hours(start, end, "Etc/GMT") == "11:30 pm – Fri 12:30 am UTC"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.date(2026, 5, 3), "May 3"),
        (dt.date(2027, 5, 3), "May 3, 2027"),
        (utc(2026, 5, 4, 2, 0), "May 3"),
        (None, ""),
    ],
)
def test_day_names_the_year_only_when_it_is_another(value, expected):
    assert render("{{ value|day }}", value=value) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (dt.date(2026, 5, 8), dt.date(2026, 5, 9), "May 8–9"),
        (dt.date(2026, 1, 17), dt.date(2026, 3, 15), "January 17 – March 15"),
        (dt.date(2026, 5, 8), dt.date(2026, 5, 8), "May 8"),
        (dt.date(2026, 5, 8), None, "May 8"),
        (dt.date(2027, 5, 8), dt.date(2027, 5, 9), "May 8–9, 2027"),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 2), "December 30 – January 2, 2027"),
    ],
)
def test_day_range_is_as_short_as_it_can_be(start, end, expected):
    assert dates.day_range(start, end) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (18, "18 minutes"),
        (60, "1 hour"),
        (120, "2 hours"),
        (110, "1 h 50 min"),
        (None, ""),
    ],
)
def test_minutes_read_as_effort(value, expected):
    assert render("{{ value|minutes }}", value=value) == expected


def test_datemark_shows_a_day_a_range_and_another_year():
    assert render("{% datemark day %}", day=dt.date(2026, 4, 23)) == (
        '<time class="datemark" datetime="2026-04-23">Apr<b>23</b>Thu</time>'
    )
    assert render("{% datemark start end %}", start=dt.date(2026, 5, 8), end=dt.date(2026, 5, 9)) == (
        '<time class="datemark" datetime="2026-05-08">May<b>8–9</b>Fri–Sat</time>'
    )
    assert render("{% datemark start end %}", start=dt.date(2027, 5, 30), end=dt.date(2027, 6, 2)) == (
        '<time class="datemark long" datetime="2027-05-30">May–Jun 2027<b>30–2</b>Sun–Wed</time>'
    )
    assert render("{% datemark day large=True %}", day=dt.date(2026, 4, 23)) == (
        '<time class="datemark large" datetime="2026-04-23">April 2026<b>23</b>Thursday</time>'
    )
    assert render("{% datemark day %}", day=None) == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Leela Raghunathan, MD, FACP", "Dr. Leela Raghunathan"),
        ("Dr. Leela Raghunathan", "Dr. Leela Raghunathan"),
        ("  Łucja   Nguyễn ", "Dr. Łucja Nguyễn"),
        ("Drew Ito", "Dr. Drew Ito"),
        ("", ""),
    ],
)
def test_for_dr_titles_a_physician_once(name, expected):
    assert render("{{ name|for_dr }}", name=name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dr. Leela Raghunathan, MD", "LR"),
        ("Rachel Ginsburg-Lowe", "RG"),
        ("John Q. Public Jr.", "JP"),
        ("łucja nguyễn", "ŁN"),
        ("Cher", "C"),
        ("  ", ""),
        ("4711", ""),
    ],
)
def test_initials_leave_out_title_and_credentials(name, expected):
    assert names.initials(name) == expected


def test_pill_brings_the_icon_of_its_state_and_escapes_its_words():
    assert render("{% pill 'done' 'Done' %}") == (
        '<span class="pill" data-state="done">'
        '<svg class="icon" aria-hidden="true"><use href="#i-check"/></svg>Done</span>'
    )
    assert "#i-map-pin" in render("{% pill 'next' 'In person' icon='map-pin' %}")
    assert "&lt;b&gt;" in render("{% pill 'next' text %}", text="<b>")


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#0f5b66;}", "", None, 7, "#0f5b66\n"])
def test_hex_color_lets_nothing_else_into_a_style(value):
    assert render("{{ value|hex_color }}", value=value) == ""


def test_bar_of_five_scales_counts_and_says_them():
    bar = Bar5.of([0, 1, 2, 8, 8])
    assert [part.percent for part in bar.parts] == [0, 5.3, 10.5, 42.1, 42.1]
    assert [part.label for part in bar.parts] == ["", "", "11", "42", "42"]
    assert (bar.negative, bar.agree) == (10.5, 84)
    assert bar.description == "0% strongly disagree, 5% disagree, 11% neither, 42% agree, 42% strongly agree"


@pytest.mark.parametrize("counts", [[0, 0, 0, 0, 0], [1, 2, 3], []])
def test_bar_of_five_refuses_what_it_cannot_draw(counts):
    with pytest.raises(ValueError):
        Bar5.of(counts)


def test_likert_makes_room_for_disagreement_and_holds_no_number_of_a_withheld_row():
    rows = [{"text": "Hard", "counts": [10, 5, 2, 1, 1], "n": 19}, {"text": "Few", "withheld": True}]
    assert likert(rows)["left"] == 85
    html = render("{% likert rows %}", rows=rows)
    assert 'style="--left:85"' in html
    withheld = html[html.index("Few") :]
    assert "Fewer than 5 answers: hidden" in withheld
    assert "bar5" not in withheld


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = set(re.findall(r'id="i-([a-z0-9-]+)"', (TEMPLATES / "includes/sprite.svg").read_text()))
    named = {
        name for page in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)" %}', page.read_text())
    }
    assert named <= sprite


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_page_renders_without_any_context(name):
    html = get_template(f"{name}.html").render()
    assert html.count("<h1>") == 1
    assert "<title>" in html


def test_base_shows_where_one_is_and_takes_only_a_color_for_a_brand():
    item = SimpleNamespace(url="/j/", label="Journey", icon="route", current=True)
    html = get_template("base.html").render({"nav_items": [item], "brand": "#0f5b66"})
    assert html.count('href="/j/" aria-current="page"') == 2
    assert 'style="--brand:#0f5b66"' in html
    assert "--brand" not in get_template("base.html").render({"brand": "red;}"})
