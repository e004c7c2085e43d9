"""The demo curriculum's files are taken as the CMS would take them, and fit between two clinics."""

import pytest

from curriculum.actions import publish_curriculum
from curriculum.checking import checks_of
from curriculum.reading import lesson_minutes, lessons_of
from lms.demo import cast
from tests.curriculum.factory import make_tree

MOST_MINUTES = 10


def written(lesson: dict) -> list[int]:
    """How many questions each of its checks has, as the file says."""
    return [len(block["questions"]) for block in lesson["body"] if block["type"] == "check"]


@pytest.mark.django_db
def test_every_lesson_is_published_with_its_checks_and_read_in_a_break():
    modules = publish_curriculum(program=make_tree().program, data=cast.curriculum())
    for module, data in zip(modules, cast.curriculum(), strict=True):
        pages = list(lessons_of(module))
        assert [page.slug for page in pages] == [lesson["slug"] for lesson in data["lessons"]]
        for page, lesson in zip(pages, data["lessons"], strict=True):
            assert [len(check.questions) for check in checks_of(page)] == written(lesson)
            assert lesson_minutes(page) <= MOST_MINUTES, page.slug
