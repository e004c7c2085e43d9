"""In which order a check is shown. Decided here, the same for as long as an attempt is open, and told by nothing.

The order follows from a seed that names person, check and attempt, and from the server's secret. What stands first
says nothing about what is right, and the steps of an ordering never stand in the right order.
"""

import json
from dataclasses import replace

from django.utils.crypto import salted_hmac

from curriculum.blocks import QuestionKind
from curriculum.checking.values import Check, Option, Question

SALT = "curriculum.checking.layout"


def lay_out(check: Check, seed: str) -> Check:
    """`check` as it is shown under `seed`: questions and options shuffled where it says so, steps always.

    Statements that are true or false keep their order, and options that are pinned stay last.
    """
    questions = [_laid(question, seed, check.shuffles_options) for question in check.questions]
    if check.shuffles_questions:
        questions = _shuffled(questions, seed)
    return replace(check, questions=tuple(questions))


def fingerprint(check: Check) -> str:
    """What a leader was shown, in 32 characters that say nothing about the key: the wording, its order, the units."""
    shown = [
        [
            question.id,
            question.kind,
            question.text,
            question.unit,
            [[option.id, option.text] for option in question.options],
            [[step.id, step.text] for step in question.steps_as_laid],
        ]
        for question in check.questions
    ]
    return salted_hmac(f"{SALT}.fingerprint", json.dumps([check.id, shown])).hexdigest()[:32]


def _laid(question: Question, seed: str, shuffles_options: bool) -> Question:
    if question.kind == QuestionKind.ORDERING:
        right = [step.id for step in question.steps]
        laid = sorted(right, key=lambda one: _place(seed, one))
        if laid == right:
            laid = [*laid[1:], laid[0]]
        return replace(question, laid=tuple(laid))
    if shuffles_options and question.kind != QuestionKind.TRUE_FALSE:
        free: list[Option] = _shuffled([option for option in question.options if not option.last], seed)
        return replace(question, options=(*free, *(option for option in question.options if option.last)))
    return question


def _shuffled(parts: list, seed: str) -> list:
    return sorted(parts, key=lambda part: _place(seed, part.id))


def _place(seed: str, part_id: str) -> str:
    return salted_hmac(SALT, f"{seed}/{part_id}", algorithm="sha256").hexdigest()
