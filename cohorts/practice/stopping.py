"""Where a leader stopped reading."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from cohorts.practice.loading import Leader
from cohorts.practice.models import PageRecord
from cohorts.practice.standing import Standing
from curriculum.models import LessonPage
from lms.people.models import Person


@dataclass(frozen=True)
class Stop:
    """The lesson that was read last, and the heading reached in it; both texts are empty before the first heading."""

    lesson: LessonPage
    place: str
    heading: str

    @property
    def anchor(self) -> str:
        """What to append to the lesson's address."""
        return f"#b-{self.place}" if self.place else ""


def unfinished_lessons(leader: Leader, standing: Standing) -> set[int]:
    """The ids of the plan's live lessons that are open to `leader` and not completed."""
    done = {completion.page_id for completion in leader.facts.completions}
    opened = [item for item in standing.modules if item.is_open]
    return {lesson for item in opened for lesson in item.asked.lessons} - done


def last_stop(person: Person, lessons: Iterable[int]) -> Stop | None:
    """Where `person` stopped in the one of `lessons` (ids) that they read last; None if they opened none.

    One statement. A heading that the live page does not have any more is forgotten, not the lesson.
    """
    own = PageRecord.objects.filter(person=person, page=OuterRef("pk"))
    read = LessonPage.objects.live().filter(pk__in=list(lessons))
    read = read.annotate(read_at=Subquery(own.values("seen_at")), place=Subquery(own.values("place")))
    lesson = read.exclude(read_at=None).order_by("-read_at").first()
    if lesson is None:
        return None
    headings = {block.id: str(block.value) for block in lesson.body if block.block_type == "heading"}
    return Stop(lesson, lesson.place if lesson.place in headings else "", headings.get(lesson.place, ""))
