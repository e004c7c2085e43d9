"""Figures behind the HTML charts. What comes in is released and large enough to show."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ANSWERS = (
    ("sd", "strongly disagree"),
    ("d", "disagree"),
    ("n", "neither"),
    ("a", "agree"),
    ("sa", "strongly agree"),
)
# A narrower segment cannot hold two digits.
_LABEL_FROM = 9.5
# How much of the axis lies left of the middle, in percent of answers; the right side always holds 100.
_LEFT = 50


@dataclass(frozen=True)
class Part:
    """One segment: its class, its share in percent and the number it can hold."""

    css: str
    percent: float
    label: str


@dataclass(frozen=True)
class Bar5:
    """A stacked bar of five answers around the middle of "neither"."""

    parts: tuple[Part, ...]
    negative: float
    agree: int
    description: str

    @classmethod
    def of(cls, counts: Sequence[float]) -> "Bar5":
        """From five counts or shares, "strongly disagree" first. ValueError for anything else."""
        total = sum(counts)
        if len(counts) != len(_ANSWERS) or total <= 0:
            raise ValueError("A bar needs five counts that are not all zero.")
        shares = [100 * count / total for count in counts]
        parts = tuple(
            Part(css, round(share, 1), str(half_up(share)) if share >= _LABEL_FROM else "")
            for (css, _), share in zip(_ANSWERS, shares, strict=True)
        )
        words = ", ".join(f"{half_up(share)}% {name}" for (_, name), share in zip(_ANSWERS, shares, strict=True))
        return cls(parts, round(shares[0] + shares[1] + shares[2] / 2, 1), half_up(shares[3] + shares[4]), words)


def likert(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows for `includes/likert.html` and the room its axis needs on the left."""
    drawn = []
    left = _LEFT
    for row in rows:
        bar = None if row.get("withheld") else Bar5.of(row["counts"])
        if bar:
            left = max(left, math.ceil(bar.negative))
        drawn.append({**row, "agree": bar.agree if bar else None})
    return {"rows": drawn, "left": left}


def half_up(value: float) -> int:
    """The nearest whole number, halves upward, as people round."""
    return math.floor(value + 0.5)
