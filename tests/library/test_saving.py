"""What readers save: kept in their practice, found in the library, and gone with what was saved."""

import pytest

from cohorts.practice.models import PageRecord, SavedItem
from curriculum.guards import holding
from lms.practices.schema import enter
from tests.fixtures import signed_in
from tests.library.asking import titles
from tests.queries import count_queries

SAVE, FORGET, SAVED = "/library/save/", "/library/forget/", "/library/saved/"


def of(lesson, **more) -> dict:
    return {"kind": "lesson", "id": str(lesson.pk), **more}


def kept(practice) -> list[tuple[str, str]]:
    with enter(practice):
        return list(SavedItem.objects.values_list("kind", "object_id"))


def test_saving_is_once_and_forgetting_too(as_physician, alder, tree):
    lesson = tree.lessons[0]
    for _ in range(2):
        assert as_physician.post(SAVE, of(lesson)).headers["Location"] == "/library/"
    assert kept(alder) == [("lesson", str(lesson.pk))]
    assert "Reading a packet" in as_physician.get(SAVED).content.decode()
    assert "Reading a packet" in as_physician.get("/library/").content.decode()
    for _ in range(2):
        as_physician.post(FORGET, of(lesson))
    assert kept(alder) == []
    assert "Nothing saved" in as_physician.get(SAVED).content.decode()


def test_nothing_is_saved_by_looking(as_physician, alder, tree):
    assert as_physician.get(SAVE, of(tree.lessons[0])).status_code == 405
    assert kept(alder) == []


def test_htmx_gets_the_button_alone(as_physician, tree):
    answer = as_physician.post(SAVE, of(tree.lessons[0], title="Five"), headers={"HX-Request": "true"})
    assert answer.content.decode().count("<form") == 1
    assert 'action="/library/forget/"' in answer.content.decode()


@pytest.mark.parametrize(
    "named",
    [
        {"kind": "lesson", "id": "999999"},
        {"kind": "module", "id": "5"},
        {"kind": "\x00", "id": "\x00"},
        {"kind": "x" * 9999, "id": "9" * 9999},
        {},
    ],
)
def test_what_is_not_there_cannot_be_saved(as_physician, alder, tree, named):
    for address in (SAVE, FORGET):
        assert as_physician.post(address, named | {"next": "https://evil.example/"}).headers["Location"] == "/library/"
    assert kept(alder) == []


def test_a_saved_lesson_that_was_unpublished_drops_out_with_a_sentence(as_physician, tree):
    as_physician.post(SAVE, of(tree.lessons[0]))
    as_physician.post(SAVE, of(tree.lessons[1]))
    as_physician.get(SAVED)  # shows the messages
    tree.lessons[0].unpublish()
    shown = as_physician.get(SAVED).content.decode()
    assert "One thing that you saved is not in the library any more" in shown
    assert "Reading a packet" not in shown
    assert "Five numbers" in shown
    tree.lessons[0].refresh_from_db()
    tree.lessons[0].save_revision().publish()
    assert "Reading a packet" in as_physician.get(SAVED).content.decode()


def test_saving_is_no_reading_and_holds_no_page(as_physician, alder, tree):
    as_physician.post(SAVE, of(tree.lessons[0]))
    with enter(alder):
        assert not PageRecord.objects.exists()
    assert holding([tree.lessons[0]]) == []


def test_a_leader_saves_from_a_lesson_and_comes_back_to_it(leader, alder, tree):
    client = signed_in(leader)
    lesson = f"/practices/{alder.slug}/lessons/{tree.lessons[0].pk}/"
    assert 'action="/library/save/"' in client.get(lesson).content.decode()
    assert client.post(SAVE, of(tree.lessons[0], next=lesson)).headers["Location"] == lesson
    assert 'action="/library/forget/"' in client.get(lesson).content.decode()


def test_what_is_saved_is_its_owners_alone(as_physician, leader, outsider, staff, tree):
    as_physician.post(SAVE, of(tree.lessons[0]))
    for user in (leader, outsider):
        assert "Nothing saved" in signed_in(user).get(SAVED).content.decode()
    # Who belongs to no practice has none to keep it in.
    client = signed_in(staff)
    assert "/library/save/" not in client.get("/library/", {"q": "packet"}).content.decode()
    client.post(SAVE, of(tree.lessons[0]))
    assert "Only physicians of a practice save here" in client.get(SAVED).content.decode()
    assert titles(client, "packet") == ["Reading a packet"]


def test_saved_list_costs_the_same_for_one_and_three(as_physician, tree):
    as_physician.post(SAVE, of(tree.lessons[0]))
    as_physician.get(SAVED)  # shows the message
    with count_queries() as one:
        as_physician.get(SAVED)
    for lesson in tree.lessons[1:3]:
        as_physician.post(SAVE, of(lesson))
    as_physician.get(SAVED)
    with count_queries() as three:
        assert "Five numbers" in as_physician.get(SAVED).content.decode()
    assert len(one) == len(three)
