"""What is locked, waits or is recorded stays where it is: alone, in bulk, and with the page above it."""

import pytest

from curriculum.models import LessonPage
from lms import clock
from lms.people.actions import person_for
from lms.practices.schema import enter
from tests.curriculum.review.writing import told
from tests.fixtures import make_user, signed_in


@pytest.fixture
def locked(tree, reviewer):
    """The last lesson of the second module, locked by the reviewer."""
    lesson = tree.lessons[3]
    LessonPage.objects.filter(pk=lesson.pk).update(locked=True, locked_by=reviewer, locked_at=clock.now())
    return lesson


@pytest.fixture
def read_in_alder(tree, alder):
    from cohorts.practice.models import PageRecord

    with enter(alder):
        PageRecord.objects.create(
            person=person_for(user=make_user("reader@alder.example")),
            page_id=tree.lessons[0].pk,
            started_at=clock.now(),
            seen_at=clock.now(),
        )


def doors(tree, page):
    """Every way to delete or to move a page, as (address, form)."""
    other = tree.modules[0] if page.is_child_of(tree.modules[1]) else tree.modules[1]
    return [
        (f"/cms/pages/{page.pk}/delete/", {}),
        (f"/cms/bulk/wagtailcore/page/delete/?id={page.pk}&next=/cms/pages/", {}),
        (f"/cms/pages/{page.pk}/move/{other.pk}/confirm/", {}),
        (f"/cms/bulk/wagtailcore/page/move/?id={page.pk}&next=/cms/pages/", {"chooser": str(other.pk)}),
    ]


def stands(page) -> bool:
    return LessonPage.objects.filter(pk=page.pk, path=page.path).exists()


def test_page_locked_by_another_stays(tree, locked, chair):
    for url, form in doors(tree, locked):
        assert "“The interview” is locked by Gabriel Monroe" in told(signed_in(chair).post(url, form)), url
        assert stands(locked)
    LessonPage.objects.filter(pk=locked.pk).update(locked_by=chair)
    signed_in(chair).post(*doors(tree, locked)[0])
    assert not stands(locked)


def test_page_above_a_locked_one_stays(tree, locked, chair):
    tree.program.plan_modules.clear()
    tree.program.save()
    module = tree.modules[1]
    for url in (f"/cms/pages/{module.pk}/delete/", f"/cms/bulk/wagtailcore/page/delete/?id={module.pk}&next=/cms/"):
        assert "is locked by Gabriel Monroe" in told(signed_in(chair).post(url, {})), url
    assert stands(locked)


def test_page_with_others_below_says_so_instead_of_no_permission(tree, chair):
    tree.program.plan_modules.clear()
    tree.program.save()
    module = tree.modules[1]
    for url in (f"/cms/pages/{module.pk}/delete/", f"/cms/bulk/wagtailcore/page/delete/?id={module.pk}&next=/cms/"):
        answer = told(signed_in(chair).post(url, {}))
        assert "“Speaking” is not deleted: 2 pages would go with it. Retire it instead" in answer, url
    assert stands(tree.lessons[3])


def test_page_in_review_stays(tree, author):
    from tests.curriculum.review.writing import Desk

    lesson = tree.lessons[3]
    Desk(lesson).submit(author, "A better sentence.")
    LessonPage.objects.filter(pk=lesson.pk).update(live=False)  # an author deletes drafts alone
    for url, form in doors(tree, lesson)[:2]:
        assert "“The interview” waits for a review" in told(signed_in(author).post(url, form)), url
    assert stands(lesson)


@pytest.mark.usefixtures("read_in_alder")
def test_page_with_records_is_not_moved_to_another_module(tree, chair):
    lesson = tree.lessons[0]
    for url, form in doors(tree, lesson)[2:]:
        answer = told(signed_in(chair).post(url, form))
        assert "“Reading a packet” cannot be moved to “Speaking”" in answer, url
        assert "1 record of leaders in 1 practice would count for something else" in answer
        assert stands(lesson)


@pytest.mark.usefixtures("read_in_alder")
def test_page_with_records_takes_another_place_in_its_module(tree, chair):
    lesson = tree.lessons[0]
    answer = signed_in(chair).post(f"/cms/pages/{lesson.pk}/set_position/?position=1", {})
    assert answer.status_code == 200
    moved = LessonPage.objects.get(pk=lesson.pk)
    assert moved.is_child_of(tree.modules[0])
    assert moved.path > LessonPage.objects.get(pk=tree.lessons[1].pk).path


def test_page_without_records_is_moved(tree, chair):
    lesson = tree.lessons[3]
    signed_in(chair).post(f"/cms/pages/{lesson.pk}/move/{tree.modules[0].pk}/confirm/", {})
    assert LessonPage.objects.get(pk=lesson.pk).is_child_of(tree.modules[0])
