"""A line over one row of labels, as the design draws it: an SVG whose page CSS only recolors."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 640, 56, 616, 34, 174  # where the line lies in a view box of 640 x 210
LABELS = 7  # more labels than this below the axis run into one another
NARROW_LABELS = 4  # and on a phone, where the letters are larger


@dataclass(frozen=True)
class Point:
    """One value: `label` below it, `minor` if a phone has no room for that, `marked` if its number is written."""

    x: float
    y: float
    label: str
    shown: bool
    minor: bool
    text: str
    marked: bool

    @property
    def text_y(self) -> float:
        return self.y - 12


@dataclass(frozen=True)
class Tick:
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """What `includes/line_chart.html` draws."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{point.x} {point.y}" for point in self.points)

    @classmethod
    def of(cls, rows: Sequence[tuple[str, Decimal]], unit: str = "") -> "Line":
        """From at least two labels with their values, in the order of the axis. ValueError for fewer."""
        if len(rows) < 2:
            raise ValueError("A line needs two points.")
        values = [float(value) for _, value in rows]
        low, high, step = _scale(min(values), max(values))
        span = BOTTOM - TOP

        def height(value: float) -> float:
            return round(BOTTOM - (value - low) / (high - low) * span, 1)

        last = len(rows) - 1
        every, narrow = math.ceil(len(rows) / LABELS), math.ceil(len(rows) / NARROW_LABELS)
        marked = {0, last, values.index(max(values)), values.index(min(values))}
        points = tuple(
            Point(
                x=round(LEFT + (RIGHT - LEFT) * at / last, 1),
                y=height(values[at]),
                label=label,
                shown=at % every == 0,
                minor=at % narrow != 0,
                text=with_unit(value, unit),
                marked=at in marked,
            )
            for at, (label, value) in enumerate(rows)
        )
        count = round((high - low) / step)
        ticks = tuple(Tick(height(low + step * n), _plain(low + step * n)) for n in range(count + 1))
        return cls(points, ticks)


def with_unit(value: Decimal, unit: str) -> str:
    """A number as people write it with its unit: "$1,200", "12%", "38 days"."""
    sign, digits = ("−" if value < 0 else ""), _plain(abs(value))
    if unit in ("$", "€", "£"):
        return f"{sign}{unit}{digits}"
    if unit == "%":
        return f"{sign}{digits}%"
    return f"{sign}{digits} {unit}".rstrip()


def _plain(value: float | Decimal) -> str:
    number = Decimal(str(round(value, 6))).normalize()
    places = max(0, -int(number.as_tuple().exponent))
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def _scale(lowest: float, highest: float) -> tuple[float, float, float]:
    """Round ends of an axis and its step, so that two to five lines cross it."""
    reach = (highest - lowest) or abs(highest) or 1.0
    magnitude = 10 ** math.floor(math.log10(reach / 3))
    step = next(magnitude * factor for factor in (1, 2, 5, 10) if reach / (magnitude * factor) <= 4)
    low, high = math.floor(lowest / step) * step, math.ceil(highest / step) * step
    return low, (high if high > low else low + step), step
