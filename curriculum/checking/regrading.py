"""Grading an attempt again by a mended key, where it was asked the same in the same words."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from curriculum.blocks import QuestionKind
from curriculum.checking.grading import Graded, grade
from curriculum.checking.values import Check, Number, Option, Question, Step

PARTS = {"options": Option, "answers": Number, "steps": Step}


def key_of(check: Check) -> dict:
    """`check` as JSON, key and pass mark within, to be graded by later whatever becomes of the page."""
    return json.loads(json.dumps(asdict(check)))


def check_of(key: dict) -> Check:
    """The check that key_of() wrote."""
    questions = tuple(
        Question(
            **question
            | {name: tuple(part(**one) for one in question[name]) for name, part in PARTS.items()}
            | {"laid": tuple(question["laid"])}
        )
        for question in key["questions"]
    )
    return Check(**key | {"questions": questions})


def grade_again(items: list[dict], check: Check) -> Graded | None:
    """The outcome of an attempt's `items` by the key of `check`, in the wording and order that was given.

    None where the attempt was asked something else: another question, option or item, or the same in other words.
    """
    by_id = {question.id: question for question in check.questions}
    if sorted(by_id) != sorted(item["question"] for item in items):
        return None
    if not all(_is_same(item, by_id[item["question"]]) for item in items):
        return None
    questions = tuple(_as_given(item, by_id[item["question"]]) for item in items)
    given = {item["question"]: _answer(item) for item in items}
    return grade(replace(check, questions=questions), given)


def _is_same(item: dict, question: Question) -> bool:
    if (item["kind"], item["text"], item.get("unit", "")) != (question.kind, question.text, question.unit):
        return False
    if question.kind == QuestionKind.ORDERING:
        return _worded(item["order"]) == sorted((step.id, step.text) for step in question.steps)
    return _worded(item["options"]) == sorted((option.id, option.text) for option in question.options)


def _worded(parts: Iterable[dict]) -> list[tuple[str, str]]:
    return sorted((part["id"], part["text"]) for part in parts)


def _as_given(item: dict, question: Question) -> Question:
    if question.kind == QuestionKind.ORDERING:
        return replace(question, laid=tuple(item["shown"]))
    by_id = {option.id: option for option in question.options}
    return replace(question, options=tuple(by_id[option["id"]] for option in item["options"]))


def _answer(item: dict) -> list[str]:
    match item["kind"]:
        case QuestionKind.NUMERIC:
            return [item["typed"]]
        case QuestionKind.ORDERING:
            return item["given"]
    return item["chosen"]
