"""What the advisory group sets itself to do, and how it ends: by hand, or with the next publication of its page."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.network.models import Cohort, CohortSession
from feedback.network.actions import publish_decision
from feedback.network.enums import Outcome, ToDoState
from feedback.network.models import ToDo
from feedback.network.queries import released_comments, windows_about
from lms import clock

HALF_A_NOTE = "Write both what was said and what was done, or leave both empty."


@transaction.atomic
def make_to_do(
    *, by, title: str, page=None, cohort_session: CohortSession | None = None, comments: Iterable = (), **more
) -> ToDo:
    """A to-do about one page or one session; `comments` are ids of released comments about it, `more` see change_to_do.

    Raises ValidationError, keyed by field, for a comment that is not released or about something else.
    """
    if (page is None) == (cohort_session is None):
        raise ValueError("A to-do is about a page or a session.")
    to_do = ToDo(page=page, cohort_session=cohort_session, created_by=by, created_at=clock.now())
    _fill(to_do, title=title, **more)
    wanted = set(comments)
    # The answers first, then the join: in the shuffle's own order, so that neither waits for the other.
    offered = released_comments(subject_of(to_do)).filter(pk__in=wanted)
    picked = list(offered.select_for_update(of=("self",), no_key=True))
    if len(picked) != len(wanted):
        raise ValidationError({"comments": "Choose among the released comments about it."})
    to_do.save()
    to_do.comments.set(picked)
    return to_do


@transaction.atomic
def change_to_do(*, to_do: ToDo, title: str, assignee=None, due_on: dt.date | None = None) -> ToDo:
    """Another title, somebody who does it, a day by which. Raises ValidationError once it is settled."""
    held = _open(to_do)
    _fill(held, title=title, assignee=assignee, due_on=due_on)
    held.save()
    return held


@transaction.atomic
def close_with_publication(*, to_do: ToDo, by, said: str = "", did: str = "") -> ToDo:
    """Let the next publication of its page close the to-do, and publish the note (both parts, or neither) with it.

    Raises ValidationError for half a note, for one about a session, or once it is settled.
    """
    held = _open(to_do)
    if held.page_id is None:
        raise ValidationError("Only a page is published. Close this one by hand.")
    _take_note(held, said, did)
    held.closes_on_publish, held.note_by = True, by
    held.save()
    return held


@transaction.atomic
def keep_open(*, to_do: ToDo) -> ToDo:
    """Let a publication of its page leave the to-do open. The note is kept as a draft."""
    held = _open(to_do)
    held.closes_on_publish = False
    held.save()
    return held


@transaction.atomic
def settle_to_do(
    *, to_do: ToDo, by, state: ToDoState | str, said: str = "", did: str = "", reason: str = "", revision=None
) -> ToDo:
    """Close a to-do as done, or decline it with the reason; a note (both parts) is published to the cohorts asked.

    Again changes nothing. Raises ValidationError, keyed by field, for a declined one without its reason, or half a
    note.
    """
    held = ToDo.objects.select_for_update(of=("self",)).get(pk=to_do.pk)
    if not held.is_open:
        return held
    state = ToDoState(state)
    if state == ToDoState.OPEN:
        raise ValidationError({"state": "Choose whether it is done or decided against."})
    held.reason = reason.strip() if state == ToDoState.DECLINED else ""
    if state == ToDoState.DECLINED and not held.reason:
        raise ValidationError({"reason": "Say why: who asked for it will want to know."})
    _take_note(held, said, did)
    held.state, held.settled_by, held.settled_at, held.revision = state, by, clock.now(), revision
    held.closes_on_publish = False
    held.full_clean(exclude=["comments", "decisions"])
    held.save()
    if held.said:
        held.decisions.set(_publish_note(held))
    return held


@transaction.atomic
def close_published(*, page, revision) -> int:
    """Close what waits for this publication of `page`, each once, in the name of whoever planned it; says how many."""
    waiting = ToDo.objects.filter(page=page.pk, state=ToDoState.OPEN, closes_on_publish=True).select_related("note_by")
    for to_do in waiting:
        settle_to_do(
            to_do=to_do, by=to_do.note_by, state=ToDoState.DONE, said=to_do.said, did=to_do.did, revision=revision
        )
    return len(waiting)


def subject_of(to_do: ToDo):
    """The session or the page that it is about."""
    return to_do.cohort_session or to_do.page


def cohorts_asked(to_do: ToDo) -> list[Cohort]:
    """The cohorts that were asked about its subject, and so read the note."""
    return list(Cohort.objects.filter(windows__in=windows_about(subject_of(to_do))).distinct())


def _publish_note(to_do: ToDo) -> list:
    declined = to_do.state == ToDoState.DECLINED
    published = []
    for cohort in cohorts_asked(to_do):
        comments = to_do.comments.filter(response__window__cohort=cohort)
        published.append(
            publish_decision(
                by=to_do.settled_by,
                cohort=cohort,
                said=to_do.said,
                did=to_do.did,
                outcome=Outcome.DECLINED if declined else Outcome.ADOPTED,
                reason=to_do.reason,
                window=windows_about(subject_of(to_do)).filter(cohort=cohort).first(),
                comments=comments.values_list("pk", flat=True),
                page=to_do.page,
            )
        )
    return published


def _open(to_do: ToDo) -> ToDo:
    held = ToDo.objects.select_for_update(of=("self",)).get(pk=to_do.pk)
    if not held.is_open:
        raise ValidationError("This to-do was closed meanwhile. Make a new one for what is left.")
    return held


def _fill(to_do: ToDo, *, title: str, assignee=None, due_on: dt.date | None = None) -> None:
    to_do.title, to_do.assignee, to_do.due_on = title.strip(), assignee, due_on
    to_do.full_clean(exclude=["comments", "decisions"], validate_constraints=False)


def _take_note(to_do: ToDo, said: str, did: str) -> None:
    to_do.said, to_do.did = said.strip(), did.strip()
    if bool(to_do.said) != bool(to_do.did):
        raise ValidationError({"did" if to_do.said else "said": HALF_A_NOTE})
