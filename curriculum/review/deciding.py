"""Answers to a review, what is published by them, and the chair's way around."""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision, TaskState

from curriculum.review import eyes
from curriculum.review.asking import open_review_of
from curriculum.review.models import Clearance, ClearanceKind, ReviewState
from curriculum.review.permissions import is_chair, may_review, people_with
from curriculum.review.text import same_text
from curriculum.review.whole import demand_whole
from lms import clock
from lms.outbox.actions import promise

logger = logging.getLogger(__name__)

SHORTEST_REASON = 10
OWN = "You wrote part of this text, so somebody else has to approve it."
CHANGED = "The text changed after it was submitted, so there is nothing to approve yet. Look at what changed."
GONE = "This text no longer waits for a review: it was answered, or taken back."
NEWER = "A newer text was submitted than the one that you were shown. Look at what changed, then decide."


@transaction.atomic
def approve(*, page_id: int, revision_id: int, by, comment: str = "") -> ReviewState:
    """Approve the text that `by` was shown, and publish it (or schedule it, where it names a later moment).

    Raises Refused where that text is not the one that waits, or is their own; PermissionDenied without the right.
    """
    state = _waiting(page_id, revision_id, by)
    if by.pk in eyes.authors_of(state.revision):
        raise eyes.Refused(OWN, page_id=page_id)
    eyes.clear(revision=state.revision, kind=ClearanceKind.APPROVED, by=by)
    state.approve(user=by, comment=comment)
    _promise_answer(state)
    return state


@transaction.atomic
def request_changes(*, page_id: int, revision_id: int, by, comment: str) -> ReviewState:
    """Send the text that `by` was shown back to who wrote it, with a comment. Raises as `approve`, ValidationError."""
    if not comment.strip():
        raise ValidationError({"comment": "Say what should change."})
    state = _waiting(page_id, revision_id, by)
    if by.pk in eyes.authors_of(state.revision):
        raise eyes.Refused("You wrote part of this text: take it back instead, and change it.", page_id=page_id)
    state.reject(user=by, comment=comment)
    _promise_answer(state)
    return state


def _waiting(page_id: int, revision_id: int, by) -> ReviewState:
    if not may_review(by):
        raise PermissionDenied
    latest = eyes.hold(page_id)
    state = open_review_of(page_id)
    if state is None:
        # Taken back or answered: show what was written since, if anything was.
        shown = Revision.objects.filter(pk=revision_id, object_id=str(page_id)).exists()
        compare = (revision_id, latest) if latest is not None and shown and latest != revision_id else None
        raise eyes.Refused(GONE, page_id=page_id, compare=compare)
    assert latest is not None  # what waits has a revision
    if state.revision_id != revision_id:
        raise eyes.Refused(NEWER, page_id=page_id, compare=(revision_id, state.revision_id))
    if not same_text(state.revision, Revision.objects.get(pk=latest)):
        raise eyes.Refused(CHANGED, page_id=page_id, compare=(revision_id, latest))
    return state


def _promise_answer(state: ReviewState) -> None:
    TaskState.objects.filter(pk=state.pk).update(finished_at=clock.now())  # Wagtail asks the machine
    readers = set(state.authors.values_list("pk", flat=True)) | {state.workflow_state.requested_by_id}
    for reader in readers - {state.finished_by_id, None}:
        promise(
            kind="review_answered",
            ids={"review": state.pk, "user": str(reader)},
            key=f"review-answered:{state.pk}:{reader}",
        )


def publish_approved_text(workflow_state, user=None) -> None:
    """Publish the revision that the review which ended the workflow was about."""
    state = ReviewState.objects.filter(
        workflow_state=workflow_state, status=TaskState.STATUS_APPROVED, pk=workflow_state.current_task_state_id
    ).first()
    # A workflow without our task asks nobody: then its page's text has to have been let through before.
    _publish(state.revision if state else workflow_state.content_object.get_latest_revision(), user)


def _publish(revision: Revision, user) -> None:
    # Reviewers need no right to publish: what lets the text through is its clearance, which `publish` demands.
    revision.publish(user=user, skip_permission_checks=True)
    page = Page.objects.select_related("latest_revision").get(pk=int(revision.object_id))
    # Comments make a later revision of the same text: that is no unpublished change.
    if page.live_revision_id == revision.pk and same_text(revision, page.latest_revision):
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)


