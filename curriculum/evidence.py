"""What is known about a page or a session, to stand beside it where it is edited.

Curriculum knows no leaders and no answers: later rooms register a function each, in `AppConfig.ready`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Section = tuple[str, Mapping[str, Any]]
EvidenceFunction = Callable[..., "Section | None"]

_functions: list[EvidenceFunction] = []


def register_evidence(function: EvidenceFunction) -> EvidenceFunction:
    """Register `function(request, subject, as_faculty=False) -> (template, context) | None`.

    `subject` is a LessonPage, a ModulePage, or what a later room edits, such as a session; None means that the
    function has nothing to say about it. Counts and released feedback only, never a name. With `as_faculty` the
    viewer is shown released figures and no more. Sections are drawn in the order of registration.
    """
    if function not in _functions:
        _functions.append(function)
    return function


def sections_of(request, subject, *, as_faculty: bool = False) -> list[SafeString]:
    """The sections about `subject`, drawn."""
    drawn = []
    for function in _functions:
        given = function(request, subject, as_faculty=as_faculty)
        if given is not None:
            template, context = given
            drawn.append(render_to_string(template, {**context, "subject": subject}, request))
    return drawn
