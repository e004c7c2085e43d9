"""A lesson as it read in one of its revisions: to be read again years later, whatever became of page and blocks."""

import json
import logging
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Revision

from curriculum.blocks import LessonBody
from curriculum.models import LessonPage
from curriculum.review.text import same_text

logger = logging.getLogger(__name__)

LOST = '<p class="notice" data-state="warn">A part of this text ({}) cannot be shown any more as it was then: {}.</p>'
NO_SUCH_KIND = "lessons have no parts of this kind now"
UNDRAWN = "what it shows is gone"
# What is drawn as for readers who are no leaders: a check without its key, a prompt without a form.
READ_ONLY = {"check": "curriculum/blocks/check.html", "reflection": "curriculum/blocks/reflection.html"}


@dataclass(frozen=True)
class PastText:
    """`lesson` is the page as of then, or None where the text was not kept or cannot be put together any more."""

    lesson: LessonPage | None
    parts: list[SafeString] = field(default_factory=list)
    is_current: bool = False
    is_live: bool = False  # whether leaders read the lesson now, in whatever text


def past_text(page: LessonPage, revision_id: int | None, request=None) -> PastText:
    """The text of `revision_id` of `page`, block by block."""
    revision = Revision.page_revisions.filter(pk=revision_id, object_id=str(page.pk)).first() if revision_id else None
    found = _as_of(revision) if revision is not None else None
    if revision is None or found is None:
        return PastText(None, is_live=page.live)
    lesson, items = found
    live = page.live_revision
    is_current = page.live and live is not None and same_text(live, revision, marked=False)
    return PastText(lesson, list(_parts(lesson, items, request)), is_current, page.live)


def _as_of(revision: Revision) -> tuple[LessonPage, list[dict]] | None:
    """The lesson, and its body's items as they were written then."""
    try:
        return revision.as_object(), json.loads(revision.content.get("body") or "[]")
    except Exception:  # whatever a later release cannot read: the reader gets a sentence, and we the cause
        logger.exception("Revision %s cannot be put together any more.", revision.pk)
        return None


def _parts(lesson: LessonPage, items: list[dict], request):
    """In the order of then: what is known now drawn, and a sentence where a part is not."""
    at = 0  # among the items that lessons still have: Wagtail leaves the others out
    for item in items:
        kind = str(item.get("type", ""))
        if kind in LessonBody.base_blocks:
            yield _drawn(lesson, at, kind, request)
            at += 1
        else:
            yield format_html(LOST, kind.replace("_", " "), NO_SUCH_KIND)


def _drawn(lesson: LessonPage, at: int, kind: str, request) -> SafeString:
    try:
        block = lesson.body[at]
        if kind in READ_ONLY:
            context = {"block": block, "value": block.value, "id": block.id}
            return render_to_string(READ_ONLY[kind], context, request)
        return block.render_as_block({"request": request})
    except Exception:  # as above
        logger.exception("A block of type %s cannot be drawn any more.", kind)
        return format_html(LOST, LessonBody.base_blocks[kind].label or kind, UNDRAWN)
