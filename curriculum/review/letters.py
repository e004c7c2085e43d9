"""Mails about reviews. Each leads to the page's review, where the buttons are; sign-in comes first and leads there."""

from django.urls import reverse
from wagtail.models import TaskState

from curriculum.review.models import Clearance, ReviewState
from curriculum.review.permissions import may_review
from lms.accounts.models import User
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.ui.dates import day

READS = "You get this mail because you review curriculum for the advisory group."
WRITES = "You get this mail because you wrote or sent this text."


def _link(page_id) -> str:
    return absolute(reverse("curriculum_review:page", args=[page_id]))


def _waiting(ids: dict) -> tuple[ReviewState, User] | None:
    """The review and who is written to, or None where there is nothing to answer any more, or not by them."""
    state = (
        ReviewState.objects.filter(pk=ids["review"], status=TaskState.STATUS_IN_PROGRESS)
        .select_related("revision", "workflow_state__requested_by")
        .first()
    )
    user = User.objects.filter(pk=ids["user"], is_active=True).first()
    if state is None or user is None or not may_review(user) or state.authors.filter(pk=user.pk).exists():
        return None
    return state, user


@letter("review_asked")
def review_asked(ids: dict) -> Letter | None:
    """Dropped once the review was answered or taken back."""
    found = _waiting(ids)
    if found is None:
        return None
    state, user = found
    asker = state.workflow_state.requested_by
    said = [f"They say: “{state.note}”"] if state.note else []
    return Letter(
        to=user.email,
        subject=f"Please review “{state.revision.object_str}” by {day(state.due_on)}",
        paragraphs=[
            f"{asker.name if asker else 'Somebody'} asks for a review of “{state.revision.object_str}”.",
            *said,
            "Read it, then approve it or say what should change. One approval publishes it.",
        ],
        why=READS,
        button=("Read and decide", _link(state.revision.object_id)),
    )


@letter("review_due")
def review_due(ids: dict) -> Letter | None:
    """Dropped once the review was answered or taken back."""
    found = _waiting(ids)
    if found is None:
        return None
    state, user = found
    return Letter(
        to=user.email,
        subject=f"Due today: the review of “{state.revision.object_str}”",
        paragraphs=[f"Nobody has answered the review of “{state.revision.object_str}” yet, and today is the day."],
        why=READS,
        button=("Read and decide", _link(state.revision.object_id)),
    )


@letter("review_answered")
def review_answered(ids: dict) -> Letter | None:
    state = (
        ReviewState.objects.filter(pk=ids["review"]).select_related("revision", "finished_by", "workflow_state").first()
    )
    user = User.objects.filter(pk=ids["user"], is_active=True).first()
    if state is None or user is None:
        return None
    title, reader = state.revision.object_str, state.finished_by.name if state.finished_by else "A reviewer"
    said = [f"{reader} says: “{state.comment}”"] if state.comment else []
    if state.status == TaskState.STATUS_APPROVED:
        subject, words = f"Approved: “{title}”", [f"{reader} approved “{title}”.", *said]
    else:
        subject = f"Changes wanted: “{title}”"
        words = [f"{reader} read “{title}” and asks for changes.", *said, "Change it in the CMS, then send it again."]
    return Letter(
        to=user.email,
        subject=subject,
        paragraphs=words,
        why=WRITES,
        button=("Open the review", _link(state.revision.object_id)),
    )


@letter("review_taken_back")
def review_taken_back(ids: dict) -> Letter | None:
    state = (
        ReviewState.objects.filter(pk=ids["review"]).select_related("revision", "workflow_state__requested_by").get()
    )
    asker = state.workflow_state.requested_by
    by = User.objects.filter(pk=ids["by"]).first() if ids["by"] else None
    if asker is None or not asker.is_active:
        return None
    title = state.revision.object_str
    return Letter(
        to=asker.email,
        subject=f"Changed during its review: “{title}”",
        paragraphs=[
            f"{by.name if by else 'Somebody'} changed “{title}” while it was waiting for its review.",
            "So nobody is asked to approve it any more. Look at the change, and send it again.",
        ],
        why=WRITES,
        button=("Open the review", _link(state.revision.object_id)),
    )


@letter("emergency_published")
def emergency_published(ids: dict) -> Letter | None:
    """Dropped once somebody looked at it."""
    row = Clearance.objects.filter(pk=ids["clearance"]).select_related("revision").first()
    user = User.objects.filter(pk=ids["user"], is_active=True).first()
    if row is None or user is None or not row.is_open_emergency:
        return None
    title = row.revision.object_str
    return Letter(
        to=user.email,
        subject=f"Please look afterward: “{title}” was published without a review",
        paragraphs=[
            f"{row.by_name} published their own text “{title}” in an emergency.",
            f"The reason given: “{row.reason}”",
            "Read what went live, and confirm that you did, or change it.",
        ],
        why=READS,
        button=("Look at it", _link(row.revision.object_id)),
    )
