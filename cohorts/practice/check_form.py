"""What a leader's browser sends for a check, read without believing any of it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict


@dataclass(frozen=True)
class Sent:
    """A form of a check. `chosen` is what grading takes; `places` what was picked for each item of an ordering.

    `number` and `shown` say for which attempt and for which wording and order it was. With `error` it was refused,
    and with `shows_faults` each question says what it lacks.
    """

    check_id: str
    chosen: Mapping[str, list[str]]
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    number: int | None = None
    shown: str | None = None
    error: str = ""
    shows_faults: bool = False


def read_sent(check_id: uuid.UUID, post: QueryDict) -> Sent:
    """Read "q-<question>" (options chosen, or the number as typed) and "p-<question>:<item>" (its position)."""
    chosen: dict[str, list[str]] = {}
    places: dict[str, dict[str, str]] = {}
    for name in post:
        if name.startswith("q-"):
            chosen[name[2:]] = [value.replace("\x00", "") for value in post.getlist(name)]
        elif name.startswith("p-"):
            question, _, step = name[2:].partition(":")
            places.setdefault(question, {})[step] = str(post[name]).strip()
    for question, placed in places.items():
        chosen[question] = in_order(placed)
    number = post.get("number", "")
    return Sent(
        check_id=str(check_id),
        chosen=chosen,
        places=places,
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None,
        shown=post.get("shown") or None,
    )


def in_order(placed: Mapping[str, str]) -> list[str]:
    """The items by position where each position is given once, nothing where none is; else the first item alone.

    One item is an order of nothing, so grading refuses it in words.
    """
    said = {step: place for step, place in placed.items() if place}
    if set(said.values()) == {str(position) for position in range(1, len(placed) + 1)} and len(said) == len(placed):
        return sorted(said, key=lambda step: int(said[step]))
    return list(said)[:1]
