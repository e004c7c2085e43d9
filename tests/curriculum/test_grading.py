"""Scores of every kind, what a shuffle may and may not do, and that nothing shown tells the key."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.blocks import QuestionKind
from curriculum.checking import Check, Number, Option, Question, Step, faults_in, fingerprint, grade, lay_out

GIFT = json.loads((Path(__file__).parent / "gift" / "04-numeric.expected.json").read_text())
NUMERIC = [question for question in GIFT["questions"] if "grading" in question]


def number(*answers, **fields) -> Question:
    parts = tuple(
        Number(id=str(at), value=value, tolerance=tolerance, share=share, reason="")
        for at, (value, tolerance, share) in enumerate(answers)
    )
    return Question(id="n", kind=QuestionKind.NUMERIC, text="How many?", answers=parts, **fields)


def choice(kind="single", count=4, right=(1,), pinned=(), name="c") -> Question:
    options = tuple(
        Option(id=f"{name}{at}", text=f"Option {at}", reason="", correct=at in right, last=at in pinned)
        for at in range(count)
    )
    return Question(id=name, kind=QuestionKind(kind), text="Which?", options=options)


def order(count=4) -> Question:
    steps = tuple(Step(id=f"s{at}", text=f"Step {at}", reason="") for at in range(count))
    return Question(id="o", kind=QuestionKind.ORDERING, text="In which order?", steps=steps)


def check(*questions, pass_mark=70, **fields) -> Check:
    return Check(id="check", title="Check", pass_mark=pass_mark, attempts=3, questions=questions, **fields)


@pytest.mark.parametrize("expected", NUMERIC, ids=[question["title"] for question in NUMERIC])
def test_numbers_score_as_the_samples_say(expected):
    question = number(*((a["value"], a["tolerance"], a["weight"]) for a in expected["answers"]))
    for case in expected["grading"]:
        asked, chosen = check(question), {"n": [case["typed"]]}
        graded = grade(asked, chosen)
        if case["score"] is not None:
            assert graded.score == Decimal(str(case["score"])), case
        elif graded.score != 1:
            assert faults_in(asked, chosen), case
        if case["typed"] in ("", "forty-six"):
            assert faults_in(asked, chosen), case


def test_number_keeps_what_was_typed_and_what_it_matched():
    question = number(("3.14159", "0.00001", 100), ("3.14", "0.005", 50), unit="rad", other_reason="Not near.")
    [item] = grade(check(question), {"n": [" 3,14 "]}).items
    assert (item["typed"], item["matched"], item["right"], item["score"]) == ("3,14", "1", False, "0.5")
    assert (item["unit"], item["other_reason"], item["options"], item["chosen"]) == ("rad", "Not near.", [], [])
    assert [answer["value"] for answer in item["answers"]] == ["3.14159", "3.14"]
    assert json.loads(json.dumps(item)) == item


def test_best_of_several_answers_counts_whatever_their_order():
    for answers in ((("3", "1", 40), ("3", "0", 100)), (("3", "0", 100), ("3", "1", 40))):
        assert grade(check(number(*answers)), {"n": ["3"]}).score == 1
        assert grade(check(number(*answers)), {"n": ["4"]}).score == Decimal("0.4")


def test_partial_credit_counts_toward_the_pass_mark_exactly():
    half = number(("1", "0", 100), ("2", "0", 50))
    asked = check(half, choice(), pass_mark=75)
    graded = grade(asked, {"n": ["2"], "c": ["c1"]})
    assert (graded.score, graded.right, graded.passed) == (Decimal("1.5"), 1, True)
    assert not grade(replace(asked, pass_mark=76), {"n": ["2"], "c": ["c1"]}).passed


def test_order_is_right_only_as_a_whole_and_keeps_what_was_given():
    asked = lay_out(check(order()), "seed")
    right = ["s0", "s1", "s2", "s3"]
    [item] = grade(asked, {"o": right}).items
    assert (item["right"], item["score"], item["given"]) == (True, "1", right)
    assert [step["id"] for step in item["order"]] == right
    assert item["shown"] == list(asked.questions[0].laid)
    swapped = ["s1", "s0", "s2", "s3"]
    assert grade(asked, {"o": swapped}).score == 0
    for fault in (["s0"], ["s0", "s0", "s1", "s2"], [*right, "s0"], ["x", "s1", "s2", "s3"]):
        assert "position" in faults_in(asked, {"o": fault})["o"]
        assert grade(asked, {"o": fault}).score == 0


def test_untouched_question_of_any_kind_is_unanswered():
    asked = check(choice(), choice("multiple", name="m"), number(("1", "0", 100)), order())
    for chosen in ({}, {"n": [""], "o": [], "c": [], "m": [""]}, {"n": ["  "]}):
        assert set(faults_in(asked, chosen).values()) == {"Answer this question."}
        assert len(faults_in(asked, chosen)) == 4
        assert grade(asked, chosen).score == 0
    assert faults_in(asked, {"c": ["c0", "c1"], "n": ["0"], "o": ["s0", "s1", "s2", "s3"], "m": ["m1"]}) == {
        "c": "Choose one option."
    }


SEEDS = st.text(max_size=20)


@given(SEEDS, st.integers(3, 8))
def test_order_is_never_shown_right_and_loses_nothing(seed, count):
    [question] = lay_out(check(order(count)), seed).questions
    right = [step.id for step in question.steps]
    assert list(question.laid) != right
    assert sorted(question.laid) == right


@given(SEEDS)
def test_pinned_options_stay_last_and_statements_stay(seed):
    asked = check(
        choice(count=6, pinned=(2, 4)),
        choice("true_false", 2, name="t"),
        shuffles_options=True,
        shuffles_questions=True,
    )
    by_id = {question.id: question for question in lay_out(asked, seed).questions}
    assert [option.id for option in by_id["c"].options][-2:] == ["c2", "c4"]
    assert sorted(option.id for option in by_id["c"].options) == [f"c{at}" for at in range(6)]
    assert [option.id for option in by_id["t"].options] == ["t0", "t1"]


def test_shuffle_is_the_same_for_a_seed_and_another_for_the_next():
    asked = check(choice(count=8), *(choice(name=name) for name in "defgh"), shuffles_options=True)
    first = lay_out(asked, "a/1")
    assert first == lay_out(asked, "a/1")
    assert first != lay_out(asked, "a/2")
    assert [question.id for question in first.questions] == list("cdefgh")
    mixed = lay_out(replace(asked, shuffles_questions=True), "a/1")
    assert [question.id for question in mixed.questions] != list("cdefgh")
    assert lay_out(replace(asked, shuffles_options=False), "a/1").questions[0].options == asked.questions[0].options


def test_shuffle_follows_from_the_servers_secret(settings):
    asked = check(choice(count=8), shuffles_options=True)
    here = lay_out(asked, "a/1")
    settings.SECRET_KEY = "another secret altogether"
    assert lay_out(asked, "a/1") != here


def test_right_option_stands_in_every_place(db):
    asked = check(choice(count=4), shuffles_options=True)
    places = [[o.id for o in lay_out(asked, f"p/{n}").questions[0].options].index("c1") for n in range(400)]
    assert all(60 < places.count(place) < 140 for place in range(4))


def test_fingerprint_knows_wording_and_order_and_not_the_key():
    asked = lay_out(check(choice(), number(("1", "0", 100), unit="mg"), order()), "a/1")
    same = fingerprint(asked)
    mended = replace(
        asked, pass_mark=50, questions=(choice(right=(2,)), number(("2", "5", 100), unit="mg"), asked.questions[2])
    )
    assert fingerprint(mended) == same
    reworded = replace(asked, questions=(replace(asked.questions[0], text="Which one?"), *asked.questions[1:]))
    turned = replace(asked, questions=tuple(reversed(asked.questions)))
    assert len({same, fingerprint(reworded), fingerprint(turned)}) == 3


@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_several_are_right_when_all_and_only_they_are_chosen(right, chosen):
    question = choice("multiple", 6, right=right, name="m")
    graded = grade(check(question), {"m": [f"m{at}" for at in chosen]})
    assert graded.score == (1 if right == chosen else 0)
    assert graded.items[0]["right"] == (right == chosen)


def test_right_answer_of_each_kind_gets_the_whole_credit():
    asked = check(
        choice(), choice("multiple", right=(0, 2), name="m"), number(("2", "0", 50), ("1", "0", 100)), order()
    )
    right = {question.id: question.right_answer for question in asked.questions}
    graded = grade(asked, right)
    assert (graded.score, graded.right, graded.passed) == (4, 4, True)
    assert faults_in(asked, right) == {}
