"""One question of a check, as the template draws it: to be answered, or answered with its verdict and reasons.

What is right is in none of these values before it is told: an option holds its text, an item too, a number nothing.
"""

from decimal import Decimal

from cohorts.practice.check_form import Sent
from cohorts.practice.models import Attempt
from curriculum.blocks import QuestionKind
from curriculum.checking import Check, Question, faults_in


def in_points(attempt: Attempt, *, first: bool = False) -> str:
    """ "2 of 3 right", or "2.5 of 3 points" where a part of the credit counted; as it stands, or as graded at first."""
    total = len(attempt.items)
    right = attempt.right if first else attempt.stands_right
    score = Decimal(attempt.score if first else attempt.stands_score)
    return f"{right} of {total} right" if score == right else f"{_plain(score)} of {total} points"


def answered(attempt: Attempt, *, tells_key: bool) -> list[dict]:
    """The questions as they were given, closed: every chosen option's reason is told.

    With `tells_key` (the check is passed) the accepted numbers and the right order are told as well.
    """
    return [_answered(item, number, tells_key) for number, item in enumerate(attempt.stands_items, start=1)]


def asked(check: Check, last: Attempt | None, sent: Sent | None) -> list[dict]:
    """The questions of a check that is laid out. After a try, what was right stays and each choice gets its reason."""
    before = {item["question"]: item for item in last.stands_items} if last else {}
    faults = faults_in(check, sent.chosen) if sent and sent.shows_faults else {}
    questions = []
    for number, question in enumerate(check.questions, start=1):
        item = before.get(question.id)
        if item and item["kind"] != question.kind:
            item = None
        drawn = _frame(question.kind, question.id, number, question.text, question.unit)
        drawn |= _open_parts(question, item if item and item["right"] else None, sent)
        drawn["fault"] = faults.get(question.id, "")
        questions.append(drawn | (_verdict(item, tells_key=item["right"]) if item else {}))
    return questions


def _frame(kind: str, question_id: str, number: int, text: str, unit: str) -> dict:
    return {
        "id": question_id,
        "number": number,
        "text": text,
        "kind": str(kind),
        "several": kind == QuestionKind.MULTIPLE,
        "unit": unit,
    }


def _open_parts(question: Question, kept: dict | None, sent: Sent | None) -> dict:
    """What can be chosen, with what was chosen: as it was sent, else as it was right in the last attempt."""
    given = list(sent.chosen.get(question.id, ())) if sent else []
    if question.kind == QuestionKind.NUMERIC:
        typed = next(iter(given), "") if sent else (kept["typed"] if kept else "")
        return {"typed": typed}
    if question.kind == QuestionKind.ORDERING:
        places = {one: str(at) for at, one in enumerate(kept["given"] if kept else (), start=1)}
        places = dict(sent.places.get(question.id, {})) if sent else places
        steps = [
            {"id": step.id, "text": step.text, "place": places.get(step.id, "")} for step in question.steps_as_laid
        ]
        return {"steps": steps, "positions": [str(at) for at in range(1, len(steps) + 1)]}
    checked = given if sent else (kept["chosen"] if kept else [])
    options = [
        {"id": option.id, "text": option.text, "checked": option.id in checked, "state": ""}
        for option in question.options
    ]
    return {"options": options}


def _answered(item: dict, number: int, tells_key: bool) -> dict:
    drawn = _frame(item["kind"], item["question"], number, item["text"], item.get("unit", ""))
    if item["kind"] == QuestionKind.NUMERIC:
        drawn["typed"] = item["typed"]
    elif item["kind"] == QuestionKind.ORDERING:
        texts = {step["id"]: step["text"] for step in item["order"]}
        drawn["given"] = [texts[one] for one in item["given"]]
    else:
        drawn["options"] = [_closed_option(option, item["chosen"]) for option in item["options"]]
    return drawn | _verdict(item, tells_key=tells_key)


def _closed_option(option: dict, chosen: list[str]) -> dict:
    state = ("ok" if option["correct"] else "risk") if option["id"] in chosen else ""
    return {"id": option["id"], "text": option["text"], "checked": option["id"] in chosen, "state": state}


def _verdict(item: dict, *, tells_key: bool) -> dict:
    score = Decimal(item.get("score", "1" if item["right"] else "0"))
    verdict = "right" if item["right"] else ("part" if score else "wrong")
    told = {"verdict": verdict, "percent": _plain(score * 100), "reasons": [], "general": item.get("reason", "")}
    if item["kind"] == QuestionKind.NUMERIC:
        told["reasons"] = [{"text": "", "reason": _reason_of_number(item)}]
        told["accepted"] = [_accepted(answer, item["unit"]) for answer in item["answers"]] if tells_key else []
    elif item["kind"] == QuestionKind.ORDERING:
        told["right_order"] = item["order"] if tells_key else []
    else:
        told["reasons"] = [
            {"text": option["text"], "reason": option["reason"]}
            for option in item["options"]
            if option["id"] in item["chosen"] and option["reason"]
        ]
    return told


def _reason_of_number(item: dict) -> str:
    matched = next((answer for answer in item["answers"] if answer["id"] == item["matched"]), None)
    return matched["reason"] if matched else item["other_reason"]


def _accepted(answer: dict, unit: str) -> str:
    """ "45.8 ± 0.2 mmHg", with its share where that is less than the whole."""
    within = f" ± {answer['tolerance']}" if answer["tolerance"].strip("0.,-+") else ""
    share = f" ({answer['share']} percent of the credit)" if answer["share"] < 100 else ""
    return f"{answer['value']}{within}{' ' + unit if unit else ''}{share}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
