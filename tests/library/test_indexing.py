"""The index follows what is published, and can be made anew."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import PageViewRestriction

from curriculum.library.models import LibraryEntry, LibraryWord
from curriculum.models import LessonPage, ModuleFaculty, PlanModule

ROW = ("kind", "object_id", "title", "plain_title", "summary", "body", "year", "modules", "topics", "uses", "words")


def rows() -> list[tuple]:
    return sorted(LibraryEntry.objects.values_list(*ROW, "until", "search"), key=str)


def words() -> dict[str, int]:
    return dict(LibraryWord.objects.values_list("word", "entries"))


def lessons() -> set[str]:
    return set(LibraryEntry.objects.filter(kind="lesson").values_list("title", flat=True))


def test_a_draft_is_not_found_until_it_is_published(tree):
    page = tree.lessons[0]
    page.title = "Gherkins"
    revision = page.save_revision()
    assert "Gherkins" not in lessons()
    revision.publish()
    assert "Gherkins" in lessons()
    assert "Reading a packet" not in lessons()
    assert "gherkins" in words()
    assert "packet" not in LibraryEntry.objects.get(title="Gherkins").title


def test_unpublishing_a_page_takes_out_all_below_it(tree):
    tree.modules[0].unpublish()
    assert lessons() == {"One message", "The interview"}
    assert "packet" not in words()
    tree.program.unpublish()
    assert not LibraryEntry.objects.exists()
    assert words() == {}
    tree.program.save_revision().publish()
    assert lessons() == {"One message", "The interview"}


def test_deleting_and_moving_are_followed(tree):
    tree.lessons[0].move(tree.modules[1], pos="last-child")
    entry = LibraryEntry.objects.get(kind="lesson", object_id=tree.lessons[0].pk)
    assert (entry.modules, entry.year) == ([tree.modules[1].pk], 2)
    LessonPage.objects.get(pk=tree.lessons[0].pk).delete()
    assert "Reading a packet" not in lessons()


def test_a_page_behind_a_restriction_is_not_found(tree):
    restriction = PageViewRestriction.objects.create(page=tree.modules[0], restriction_type="login")
    assert lessons() == {"One message", "The interview"}
    restriction.delete()
    assert len(lessons()) == 4


def test_plan_and_competencies_are_followed(tree):
    plan = PlanModule.objects.get(module=tree.modules[0])
    plan.year = 2
    plan.save()
    tree.program.refresh_from_db()
    tree.program.save_revision().publish()
    assert LibraryEntry.objects.get(kind="module", object_id=tree.modules[0].pk).year == 2


def test_faculty_leave_with_the_last_module_that_names_them(tree, payor, faculty):
    entry = LibraryEntry.objects.get(kind="faculty")
    assert (entry.object_id, entry.summary) == (str(faculty.pk), "Negotiated forty contracts for small practices")
    assert "Payor Negotiations" in entry.body
    module = payor.specific
    module.faculty.clear()
    module.save_revision().publish()
    assert not LibraryEntry.objects.filter(kind="faculty").exists()
    assert ModuleFaculty.objects.count() == 0


def test_a_rebuilt_index_has_the_same_rows(tree, payor):
    before, counted = rows(), words()
    LibraryEntry.objects.filter(kind="lesson").update(title="Wrong")
    LibraryEntry.objects.create(kind="lesson", object_id="999999", title="Stale")
    LibraryEntry.objects.create(kind="gone", object_id="1", title="Stale")
    LibraryWord.objects.create(word="stale", entries=1)
    call_command("library_index", verbosity=0)
    assert (rows(), words()) == (before, counted)
    LibraryEntry.objects.all().delete()
    call_command("library_index", verbosity=0)
    assert (rows(), words()) == (before, counted)


def test_an_interrupted_rebuild_goes_on_where_it_was(tree, payor, capsys):
    before = rows()
    last = max(LibraryEntry.objects.filter(kind="module").values_list("object_id", flat=True))
    LibraryEntry.objects.exclude(kind="module").delete()
    call_command("library_index", after=["module", last])
    assert rows() == before
    said = capsys.readouterr().out
    assert "module:" not in said
    assert "lesson: 6 of 6 (to go on from here: --after lesson" in said
    with pytest.raises(CommandError, match="There is no kind “people”: choose one of module, lesson"):
        call_command("library_index", after=["people", "1"])


def test_index_and_page_are_undone_together(tree):
    before = rows()
    with transaction.atomic():
        tree.lessons[0].unpublish()
        assert rows() != before
        transaction.set_rollback(True)
    assert rows() == before
