"""Between a file's question and the block that a bank and a check hold."""

from decimal import Decimal
from typing import Any

from curriculum.banks.gift import Answer, Choice, GiftQuestion
from curriculum.banks.gift.numbers import in_digits
from curriculum.blocks import QuestionKind
from curriculum.blocks.checks import QuestionBlock


def block_of(question: GiftQuestion):
    """The block's value for a file's question. Its items get their ids from curriculum.fields.settle_ids."""
    raw: dict[str, Any] = {"kind": question.kind, "text": question.text, "reason": question.reason}
    if question.kind == QuestionKind.NUMERIC:
        raw["other_reason"] = question.other_reason
        raw["answers"] = [
            {
                "value": in_digits(answer.value),
                "tolerance": in_digits(answer.tolerance),
                "share": max(1, round(answer.share)),
                "reason": answer.reason,
            }
            for answer in question.answers
        ]
    elif question.kind == QuestionKind.ORDERING:
        raw["steps"] = [{"text": choice.text, "reason": choice.reason} for choice in question.choices]
    else:
        raw["options"] = [
            {"text": choice.text, "correct": choice.correct, "reason": choice.reason} for choice in question.choices
        ]
    return QuestionBlock().to_python(raw)


def gift_of(held) -> GiftQuestion:
    """A bank's question as a file holds it. What GIFT has no place for (unit, always last) stays here."""
    value = held.value
    kind = value["kind"]
    texts = {"title": held.title, "text": value["text"], "reason": value["reason"]}
    if kind == QuestionKind.NUMERIC:
        answers = tuple(
            Answer(Decimal(row["value"]), Decimal(row["tolerance"]), Decimal(row["share"]), row["reason"])
            for row in value["answers"]
        )
        return GiftQuestion(kind, answers=answers, other_reason=value["other_reason"], **texts)
    if kind == QuestionKind.ORDERING:
        steps = tuple(Choice(row["text"], True, row["reason"]) for row in value["steps"])
        return GiftQuestion(kind, choices=steps, **texts)
    choices = [Choice(row["text"], bool(row["correct"]), row["reason"]) for row in value["options"]]
    if kind == QuestionKind.TRUE_FALSE:
        choices.sort(key=lambda choice: choice.text.casefold() != "true")
        if [choice.text.casefold() for choice in choices] != ["true", "false"]:
            kind = QuestionKind.SINGLE  # two words of its own, which GIFT's true and false would lose
    return GiftQuestion(kind, choices=tuple(choices), **texts)
