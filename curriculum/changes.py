"""What a published revision changed, for those who had read the lesson before it."""

from wagtail.models import Revision

from curriculum.change_models import SubstantialChange
from curriculum.enums import ChangeKind
from curriculum.models import LessonPage
from curriculum.review.text import MARK, same_text
from curriculum.signals import lesson_changed
from lms import clock


def note_publication(sender, instance: LessonPage, revision: Revision, **kwargs) -> None:
    """Receive Wagtail's word that a lesson went live, whatever way: record a substantial change, and take off its mark.

    The first publication changes nothing for anybody, and neither does the same text once more.
    """
    if not instance.live:
        return  # it got a date
    LessonPage.objects.filter(pk=instance.pk).update(**MARK)
    is_first = instance.first_published_at == instance.last_published_at
    if is_first or revision.content.get("change_kind") != ChangeKind.SUBSTANTIAL or _is_announced(revision):
        return
    change = SubstantialChange.objects.create(
        page_id=instance.pk, revision_id=revision.pk, note=revision.content.get("change_note", ""), at=clock.now()
    )
    lesson_changed.send(sender=None, change=change)


def _is_announced(revision: Revision) -> bool:
    last = SubstantialChange.objects.filter(page=int(revision.object_id)).last()
    if last is None:
        return False
    announced = Revision.objects.filter(pk=last.revision_id).first()
    return announced is not None and same_text(announced, revision)


def unmark_if_published(lesson: LessonPage) -> LessonPage:
    """A comment on a scheduled text keeps its mark in a later revision: the change that follows begins without it."""
    marked = any(getattr(lesson, name) != value for name, value in MARK.items())
    if marked and lesson.live_revision_id and _was_marked(lesson):
        for name, value in MARK.items():
            setattr(lesson, name, value)
    return lesson


def _was_marked(lesson: LessonPage) -> bool:
    live = Revision.objects.filter(pk=lesson.live_revision_id).first()
    return live is not None and all(live.content.get(name) == getattr(lesson, name) for name in MARK)


def mark_of(revision: Revision) -> tuple[ChangeKind, str]:
    """What the author of `revision` says about the change that it makes: its kind, and the note."""
    kind = revision.content.get("change_kind", MARK["change_kind"])
    return ChangeKind(kind), revision.content.get("change_note", "")
