"""What waits, for whom."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import TaskState, WorkflowState

from curriculum.review import eyes
from curriculum.review.models import Clearance, ReviewState
from curriculum.review.permissions import may_review
from lms import clock


@dataclass(frozen=True)
class Waiting:
    """One review that waits for an answer. `overdue` in the zone of who looks."""

    page_id: int
    title: str
    authors: list[str]
    asked_by: str
    asked_at: dt.datetime
    due_on: dt.date
    overdue: bool


def _open() -> QuerySet[ReviewState]:
    return ReviewState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )


def waiting_for(user) -> list[Waiting]:
    """The reviews that `user` may answer, not of their own texts, the soonest due first. Three queries at most."""
    return _listed(_open().exclude(authors=user), user) if may_review(user) else []


def sent_by(user) -> list[Waiting]:
    """The reviews of texts that `user` wrote or sent, which others answer. Two queries."""
    return _listed(_open().filter(Q(authors=user) | Q(workflow_state__requested_by=user)).distinct(), user)


def _listed(states: QuerySet[ReviewState], user) -> list[Waiting]:
    today = clock.today(user.time_zone)
    rows = (
        states.select_related("revision", "workflow_state__requested_by")
        .defer("revision__content")
        .prefetch_related("authors")
        .order_by("due_on", "pk")
    )
    return [
        Waiting(
            page_id=int(state.revision.object_id),
            title=state.revision.object_str,
            authors=[author.name for author in state.authors.all()],
            asked_by=state.workflow_state.requested_by.name if state.workflow_state.requested_by else "",
            asked_at=state.started_at,
            due_on=state.due_on,
            overdue=state.due_on < today,
        )
        for state in rows
    ]


def open_emergencies() -> list[Clearance]:
    """What was published in an emergency, and nobody else has looked at yet. One query."""
    return list(
        Clearance.objects.filter(eyes.OPEN_EMERGENCY)
        .select_related("revision")
        .defer("revision__content")
        .order_by("at")
    )
