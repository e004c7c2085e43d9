"""The report of modules past or near their review date, and its files."""

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from cohorts.network.actions import create_cohort
from curriculum.models import ModuleFaculty, ModulePage
from lms import clock
from tests.cohorts.changing import reads
from tests.fixtures import signed_in
from tests.queries import count_queries

URL = "/cms/reports/review-dates/"
TODAY = dt.date(2026, 4, 14)


@pytest.fixture(autouse=True)
def april(db):
    with clock.at(dt.datetime(2026, 4, 14, 18, tzinfo=dt.UTC)):
        yield


def due(module: ModulePage, days: int | None, **fields) -> None:
    day = None if days is None else TODAY + dt.timedelta(days=days)
    ModulePage.objects.filter(pk=module.pk).update(review_by=day, **fields)


@pytest.fixture
def modules(tree, faculty) -> list[ModulePage]:
    """One a week past its day, one 45 days before it; the first has an owner and a teacher."""
    past, near = tree.modules
    past.faculty.add(ModuleFaculty(user=faculty))
    past.save()
    due(past, -7, owner=faculty)
    due(near, 45)
    return tree.modules


def titles(content: str) -> list[str]:
    return [title for title in ("Finance", "Speaking") if f">{title}</a>" in content]


def test_report_lists_what_is_past_and_near(modules, as_advisor, tree, alder, birch):
    cohort = create_cohort(program=tree.program, name="Cohort", starts_on=TODAY - dt.timedelta(days=30))
    reads(alder, cohort, tree.lessons[0], "A One")
    reads(birch, cohort, tree.lessons[0], "B One", completes=False)
    content = as_advisor.get(URL).content.decode()
    assert titles(content) == ["Finance", "Speaking"]
    assert "7 days past" in content
    assert "45 days left" in content
    assert "1 is past its date." in content
    assert content.count("Dana Whitlock") == 2
    assert "2 in 2 practices" in content


@pytest.mark.parametrize(
    ("show", "listed"),
    [
        ("0", ["Finance"]),
        ("30", ["Finance"]),
        ("90", ["Finance", "Speaking"]),
        ("all", ["Finance", "Speaking"]),
        ("", ["Finance", "Speaking"]),
        ("nonsense\x00", ["Finance", "Speaking"]),
        ("9" * 1000, ["Finance", "Speaking"]),
    ],
)
def test_filter_shows_past_or_within_days(modules, as_advisor, show, listed):
    answer = as_advisor.get(URL, {"show": show})
    assert answer.status_code == 200
    assert titles(answer.content.decode()) == listed


def test_day_itself_is_not_past(modules, as_advisor):
    due(modules[0], 0)
    assert titles(as_advisor.get(URL, {"show": "0"}).content.decode()) == []
    assert "today" in as_advisor.get(URL).content.decode()


def test_retired_and_undated_modules_are_left_out(modules, as_advisor):
    modules[0].unpublish()
    due(modules[1], None)
    assert titles(as_advisor.get(URL, {"show": "all"}).content.decode()) == []


def test_report_is_for_who_edits(modules, staff, manager, faculty, physician, client):
    assert signed_in(staff).get(URL).status_code == 200
    for user in (manager, faculty, physician):
        assert signed_in(user).get(URL).status_code in (302, 403)
        assert b"PK" not in signed_in(user).get(URL, {"export": "xlsx"}).content[:2]
    assert client.get(URL).status_code == 302
    assert signed_in(staff).post(URL).status_code == 405


def test_report_stands_in_the_menu_of_reports(modules, as_advisor):
    assert URL in as_advisor.get("/cms/").content.decode()


def test_files_hold_the_rows_and_no_formula(modules, as_advisor, faculty):
    due(modules[0], -7, title="=HYPERLINK(1)")
    faculty.name = "@SUM(A1)\x0b"
    faculty.save()
    answer = as_advisor.get(URL, {"show": "0", "export": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="review-dates.csv"'
    header, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert header[:3] == ["Module", "Review by", "Days left"]
    assert row[:3] == ["'=HYPERLINK(1)", "2026-04-07", "-7"]
    assert row[5].startswith("'@SUM")

    answer = as_advisor.get(URL, {"show": "0", "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    header, row = sheet.iter_rows()
    assert {cell.data_type for cell in header} == {"s"}
    assert (row[0].value, row[0].data_type, row[0].number_format) == ("=HYPERLINK(1)", "s", "@")
    assert (row[1].value.date(), row[1].is_date) == (dt.date(2026, 4, 7), True)
    assert (row[2].value, row[2].data_type) == (-7, "n")
    assert (row[5].value, row[5].data_type) == ("@SUM(A1)", "s")


def test_report_takes_as_many_queries_for_three_as_for_one(modules, tree, as_advisor):
    due(modules[1], None)
    as_advisor.get(URL)
    with count_queries() as one:
        as_advisor.get(URL)
    due(modules[1], 3)
    third = tree.program.add_child(instance=ModulePage(title="Third", short_title="Third", lede="More."))
    third.save_revision().publish()
    due(third, 5)
    with count_queries() as three:
        content = as_advisor.get(URL).content.decode()
    assert "5 days left" in content
    assert len(three) == len(one)


def test_advisory_home_counts_what_is_past(modules, as_advisor):
    assert "1 module is past its review date" in as_advisor.get("/advisory/").content.decode()
    due(modules[0], 1)
    assert "past its review date" not in as_advisor.get("/advisory/").content.decode()
