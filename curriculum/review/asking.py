"""Asking for a review, and what ends it when the text changes."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type

from curriculum.review import eyes
from curriculum.review.models import FourEyesTask, ReviewState
from curriculum.review.permissions import ASKED_BY_MAIL, REVIEWS, people_with
from curriculum.review.text import same_text
from curriculum.review.whole import demand_whole
from lms import clock
from lms.outbox.actions import promise

LONGEST = dt.timedelta(days=366)


def open_review_of(page_id: int) -> ReviewState | None:
    """The review of this page that waits for an answer."""
    return (
        ReviewState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__object_id=str(page_id),
            workflow_state__base_content_type=get_default_page_content_type(),
        )
        .select_related("workflow_state__requested_by", "revision")
        .order_by("-pk")
        .first()
    )


def default_due(user) -> dt.date:
    return clock.today(user.time_zone if user else "America/Chicago") + dt.timedelta(days=settings.REVIEW_DAYS)


@transaction.atomic
def begin(*, task: FourEyesTask, workflow_state: WorkflowState, user) -> ReviewState:
    """What Wagtail calls when a page reaches this task: seal the text, and ask those who did not write it."""
    eyes.hold(int(workflow_state.object_id))
    revision = workflow_state.content_object.get_latest_revision()
    eyes.seal(revision)
    state = ReviewState(workflow_state=workflow_state, revision=revision, task=task, due_on=default_due(user))
    state.save()
    TaskState.objects.filter(pk=state.pk).update(started_at=clock.now())  # Wagtail asks the machine
    state.authors.set(eyes.authors_of(revision))
    for reader in who_is_asked(state):
        promise(
            kind="review_asked",
            ids={"review": state.pk, "user": str(reader.pk)},
            key=f"review-asked:{state.pk}:{reader.pk}",
        )
    return state


def who_is_asked(state: ReviewState) -> list:
    """Reviewers and the chair who did not write it; program staff where none is left."""
    authors = set(state.authors.values_list("pk", flat=True))
    for roles in (ASKED_BY_MAIL, REVIEWS):
        asked = [user for user in people_with(roles) if user.pk not in authors]
        if asked:
            return asked
    return []


@transaction.atomic
def submit(*, page: Page, revision_id: int, by, due_on: dt.date | None = None, note: str = "") -> ReviewState:
    """Ask for a review of the text that `by` was shown, by a day. Raises Refused, and ValidationError by field."""
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    if due_on is not None:
        _check_due(due_on, by)
    latest = eyes.hold(page.pk)
    page = page.specific_class.objects.get(pk=page.pk)
    if open_review_of(page.pk):
        raise eyes.Refused("This page waits for a review already.", page_id=page.pk)
    if latest != revision_id:
        raise eyes.Refused(
            "The text changed while you were looking at it: look at it again, then send it.",
            page_id=page.pk,
            compare=(revision_id, latest) if latest else None,
        )
    if not eyes.authors_of(page.latest_revision):
        raise eyes.Refused("Nothing changed since this text was last approved.", page_id=page.pk)
    demand_whole(page.latest_revision)
    going = page.current_workflow_state
    workflow = page.get_workflow()
    if going is not None and going.status == WorkflowState.STATUS_NEEDS_CHANGES:
        going.resume(by)
    elif workflow is not None:
        workflow.start(page, by)
    else:
        raise eyes.Refused("There is no review for this part of the site. Ask program staff.", page_id=page.pk)
    state = open_review_of(page.pk)
    assert state is not None
    state.note = note
    state.due_on = due_on or state.due_on
    state.save(update_fields=["note", "due_on"])
    return state


@transaction.atomic
def change_due(*, page_id: int, due_on: dt.date, by) -> ReviewState:
    """Say until when an answer is wanted. Raises Refused, PermissionDenied, and ValidationError by field."""
    eyes.hold(page_id)
    state = open_review_of(page_id)
    if state is None:
        raise eyes.Refused("This page waits for no review, so there is no day to change.", page_id=page_id)
    if by.pk != state.workflow_state.requested_by_id and not state.authors.filter(pk=by.pk).exists():
        raise PermissionDenied
    _check_due(due_on, by)
    state.due_on = due_on
    state.save(update_fields=["due_on"])
    return state


def _check_due(due_on: dt.date, by) -> None:
    today = clock.today(by.time_zone)
    if not today <= due_on <= today + LONGEST:
        raise ValidationError({"due_on": "Enter a day from today on, within a year."})


def take_back_if_changed(*, page: Page, revision, by) -> bool:
    """An answer is asked for one text only: a changed one is taken out of review, and has to be sent again."""
    state = open_review_of(page.pk)
    if state is None or same_text(state.revision, revision):
        return False
    state.workflow_state.cancel(user=by)
    asked_by = state.workflow_state.requested_by
    if asked_by is not None and (by is None or by.pk != asked_by.pk):
        promise(
            kind="review_taken_back",
            ids={"review": state.pk, "by": str(by.pk) if by else ""},
            key=f"review-taken-back:{state.pk}",
        )
    return True