@transaction.atomic
def publish_in_emergency(*, page_id: int, revision_id: int, by, reason: str) -> Clearance:
    """The chair publishes their own text at once, with a reason, until somebody else has looked at it.

    Raises Refused where another text is the latest one, or where it is not their own; ValidationError by field.
    """
    if not is_chair(by):
        raise PermissionDenied
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ValidationError({"reason": "Say in a sentence why this cannot wait for somebody else."})
    latest = eyes.hold(page_id)
    revision = Revision.objects.filter(pk=latest).first()
    if revision is None or latest != revision_id:
        raise eyes.Refused(
            "The text changed since you opened this page: look at it again.",
            page_id=page_id,
            compare=(revision_id, latest) if latest else None,
        )
    if eyes.is_cleared(revision.pk) or by.pk not in eyes.authors_of(revision):
        raise eyes.Refused("You did not write this text: approve it or publish it as always.", page_id=page_id)
    demand_whole(revision)
    row = eyes.clear(revision=revision, kind=ClearanceKind.EMERGENCY, by=by, reason=reason)
    _publish(revision, by)
    page = Page.objects.get(pk=page_id).specific
    log(instance=page, action="curriculum.emergency", user=by, revision=revision, data={"reason": reason})
    for reader in people_with(["reviewer", "publisher"]):
        if reader.pk != by.pk:
            promise(
                kind="emergency_published",
                ids={"clearance": str(row.pk), "user": str(reader.pk)},
                key=f"emergency:{row.pk}:{reader.pk}",
            )
    return row


@transaction.atomic
def look_at_emergency(*, clearance: Clearance, by, note: str = "") -> None:
    """Somebody else has read what was published in an emergency, and lets it stand. Again changes nothing."""
    if not may_review(by):
        raise PermissionDenied
    row = Clearance.objects.select_for_update(of=("self",)).select_related("revision").get(pk=clearance.pk)
    page_id = int(row.revision.object_id)
    if not row.is_open_emergency:
        return
    if by.pk == row.by_id or by.pk in eyes.authors_of(row.revision):
        raise eyes.Refused("Somebody who did not write this text has to look at it.", page_id=page_id)
    row.looked_by, row.looked_by_name, row.looked_at, row.look_note = by, by.name, clock.now(), note
    row.save(update_fields=["looked_by", "looked_by_name", "looked_at", "look_note"])
    page = Page.objects.get(pk=page_id).specific
    log(instance=page, action="curriculum.emergency_looked_at", user=by, revision=row.revision, data={"note": note})


def publish_due() -> int:
    """Publish what was scheduled until now by the product's clock, and end what expired. Gives how many went live."""
    for page in Page.objects.filter(live=True, expire_at__lte=clock.now()).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = Revision.page_revisions.filter(approved_go_live_at__lte=clock.now()).order_by("approved_go_live_at")
    return sum(_publish_scheduled(pk) for pk in due.values_list("pk", flat=True))


def _publish_scheduled(pk: int) -> bool:
    """Once, however many workers ask: the page is held, and going live takes the date off its revisions."""
    with transaction.atomic():
        object_id = Revision.objects.values_list("object_id", flat=True).get(pk=pk)
        eyes.hold(int(object_id))
        revision = Revision.objects.filter(pk=pk, approved_go_live_at__lte=clock.now()).first()
        if revision is None:
            return False
        try:
            eyes.demand_clearance(revision=revision, by=None)
        except eyes.Refused:
            logger.warning("Revision %s was scheduled and never approved; its date is taken off.", pk)
            Revision.objects.filter(pk=pk).update(approved_go_live_at=None)
            return False
        action = PublishPageRevisionAction(revision, log_action="wagtail.publish.scheduled")
        if action.object.go_live_at:
            # Wagtail compares with the machine's clock, which ours may run ahead of.
            machine = dt.datetime.now(dt.UTC)
            action.object.go_live_at = min(action.object.go_live_at, machine)
        action.execute(skip_permission_checks=True)
        Page.objects.filter(pk=int(object_id)).update(last_published_at=clock.now())
        return True
