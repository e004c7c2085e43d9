"""The demo's checks are of every kind, are loaded as the CMS would take them, and its leaders answer them."""

import random
import tomllib
from pathlib import Path

import pytest

from curriculum.actions import publish_module
from curriculum.blocks import QuestionKind
from curriculum.checking import checks_of, faults_in, grade
from curriculum.models import LessonPage
from lms.demo.life import guess
from tests.curriculum.factory import make_tree

FOLDER = Path(__file__).parents[2] / "lms" / "demo" / "curriculum"


@pytest.fixture
def checks(db) -> list:
    program = make_tree().program
    found = []
    for path in sorted(FOLDER.glob("0[13]*.toml")):
        module = publish_module(program=program, data=tomllib.loads(path.read_text("utf-8")))
        found += [check for page in LessonPage.objects.child_of(module) for check in checks_of(page)]
    return found


def test_two_modules_ask_questions_of_every_kind(checks):
    assert {question.kind for check in checks for question in check.questions} == set(QuestionKind.values)


def test_right_answers_pass_and_guesses_can_be_graded(checks):
    dice = random.Random(7)
    for check in checks:
        right = {question.id: question.right_answer for question in check.questions}
        assert faults_in(check, right) == {}
        assert grade(check, right).score == len(check.questions)
        guesses = [{question.id: guess(dice, question) for question in check.questions} for _ in range(20)]
        assert [faults_in(check, given) for given in guesses] == [{}] * 20
        assert not all(grade(check, given).passed for given in guesses)
