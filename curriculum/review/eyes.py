"""Four eyes: whose text a revision is, and who may let it through.

Authors are all who changed the text since it was last let through, not the last of them alone: else two people
could take turns, each approving what the other had touched by a comma. Saving without a change, or commenting,
makes nobody an author. A text without any author is the product's own.
"""

from django.db.models import Q
from wagtail.models import Page, Revision

from curriculum.review.models import Clearance, ClearanceKind, Seal
from curriculum.review.text import digest
from lms import clock

OPEN_EMERGENCY = Q(kind=ClearanceKind.EMERGENCY, looked_at=None)


class Refused(Exception):
    """Why something may not be done to a page, in a sentence; `compare` are two revision ids to look at, or None."""

    def __init__(self, sentence: str, *, page_id: int, compare: tuple[int, int] | None = None):
        super().__init__(sentence)
        self.page_id = page_id
        self.compare = compare


def hold(page_id: int) -> int | None:
    """Lock a page until the transaction ends, and give the id of its latest revision. Everything here does so first."""
    return Page.objects.select_for_update().order_by().values_list("latest_revision_id", flat=True).get(pk=page_id)


def revisions_up_to(revision: Revision):
    return Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id, pk__lte=revision.pk
    )


def last_cleared_before(revision: Revision) -> Clearance | None:
    """The last clearance of an earlier revision of the same page, emergencies that nobody looked at left out."""
    return (
        Clearance.objects.filter(revision__in=revisions_up_to(revision).exclude(pk=revision.pk))
        .exclude(OPEN_EMERGENCY)
        .order_by("-revision_id")
        .first()
    )


def authors_of(revision: Revision) -> set:
    """The ids of those who changed the text since it was last let through."""
    base = last_cleared_before(revision)
    rows = revisions_up_to(revision).order_by("pk")
    if base is not None:
        rows = rows.filter(pk__gte=base.revision_id)
    authors: set = set()
    before: set[str] = set()
    for row in rows.iterator():
        now = digest(row.content)
        if base is not None and row.pk == base.revision_id:
            # Once it is out, its text goes on without its mark: that is nobody's change.
            before = {now, digest(row.content, marked=False)}
        elif now not in before:
            before = {now}
            if row.user_id is not None:
                authors.add(row.user_id)
    return authors


def is_cleared(revision_id: int) -> bool:
    return Clearance.objects.filter(revision_id=revision_id).exists()


def seal(revision: Revision) -> None:
    """From here on the content of `revision` stays as it is. Again changes nothing."""
    Seal.objects.get_or_create(revision=revision)


def is_sealed(revision_id: int) -> bool:
    return Seal.objects.filter(revision_id=revision_id).exists()


def clear(*, revision: Revision, kind: ClearanceKind, by=None, reason: str = "") -> Clearance:
    """Let `revision` be published, and seal it. The first clearance of a revision stands."""
    seal(revision)
    row, _ = Clearance.objects.get_or_create(
        revision=revision,
        defaults={"kind": kind, "by": by, "by_name": by.name if by else "", "reason": reason, "at": clock.now()},
    )
    return row


def clear_what_was_read(*, revision: Revision, by) -> None:
    """`by` publishes the very text that stands before them. Raises Refused where it is their own."""
    if is_cleared(revision.pk):
        return
    authors = authors_of(revision)
    if by.pk in authors:
        raise Refused(OWN_TEXT, page_id=int(revision.object_id))
    clear(revision=revision, kind=ClearanceKind.APPROVED if authors else ClearanceKind.UNCHANGED, by=by)


def demand_clearance(*, revision: Revision, by) -> None:
    """Before anything is published unread: in bulk, on schedule, by code. Raises Refused."""
    if is_cleared(revision.pk):
        return
    authors = authors_of(revision)
    if not authors:
        clear(revision=revision, kind=ClearanceKind.UNCHANGED if by else ClearanceKind.NETWORK, by=by)
        return
    own = by is not None and by.pk in authors
    sentence = OWN_TEXT if own else UNREAD.format(title=revision.object_str)
    raise Refused(sentence, page_id=int(revision.object_id))


OWN_TEXT = (
    "Not published: you changed this text since it was last approved, and nobody approves their own. "
    "It is kept as a draft. Send it to be reviewed, and somebody else reads it."
)
UNREAD = "Nothing was published: “{title}” was changed and not approved since. Open its review, and read it first."
