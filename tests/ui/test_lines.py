"""A line chart's geometry and its numbers in words."""

from decimal import Decimal

import pytest

from lms.ui.lines import Line, with_unit


def test_line_runs_from_edge_to_edge_and_names_its_ends_and_extremes():
    line = Line.of([("May", Decimal(38)), ("Jun", Decimal(52)), ("Jul", Decimal(36)), ("Aug", Decimal(38))], "days")
    assert [point.x for point in line.points] == [56, 242.7, 429.3, 616]
    assert [tick.text for tick in line.ticks] == ["35", "40", "45", "50", "55"]
    assert line.points[1].y == min(point.y for point in line.points)
    assert [point.text for point in line.points if point.marked] == ["38 days", "52 days", "36 days", "38 days"]
    assert line.path.startswith("M56.0 ")


@pytest.mark.parametrize(
    "values", [["0", "0"], ["5", "5"], ["-3", "7.25"], ["0.001", "0.002"], ["-999999999999.999", "999999999999.999"]]
)
def test_line_stays_within_its_box_whatever_the_values(values):
    line = Line.of([(str(n), Decimal(value)) for n, value in enumerate(values)])
    assert all(34 <= point.y <= 174 for point in line.points)
    assert 2 <= len(line.ticks) <= 6


def test_long_axis_leaves_out_labels():
    line = Line.of([(f"Month {n}", Decimal(n)) for n in range(24)])
    assert sum(point.shown for point in line.points) <= 7
    assert sum(point.shown and not point.minor for point in line.points) <= 4


def test_one_point_is_no_line():
    with pytest.raises(ValueError):
        Line.of([("May", Decimal(1))])


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1200", "$", "$1,200"),
        ("-1200.50", "$", "−$1,200.5"),
        ("12", "%", "12%"),
        ("38", "days", "38 days"),
        ("0.25", "", "0.25"),
    ],
)
def test_numbers_are_written_with_their_unit(value, unit, text):
    assert with_unit(Decimal(value), unit) == text
