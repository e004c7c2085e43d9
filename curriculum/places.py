"""Where a leader reads. Curriculum does not know who leads; cohorts registers a function that does."""

from collections.abc import Callable

Reader = Callable[..., str | None]

_readers: list[Reader] = []


def register_reader(function: Reader) -> Reader:
    """Register `function(user, page) -> url | None`: where `user`, if a leader, reads `page` with their progress."""
    if function not in _readers:
        _readers.append(function)
    return function


def place_for(user, page) -> str | None:
    """The URL at which `user` reads `page` as a leader, or None if they are none."""
    return next((url for function in _readers if (url := function(user, page))), None)
