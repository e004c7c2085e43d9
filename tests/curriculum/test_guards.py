"""A page that anything points at is not deleted: alone, in bulk, or with a page above it."""

import datetime as dt

import pytest
from wagtail.models import ReferenceIndex

from cohorts.network.models import Cohort, Requirement
from cohorts.practice.models import PageRecord
from curriculum import guards
from curriculum.models import LessonPage, ModulePage
from lms import clock
from lms.accounts.models import User
from lms.people.actions import person_for
from lms.practices.schema import enter
from tests.fixtures import make_user, signed_in


@pytest.fixture
def nobody_counts(monkeypatch):
    """No room has registered: only the database itself knows of a practice's rows."""
    monkeypatch.setattr(guards, "_counters", [])


@pytest.fixture
def chief(db):
    """A superuser, who alone may delete a page with others below it."""
    return signed_in(User.objects.create_superuser("chief@network.example", "demo", name="Chief"))


def read(page, practice):
    with enter(practice):
        PageRecord.objects.create(
            person=person_for(user=make_user(f"reader-{PageRecord.objects.count()}@{practice.slug}.example")),
            page_id=page.pk,
            started_at=clock.now(),
            seen_at=clock.now(),
        )


@pytest.fixture
def read_in_alder(tree, alder):
    read(tree.lessons[0], alder)


def told(answer) -> str:
    """What the CMS says after a redirect."""
    return " ".join(str(message) for message in answer.context["messages"])


def delete(client, page):
    return told(client.post(f"/cms/pages/{page.pk}/delete/", follow=True))


def delete_in_bulk(client, *pages, came_from="&next=/cms/pages/"):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return told(client.post(f"/cms/bulk/wagtailcore/page/delete/?{ids}{came_from}", follow=True))


def test_free_lesson_is_deleted(tree, as_advisor):
    assert "deleted" in delete(as_advisor, tree.lessons[3])
    assert not LessonPage.objects.filter(pk=tree.lessons[3].pk).exists()


def test_free_lessons_are_deleted_in_bulk(tree, as_advisor):
    assert "have been deleted" in delete_in_bulk(as_advisor, *tree.lessons[2:])
    assert not LessonPage.objects.filter(pk__in=[lesson.pk for lesson in tree.lessons[2:]]).exists()


def test_module_of_a_plan_is_kept_with_a_sentence(tree, chief):
    for answer in (
        delete(chief, tree.modules[0]),
        delete_in_bulk(chief, tree.modules[0]),
        delete_in_bulk(chief, tree.modules[0], came_from=""),
    ):
        assert "“Finance” cannot be deleted, pages below included: 1 module of a program's plan would" in answer
        assert "Retire it instead" in answer
    assert ModulePage.objects.filter(pk=tree.modules[0].pk).exists()


def test_program_with_a_cohort_is_kept_with_numbers(tree, chief):
    cohort = Cohort.objects.create(name="2026", program=tree.program, starts_on=dt.date(2026, 1, 5), years=2)
    for module in tree.modules:
        Requirement.objects.create(cohort=cohort, kind="module", module=module, title="M", short_title="M", year=1)
    answer = delete(chief, tree.program)
    for words in ("1 cohort", "2 requirements", "2 modules of a program", "Retire it instead"):
        assert words in answer
    assert LessonPage.objects.count() == 4


def test_counted_record_is_a_sentence_with_numbers(tree, as_advisor, chief, monkeypatch):
    counted = []

    def count(page_ids):
        counted.append(set(page_ids))
        return [("reading records", 12, 3)]

    monkeypatch.setattr(guards, "_counters", [])
    guards.register_counter(count)
    guards.register_counter(count)
    wanted = "“Reading a packet” cannot be deleted, pages below included: 12 reading records in 3 practices would"
    assert wanted in told(as_advisor.get(f"/cms/pages/{tree.lessons[0].pk}/delete/", follow=True))
    assert wanted in delete(as_advisor, tree.lessons[0])
    assert "These 2 pages cannot be deleted" in delete_in_bulk(as_advisor, *tree.lessons[:2])
    assert delete(chief, tree.modules[0])
    assert counted[0] == {tree.lessons[0].pk}
    assert counted[2] == {lesson.pk for lesson in tree.lessons[:2]}
    assert counted[3] == {tree.modules[0].pk, *(lesson.pk for lesson in tree.lessons[:2])}
    assert LessonPage.objects.count() == 4


@pytest.mark.usefixtures("nobody_counts", "read_in_alder")
def test_record_that_nobody_counted_is_a_sentence_too(tree, as_advisor, chief):
    # The plan lets go of its modules, as an editor would take them out of it.
    tree.program.plan_modules.clear()
    tree.program.save()
    ReferenceIndex.create_or_update_for_object(tree.program)  # otherwise done after the commit
    wanted = "Nothing was deleted: records in a practice still point at it."
    for answer in (
        delete(as_advisor, tree.lessons[0]),
        delete_in_bulk(as_advisor, *tree.lessons[:2]),
        delete(chief, tree.modules[0]),
        delete_in_bulk(chief, *tree.modules),
    ):
        assert answer == f"{wanted} {guards.INSTEAD}"
    assert LessonPage.objects.count() == 4
    assert ModulePage.objects.count() == 2


@pytest.mark.usefixtures("nobody_counts", "read_in_alder")
def test_other_practices_rows_stand_after_a_refusal(tree, as_advisor, alder):
    delete(as_advisor, tree.lessons[0])
    with enter(alder):
        assert PageRecord.objects.filter(page_id=tree.lessons[0].pk).count() == 1
    assert "deleted" in delete(as_advisor, tree.lessons[3])


@pytest.mark.usefixtures("read_in_alder")
def test_page_with_records_can_be_unpublished(tree, as_advisor):
    as_advisor.post(f"/cms/pages/{tree.lessons[0].pk}/unpublish/")
    tree.lessons[0].refresh_from_db()
    assert not tree.lessons[0].live


def test_leaders_records_are_counted_across_practices(tree, chief, as_advisor, alder, birch, cedar):
    read(tree.lessons[0], alder)
    assert "1 record of leaders in 1 practice would lose" in delete(as_advisor, tree.lessons[0])
    read(tree.lessons[0], alder)
    read(tree.lessons[1], cedar)
    for answer in (delete(chief, tree.modules[0]), delete_in_bulk(as_advisor, *tree.lessons[:3])):
        assert "3 records of leaders in 2 practices" in answer
    assert LessonPage.objects.count() == 4
    assert "deleted" in delete(as_advisor, tree.lessons[3])
