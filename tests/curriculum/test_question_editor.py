"""Questions of every kind in the CMS's form: taken when they hold together, refused in words when they do not."""

import copy

import pytest

from curriculum.checking import checks_of
from curriculum.models import LessonPage
from tests.curriculum import questions
from tests.curriculum.editor import lesson_form
from tests.curriculum.factory import lesson, make_tree, module

AT = "body-1-value-questions"  # the check stands behind the text


@pytest.fixture
def page(db) -> LessonPage:
    from curriculum.actions import publish_module

    asked = (questions.NUMBER, questions.ORDER, questions.PINNED, questions.STATEMENT)
    check = questions.check(*copy.deepcopy(asked))
    made = publish_module(program=make_tree().program, data=module("Kinds", [lesson("All kinds", more=[check])]))
    return LessonPage.objects.child_of(made).get()


def post(client, page, *, publish=False, **changes):
    """Save a draft, which any author may, or ask to publish, which checks everything."""
    form = lesson_form(page, **({"action-publish": "action-publish"} if publish else {}))
    for name, value in changes.items():
        if value is None:
            form.pop(name, None)
        else:
            form[name] = value
    return client.post(f"/cms/pages/{page.pk}/edit/", form)


def test_questions_of_every_kind_are_loaded_saved_and_keep_their_ids(page, as_advisor):
    before = checks_of(page)[0]
    assert post(as_advisor, page).status_code == 302
    after = checks_of(LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object())[0]
    assert after == before
    assert [question.kind for question in after.questions] == ["numeric", "ordering", "single", "true_false"]
    number = after.questions[0]
    assert [(a.value, a.tolerance, a.share) for a in number.answers] == [
        ("3.14159", "0.00001", 100),
        ("3.14", "0.005", 50),
    ]
    assert after.questions[2].options[-1].last


def test_number_typed_with_comma_or_wide_minus_is_kept_as_a_plain_decimal(page, as_advisor):
    value = f"{AT}-0-value-answers-0-value-value"
    assert post(as_advisor, page, **{value: " \u22123,5 "}).status_code == 302
    assert (
        checks_of(LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object())[0].questions[0].answers[0].value
        == "-3.5"
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"0-value-answers-0-value-value": "many"}, "Enter one number in digits"),
        ({"0-value-answers-0-value-value": "nan"}, "Enter one number in digits"),
        ({"0-value-answers-0-value-value": "1e999"}, "Enter a number between"),
        ({"0-value-answers-0-value-value": "1,234"}, "Write 1234 or 1.234."),
        ({"0-value-answers-0-value-value": ""}, "This field is required."),
        ({"0-value-answers-0-value-value": "9" * 100_000}, "at most 40 characters"),
        ({"0-value-answers-0-value-tolerance": "-2"}, "not below 0"),
        ({"0-value-answers-0-value-tolerance": "Infinity"}, "Enter one number in digits"),
        ({"0-value-answers-0-value-share": "0"}, "greater than or equal to 1"),
        ({"0-value-answers-0-value-share": "101"}, "less than or equal to 100"),
        ({"0-value-answers-0-value-share": "99"}, "the whole credit"),
        ({"0-value-answers-count": "0"}, "Give at least one accepted number."),
        ({"0-value-kind": "single"}, "has no accepted numbers: remove them, or choose another kind."),
        ({"1-value-unit": "mg"}, "belong to a number: empty them."),
        ({"1-value-steps-count": "2"}, "Give at least three items"),
        ({"1-value-steps-0-value-text": "  write one SENTENCE "}, "Two items read the same"),
        ({"1-value-kind": "multiple"}, "has no items: remove them"),
        ({"2-value-kind": "ordering"}, "has no options: remove them"),
        ({"2-value-options-count": "1"}, "Give at least two options."),
        ({"2-value-options-0-value-correct": "on"}, "Mark exactly one option as right"),
        ({"2-value-kind": "true_false"}, "Give two options: true and false."),
        ({"2-value-options-1-value-correct": None}, "Mark exactly one option as right"),
    ],
)
def test_question_that_does_not_hold_together_is_refused_in_words(changes, says, page, as_advisor):
    answer = post(as_advisor, page, publish=True, **{f"{AT}-{name}": value for name, value in changes.items()})
    assert answer.status_code == 200
    assert says in answer.content.decode().replace("\\u201c", "“")
    assert LessonPage.objects.get(pk=page.pk).live_revision_id == page.live_revision_id


def test_entry_that_was_added_and_never_filled_in_is_dropped(page, as_advisor):
    at = f"{AT}-0-value-options"
    blank = {f"{at}-count": "1", f"{at}-0-id": "", f"{at}-0-order": "0", f"{at}-0-deleted": ""}
    blank |= {f"{at}-0-value-text": "", f"{at}-0-value-reason": ""}
    assert post(as_advisor, page, **blank).status_code == 302
    assert checks_of(LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object())[0].questions[0].options == ()


def test_preview_and_page_of_a_reader_tell_nothing_of_the_key(page, as_advisor):
    url = f"/cms/pages/{page.pk}/edit/preview/"
    assert as_advisor.post(url, lesson_form(page)).json()["is_valid"]
    for content in (as_advisor.get(url).content.decode(), as_advisor.get(page.url).content.decode()):
        for secret in ("3.14159", "Very close.", "Not near enough.", "Everything follows", "It pays.", "More digits"):
            assert secret not in content, secret
        order = [content.index(step["text"]) for step in questions.ORDER["steps"]]
        assert order != sorted(order)


def test_editor_loads_the_script_that_shows_what_a_kind_needs(page, as_advisor):
    content = as_advisor.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "js/question_kinds.js" in content
    assert "question-block" in content
