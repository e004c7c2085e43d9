"""One page's review as one person sees it."""

from dataclasses import dataclass, field

from wagtail.models import Comment, Page, Revision, TaskState, WorkflowState, get_default_page_content_type

from curriculum.review import eyes
from curriculum.review.asking import open_review_of
from curriculum.review.models import Clearance, ClearanceKind, ReviewState
from curriculum.review.permissions import is_chair, may_review
from curriculum.review.text import same_text
from curriculum.review.words import compare_url
from lms.accounts.models import User


@dataclass
class Standing:
    """`revision` is the text to read: the submitted one while a review waits, else the latest."""

    page: Page
    revision: Revision | None
    review: ReviewState | None
    authors: list[User]
    may_decide: bool  # approve, or ask for changes
    may_submit: bool
    may_move_day: bool
    may_emergency: bool
    emergency: Clearance | None
    may_look: bool
    compare: str
    wanted: ReviewState | None  # the answer that asked for changes, while it is open
    scheduled: Revision | None
    past: list[ReviewState] = field(default_factory=list)
    emergencies: list[Clearance] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def standing_of(page: Page, user) -> Standing:
    """What `user` reads and may do about `page` (the specific page)."""
    review = open_review_of(page.pk)
    revision = review.revision if review else page.get_latest_revision()
    author_ids = eyes.authors_of(revision) if revision else set()
    let_through = revision is not None and eyes.is_cleared(revision.pk)
    own = user.pk in author_ids
    edits = page.permissions_for_user(user).can_edit()
    past = list(
        ReviewState.objects.filter(
            workflow_state__object_id=str(page.pk), workflow_state__base_content_type=get_default_page_content_type()
        )
        .exclude(status=TaskState.STATUS_IN_PROGRESS)
        .select_related("finished_by", "workflow_state__requested_by")
        .order_by("-pk")[:20]
    )
    emergencies = list(
        Clearance.objects.filter(
            kind=ClearanceKind.EMERGENCY,
            revision__object_id=str(page.pk),
            revision__base_content_type=get_default_page_content_type(),
        ).order_by("-at")
    )
    emergency = next((row for row in reversed(emergencies) if row.is_open_emergency), None)
    changed = revision is not None and bool(author_ids) and not let_through
    return Standing(
        page=page,
        revision=revision,
        review=review,
        authors=list(User.objects.filter(pk__in=author_ids).order_by("name")),
        may_decide=review is not None and may_review(user) and not own and _still_the_latest(page, review),
        may_submit=review is None and edits and changed,
        may_move_day=review is not None and (own or review.workflow_state.requested_by_id == user.pk),
        may_emergency=changed and own and is_chair(user) and (review is None or _still_the_latest(page, review)),
        emergency=emergency,
        may_look=emergency is not None
        and may_review(user)
        and user.pk != emergency.by_id
        and user.pk not in eyes.authors_of(emergency.revision),
        compare=_comparison(page, revision),
        wanted=_wanted(past),
        scheduled=page.scheduled_revision,
        past=past,
        emergencies=emergencies,
        comments=list(
            Comment.objects.filter(page_id=page.pk, resolved_at=None).select_related("user").order_by("created_at")
        ),
    )


def _still_the_latest(page: Page, review: ReviewState) -> bool:
    return page.latest_revision is not None and same_text(review.revision, page.latest_revision)


def _comparison(page: Page, revision: Revision | None) -> str:
    if revision is None or page.live_revision_id in (None, revision.pk):
        return ""
    return compare_url(page.pk, page.live_revision_id, revision.pk)


def _wanted(past: list[ReviewState]) -> ReviewState | None:
    latest = past[0] if past else None
    if latest is None or latest.status != TaskState.STATUS_REJECTED:
        return None
    return latest if latest.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES else None
