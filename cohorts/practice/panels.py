"""What later rooms show beside a leader's journey and on their page: cohorts offers the place, they fill it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Panel = tuple[str, Mapping[str, Any]]
PanelFunction = Callable[..., "Panel | SafeString | None"]

_journey: list[PanelFunction] = []
_record: list[PanelFunction] = []


def register_panel(function: PanelFunction) -> PanelFunction:
    """Register `function(request, enrollment)` for the journey's side: a template with its context, safe HTML, or None.

    Call it in `AppConfig.ready`. It runs within the leader's practice and is drawn in the order of registration.
    """
    return _register(_journey, function)


def register_record_panel(function: PanelFunction) -> PanelFunction:
    """The same for the page about one leader, which practice leadership and program staff open: never feedback."""
    return _register(_record, function)


def panels_for(request, enrollment) -> list[SafeString]:
    """The journey's panels that have something to show, drawn."""
    return _drawn(_journey, request, enrollment)


def record_panels_for(request, enrollment) -> list[SafeString]:
    """Those of the page about one leader."""
    return _drawn(_record, request, enrollment)


def _register(panels: list[PanelFunction], function: PanelFunction) -> PanelFunction:
    if function not in panels:
        panels.append(function)
    return function


def _drawn(panels: list[PanelFunction], request, enrollment) -> list[SafeString]:
    drawn = []
    for function in panels:
        given = function(request, enrollment)
        if given is None:
            continue
        if isinstance(given, SafeString):
            drawn.append(given)
        else:
            template, context = given
            drawn.append(render_to_string(template, {**context, "enrollment": enrollment}, request))
    return drawn
