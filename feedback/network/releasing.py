"""What a night makes public, and what a window's end deletes. Nothing else ever does either.

The rules, in short: a release needs new responses of five or more people; while the window is open, five or more
of those asked must still have to answer, so that the last can be reached too; each question counts for itself.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Max, Q

from feedback.network.enums import QuestionKind
from feedback.network.models import Answer, Release, Response, Window
from feedback.network.shuffle import lock_tables, shuffle_locked, vacuum
from feedback.network.suppression import FLOOR
from feedback.network.windows import is_over
from lms import clock


@transaction.atomic
def release_window(*, window: Window, asked: int) -> Release | None:
    """Release the new responses of an open window, if the rules allow it. `asked` are the people asked, now."""
    window = _locked(window)
    if window.closed_at is not None:
        return None
    return _release(window, asked, closing=False)


def close_window(*, window: Window, asked: int) -> Release | None:
    """Close a window whose last day has ended: the last release, if there is one, then the end of what is under five.

    Whole responses that were never released and single answers that were never shown are deleted here, and what
    is left is shuffled in the same transaction. Closing again does nothing. ValueError before the last day's end.
    """
    with transaction.atomic():
        window = _locked(window)
        if window.closed_at is not None:
            return None
        if not is_over(window):
            raise ValueError("A window closes at the end of its last day.")
        lock_tables()
        release = _release(window, asked, closing=True)
        never_shown = Q(response__release_number=None) | Q(shown_in=None)
        Answer.objects.filter(never_shown, response__window=window).delete()
        Response.objects.filter(window=window, release_number=None).delete()
        window.closed_at = clock.now()
        window.save(update_fields=["closed_at"])
        shuffle_locked(window=window)
        transaction.on_commit(vacuum)
    return release


def _locked(window: Window) -> Window:
    # A submit takes the same lock: what is counted here is all there is. Not FOR UPDATE, which would hold
    # against the keys that a shuffle checks, while we wait for its tables.
    return Window.objects.select_for_update(of=("self",), no_key=True).select_related("cohort").get(pk=window.pk)


def _release(window: Window, asked: int, *, closing: bool) -> Release | None:
    answered = window.responses.count()
    new = window.responses.filter(release_number=None).count()
    if new < FLOOR or not (closing or asked - answered >= FLOOR):
        return None
    number = (window.releases.aggregate(last=Max("number"))["last"] or 0) + 1
    window.responses.filter(release_number=None).update(release_number=number)
    return Release.objects.create(
        window=window,
        number=number,
        released_on=clock.today(window.cohort.westernmost_zone),
        # Who has answered and left since is asked no more, and still counts among the people.
        asked=max(asked, answered),
        people=new,
        figures=_show_waiting(window, number),
        closing=closing,
    )


def _show_waiting(window: Window, number: int) -> dict:
    """Mark each question's waiting answers as shown, where they come from enough people, and count them."""
    waiting = Answer.objects.filter(response__window=window, response__release_number__isnull=False, shown_in=None)
    figures = {}
    for question in window.questions:
        answers = waiting.filter(question_key=question["key"])
        values = list(answers.values_list("value", flat=True))
        if len(values) < FLOOR:
            continue
        counted = {} if question["kind"] == QuestionKind.TEXT else Counter(map(str, values))
        figures[question["key"]] = {"n": len(values), "counts": dict(sorted(counted.items()))}
        answers.update(shown_in=number)
    return figures
