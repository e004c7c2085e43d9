"""The jobs of the night. They alone release, and they alone close: no submit and no page ever does."""

import logging

from feedback.network.models import Window
from feedback.network.releasing import close_window, release_window
from feedback.network.shuffle import shuffle
from feedback.network.windows import is_over
from feedback.staff.asked import people_asked

log = logging.getLogger(__name__)


def release_all() -> None:
    """One night: close what has ended, release what may be released, and shuffle what is open.

    Safe to run again: what was released stays as it is. A window that fails does not keep the others waiting.
    """
    close_ended()
    for window in _not_closed():
        if not is_over(window):
            _try(release_window, window)
    shuffle()


def close_ended() -> None:
    """Close the windows whose last day has ended, wherever it ends last."""
    for window in _not_closed():
        if is_over(window):
            _try(close_window, window)


def _not_closed():
    return list(Window.objects.filter(closed_at=None).select_related("cohort"))


def _try(job, window: Window) -> None:
    try:
        job(window=window, asked=people_asked(window))
    except Exception:
        log.exception("%s failed for window %s.", job.__name__, window.pk)
