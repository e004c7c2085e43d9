"""A module as one leader reads it: its lessons in order, which are done, and how long the rest takes."""

from dataclasses import dataclass

from cohorts.practice.facts import Facts
from curriculum.models import LessonPage, ModulePage
from curriculum.reading import lesson_minutes, lessons_of


@dataclass(frozen=True)
class CourseLesson:
    number: int
    page: LessonPage
    minutes: int
    is_done: bool


@dataclass(frozen=True)
class Course:
    module: ModulePage
    lessons: tuple[CourseLesson, ...]

    @property
    def done(self) -> int:
        return sum(lesson.is_done for lesson in self.lessons)

    @property
    def minutes_left(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons if not lesson.is_done)

    @property
    def next_lesson(self) -> CourseLesson | None:
        """The first lesson that is not done."""
        return next((lesson for lesson in self.lessons if not lesson.is_done), None)

    def of_page(self, page_id: int) -> CourseLesson | None:
        return next((lesson for lesson in self.lessons if lesson.page.pk == page_id), None)

    def after(self, lesson: CourseLesson) -> CourseLesson | None:
        return next((other for other in self.lessons if other.number == lesson.number + 1), None)


def course_of(module: ModulePage, facts: Facts) -> Course:
    """The course of `module` for whoever has `facts`. One statement."""
    done = {completion.page_id for completion in facts.completions}
    return Course(
        module,
        tuple(
            CourseLesson(number, page, lesson_minutes(page), page.pk in done)
            for number, page in enumerate(lessons_of(module), start=1)
        ),
    )
