"""Where a leader reads, for a whole list at once. Curriculum does not know who leads; cohorts registers who does."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a leader reads a module of their plan with their progress, and `lesson(page_id)` of it.

    `opens_on` is the day on which it opens to them, None once it has.
    """

    module: str
    lesson: Callable[[int], str]
    opens_on: dt.date | None


Shelf = Callable[[object], dict[int, Place]]

_shelves: list[Shelf] = []


def register_shelf(function: Shelf) -> Shelf:
    """Register `function(user) -> {module page id: Place}`, which holds what `user` reads as a leader."""
    if function not in _shelves:
        _shelves.append(function)
    return function


def places_of(user) -> dict[int, Place]:
    """Every module that `user` reads as a leader. Kept on the user, who lives for one request."""
    if not hasattr(user, "_places"):
        user._places = {module: place for function in _shelves for module, place in function(user).items()}
    return user._places
