"""Item statistics against NumPy and SciPy, and in the corners where there are none."""

import random

import numpy as np
import pytest
from scipy import stats

from curriculum.itemstats import analyze, difficulty, discrimination, is_empty, score_of, wording


def item(question: str, *, right: bool, text: str = "", score=None, chosen=("a",), options=None) -> dict:
    given = {
        "question": question,
        "text": text or f"Question {question}?",
        "kind": "single",
        "options": options
        or [
            {"id": "a", "text": "One", "reason": "Because.", "correct": True},
            {"id": "b", "text": "Two", "reason": "No.", "correct": False},
        ],
        "chosen": list(chosen),
        "right": right,
    }
    return given if score is None else {**given, "score": score}


def cohort_of(people: int, seed: int) -> np.ndarray:
    """Answers to six questions of growing difficulty by people of different ability; a row for each person."""
    dice = np.random.default_rng(seed)
    ability = dice.normal(size=(people, 1))
    return (ability + dice.normal(scale=0.9, size=(people, 6)) > np.linspace(-1.5, 1.2, 6)).astype(int)


@pytest.mark.parametrize(("people", "seed"), [(20, 1), (48, 2), (333, 3)])
def test_item_statistics_are_those_of_numpy_and_scipy(people, seed):
    answers = cohort_of(people, seed)
    attempts = [[item(str(q), right=bool(one)) for q, one in enumerate(row)] for row in answers]
    found = analyze([item(str(q), right=False) for q in range(6)], attempts)
    for q, one in enumerate(found):
        rest = np.delete(answers, q, axis=1).sum(axis=1)
        assert one.given == people
        assert one.right == answers[:, q].sum()
        assert one.difficulty == pytest.approx(np.mean(answers[:, q]), abs=1e-12)
        assert one.discrimination == pytest.approx(stats.pointbiserialr(answers[:, q], rest).statistic, abs=1e-12)
        assert one.discrimination == pytest.approx(np.corrcoef(answers[:, q], rest)[0, 1], abs=1e-12)


def test_scores_count_in_the_rest_as_numbers_with_decimals():
    dice = random.Random(4)
    rows = [(dice.random() < 0.5, dice.choice(["0", "0.25", "0.5", "1"]), dice.random() < 0.7) for _ in range(40)]
    attempts = [
        [item("a", right=a), item("b", right=b == "1", score=b), item("c", right=c, score="1" if c else "0")]
        for a, b, c in rows
    ]
    first = analyze([item("a", right=False)], attempts)[0]
    rest = [float(b) + c for _, b, c in rows]
    assert first.discrimination == pytest.approx(stats.pointbiserialr([a for a, _, _ in rows], rest).statistic)


def test_textbook_formula_agrees():
    right = [True, True, False, True, False, False, True, False]
    rest = [5.0, 4.0, 4.0, 3.0, 2.0, 3.0, 5.0, 1.0]
    p = np.mean(right)
    ones = [y for x, y in zip(right, rest, strict=True) if x]
    zeros = [y for x, y in zip(right, rest, strict=True) if not x]
    by_hand = (np.mean(ones) - np.mean(zeros)) / np.std(rest) * np.sqrt(p * (1 - p))
    assert discrimination(right, rest) == pytest.approx(by_hand, abs=1e-12)


def test_items_not_shown_left_empty_and_reworded_are_kept_apart():
    asked = [item("a", right=False), item("b", right=False)]
    attempts = [
        [item("a", right=True), item("b", right=True)],
        [item("a", right=False, chosen=()), item("b", right=True)],  # left empty: given, and not right
        [item("b", right=False)],  # not shown
        [item("a", right=True, text="Older words?"), item("b", right=False)],
    ]
    first, second = analyze(asked, attempts)
    assert (first.given, first.right, first.empty, first.not_shown, first.reworded) == (2, 1, 1, 1, 1)
    assert first.difficulty == 0.5
    assert (second.given, second.right, second.empty, second.not_shown, second.reworded) == (4, 2, 0, 0, 0)


def test_wording_is_the_same_in_another_order_and_with_other_reasons():
    shown = item("a", right=True)
    shuffled = item("a", right=False, options=[{**one, "reason": "New."} for one in reversed(shown["options"])])
    assert wording(shown) == wording(shuffled)
    mended = item("a", right=True, options=[{**one, "correct": not one["correct"]} for one in shown["options"]])
    assert wording(shown) != wording(mended)


def test_wording_knows_the_key_of_numbers_and_orders():
    number = {"question": "n", "kind": "numeric", "text": "How many?", "options": []}
    answer = {"id": "1", "value": "4.5", "tolerance": "0", "share": 100, "reason": ""}
    assert wording({**number, "answers": [answer]}) != wording({**number, "answers": [{**answer, "tolerance": "1"}]})
    order = {"question": "o", "kind": "ordering", "text": "In order?"}
    steps = [{"id": "1", "text": "First"}, {"id": "2", "text": "Second"}]
    assert wording({**order, "order": steps}) != wording({**order, "order": steps[::-1]})


def test_what_has_no_figure_says_why():
    asked = [item("a", right=False), item("b", right=False)]
    everybody = [[item("a", right=True), item("b", right=n % 2 == 0)] for n in range(24)]
    first, second = analyze(asked, everybody)
    assert (first.difficulty, first.discrimination, first.why_not) == (1.0, None, "everybody had it right")
    assert second.why_not == "everybody did equally well on the other questions"
    assert not first.is_flagged
    nobody = [[item("a", right=False), item("b", right=n % 2 == 0)] for n in range(24)]
    assert analyze(asked, nobody)[0].why_not == "nobody had it right"
    assert analyze(asked, nobody)[0].is_too_hard
    alone = [[item("a", right=n % 2 == 0)] for n in range(24)]
    assert analyze(asked, alone)[0].why_not == "it was the only question of its check"
    none = analyze(asked, [])[0]
    assert (none.given, none.difficulty, none.discrimination) == (0, None, None)
    assert none.why_not == "there are fewer than two first attempts"


def test_equal_rest_scores_in_thirds_do_not_vary():
    third = [item(key, right=key == "b") for key in ("b", "c", "d")]
    attempts = [[item("a", right=n % 2 == 0), *third] for n in range(30)]
    assert analyze([item("a", right=False)], attempts)[0].discrimination is None


@pytest.mark.parametrize(("people", "flagged"), [(19, False), (20, True)])
def test_item_is_flagged_from_twenty_first_attempts_on(people, flagged):
    attempts = [[item("a", right=n < 2), item("b", right=n % 2 == 0)] for n in range(people)]
    assert analyze([item("a", right=False)], attempts)[0].is_too_hard is flagged


def test_flags_begin_below_their_bounds():
    attempts = [[item("a", right=n < 6), item("b", right=n % 2 == 0)] for n in range(20)]
    found = analyze([item("a", right=False)], attempts)[0]
    assert found.difficulty == 0.3
    assert not found.is_too_hard
    assert found.discrimination == pytest.approx(0.0, abs=1e-12)
    assert found.is_too_weak


def test_small_parts():
    assert difficulty([]) is None
    assert discrimination([True], [1.0]) is None
    assert score_of({"right": True}) == 1.0
    assert score_of({"right": False, "score": "0.5"}) == 0.5
    assert score_of({"right": True, "score": None}) == 1.0
    assert is_empty({"chosen": [], "typed": " "})
    assert not is_empty({"chosen": [], "typed": "4,5"})
    assert not is_empty({"chosen": [], "given": ["1", "2"]})
