"""Where a leader reads, and how. Curriculum does not know who leads; cohorts registers functions that do."""

from collections.abc import Callable

from django.http import HttpResponse

Reader = Callable[..., str | None]

Preview = Callable[..., HttpResponse]

_readers: list[Reader] = []
_previews: list[Preview] = []


def register_reader(function: Reader) -> Reader:
    """Register `function(user, page) -> url | None`: where `user`, if a leader, reads `page` with their progress."""
    if function not in _readers:
        _readers.append(function)
    return function


def place_for(user, page) -> str | None:
    """The URL at which `user` reads `page` as a leader, or None if they are none."""
    return next((url for function in _readers if (url := function(user, page))), None)


def register_preview(function: Preview) -> Preview:
    """Register `function(request, lesson) -> response`: a draft as a leader would see it; nothing is recorded."""
    if function not in _previews:
        _previews.append(function)
    return function


def preview_for_leader(request, lesson) -> HttpResponse | None:
    """How a leader would see `lesson`, saved or not. None where nobody leads."""
    return next((function(request, lesson) for function in _previews), None)
