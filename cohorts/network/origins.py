"""Where a session came from, if it began in a later room: cohorts shows it, the later room knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from cohorts.network.models import CohortSession


@dataclass(frozen=True)
class Origin:
    """`text` is for whoever runs the session, `url` a page for program staff."""

    text: str
    url: str


OriginFunction = Callable[[CohortSession], "Origin | None"]

_functions: list[OriginFunction] = []


def register_origin(function: OriginFunction) -> OriginFunction:
    """Register `function(cohort_session) -> Origin | None`, in `AppConfig.ready`."""
    if function not in _functions:
        _functions.append(function)
    return function


def origin_of(cohort_session: CohortSession) -> Origin | None:
    """Where the session came from; None for one that was added by hand or laid out from a plan."""
    return next((origin for function in _functions if (origin := function(cohort_session))), None)
