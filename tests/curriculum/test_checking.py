"""Grading, and the ids that records of people rest on."""

import json
import uuid

from curriculum.checking import checks_of, find_check, grade
from curriculum.models import LessonPage
from tests.curriculum.factory import CHECK, RIGHT


def answers(check, *texts):
    return {
        question.id: {option.id for option in question.options if option.text in texts} for question in check.questions
    }


def test_check_is_found_by_its_blocks_id(tree):
    (check,) = checks_of(tree.checked)
    assert find_check(tree.checked, check.id) == check
    assert find_check(tree.checked, uuid.UUID(check.id)) == check
    assert find_check(tree.checked, uuid.uuid4()) is None
    assert find_check(tree.lessons[0], check.id) is None
    assert (check.title, check.pass_mark, check.attempts) == ("Check yourself", 70, 3)
    assert [question.kind for question in check.questions] == ["single", "multiple"]


def test_grade_wants_all_and_only_the_right_options(tree):
    (check,) = checks_of(tree.checked)
    full = grade(check, answers(check, RIGHT, "Days in receivables", "Net drug margin"))
    assert (full.right, full.passed) == (2, True)
    for chosen in (("Days in receivables",), ("Days in receivables", "Net drug margin", "The weather"), ()):
        part = grade(check, answers(check, RIGHT, *chosen))
        assert (part.right, part.passed, part.items[1]["right"]) == (1, False, False)


def test_grade_takes_unanswered_as_wrong(tree):
    (check,) = checks_of(tree.checked)
    none = grade(check, {})
    assert (none.right, none.passed) == (0, False)
    assert [item["chosen"] for item in none.items] == [[], []]


def test_grade_keeps_wording_and_order_and_no_strange_id(tree):
    (check,) = checks_of(tree.checked)
    question = check.questions[0]
    strange = str(uuid.uuid4())
    item = grade(check, {question.id: {question.options[1].id, strange}, strange: {strange}}).items[0]
    assert item["question"] == question.id
    assert [option["text"] for option in item["options"]] == [
        option["text"] for option in CHECK["questions"][0]["options"]
    ]
    assert item["chosen"] == [question.options[1].id]
    assert item["right"] is False
    assert json.loads(json.dumps(item)) == item


def test_pass_mark_is_met_exactly(tree):
    lesson = tree.checked
    lesson.body[1].value["pass_mark"] = 50
    (check,) = checks_of(lesson)
    assert grade(check, answers(check, RIGHT)).passed


def test_raw_blocks_without_ids_get_ids_that_keep(tree):
    raw = [{"type": "check", "value": CHECK | {"type": "check"}}, {"type": "text", "value": "<p>Words.</p>"}]
    lesson = tree.modules[0].add_child(
        instance=LessonPage(title="Raw", slug="raw", lede="Raw.", body=json.dumps(raw), live=False)
    )
    lesson.save_revision().publish()
    first = checks_of(LessonPage.objects.get(pk=lesson.pk))
    again = checks_of(LessonPage.objects.get(pk=lesson.pk))
    assert first == again
    assert first == checks_of(LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object())
    ids = [option.id for question in first[0].questions for option in question.options]
    assert len({uuid.UUID(one) for one in ids}) == 5


def test_ids_said_twice_are_told_apart(tree):
    lesson = tree.checked
    raw = lesson.body.raw_data
    same = raw[1]["value"]["questions"][0]["id"]
    raw[1]["value"]["questions"][1]["id"] = same
    lesson.body = json.dumps(list(raw))
    lesson.save()
    first, second = checks_of(LessonPage.objects.get(pk=lesson.pk))[0].questions
    assert first.id == same
    assert second.id != same
