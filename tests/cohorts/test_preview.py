"""The editor's preview: what a leader sees, of blocks that are not saved, with nothing recorded."""

import uuid

from cohorts.practice.models import PageRecord
from curriculum.models import LessonPage
from lms.practices.schema import enter
from tests.curriculum.editor import lesson_form
from tests.curriculum.factory import REASON, make_tree
from tests.fixtures import signed_in


def previewed(client, page, form, mode: str) -> str:
    url = f"/cms/pages/{page.pk}/edit/preview/"
    assert client.post(url, form).json()["is_valid"]
    return client.get(f"{url}?mode={mode}&in_preview_panel=true").content.decode()


def test_preview_draws_what_a_leader_sees_of_unsaved_blocks(advisor, alder):
    tree = make_tree()
    client = signed_in(advisor)
    tree.checked.body.append(("heading", "Not saved yet"))
    tree.checked.body[-1].id = str(uuid.uuid4())
    form = lesson_form(tree.checked, title="Retitled")
    content = previewed(client, tree.checked, form, "leader")
    for words in (
        "Retitled",
        "Not saved yet",
        "0 of 2 lessons",
        "Mark lesson complete",
        "Check answers",
        "Save reflection",
    ):
        assert words in content
    assert REASON not in content
    assert "data-place-url" not in content
    assert "wagtail-userbar" in content
    reader = previewed(client, tree.checked, form, "reader")
    assert "Not saved yet" in reader
    assert "Mark lesson complete" not in reader
    assert "Leaders answer this" in reader
    with enter(alder):
        assert not PageRecord.objects.exists()
    assert LessonPage.objects.get(pk=tree.checked.pk).get_latest_revision_as_object().title == "Five numbers"


def test_lesson_that_is_being_added_is_previewed(advisor, db):
    tree = make_tree()
    reflection = {"type": "reflection", "value": {"prompt": "What now?"}, "id": str(uuid.uuid4())}
    lesson = LessonPage(title="New lesson", slug="new-lesson", lede="New.", body=[reflection])
    url = f"/cms/pages/add/curriculum/lessonpage/{tree.modules[0].pk}/preview/"
    client = signed_in(advisor)
    assert client.post(url, lesson_form(lesson)).json()["is_valid"]
    content = client.get(url).content.decode()
    assert "What now?" in content
    assert "0 of 3 lessons" in content


def test_phone_and_desktop_are_offered(advisor, db):
    tree = make_tree()
    content = signed_in(advisor).get(f"/cms/pages/{tree.checked.pk}/edit/").content.decode()
    assert "Preview on a phone" in content
    assert "Preview on a desktop" in content
    assert "As a leader" in content
