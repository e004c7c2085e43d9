"""Questions of each kind, as TOML files and the CMS have them."""

NUMBER = {
    "kind": "numeric",
    "text": "Pi, as well as you can.",
    "unit": "rad",
    "answers": [
        {"value": "3.14159", "tolerance": "0.00001", "share": 100, "reason": "Very close."},
        {"value": "3.14", "tolerance": "0.005", "share": 50, "reason": "Two decimals."},
    ],
    "other_reason": "Not near enough.",
    "reason": "More digits are for show.",
}
ORDER = {
    "kind": "ordering",
    "text": "In which order do you prepare a talk?",
    "steps": [
        {"text": "Name the listener", "reason": "Everything follows from who listens."},
        {"text": "Write one sentence", "reason": "It has to survive alone."},
        {"text": "Add three supports"},
        {"text": "Draw the slides"},
    ],
}
PINNED = {
    "kind": "single",
    "text": "Which of these pays the rent?",
    "options": [
        {"text": "Volume", "correct": False, "reason": "It can lose money."},
        {"text": "Margin", "correct": True, "reason": "It pays."},
        {"text": "Growth", "correct": False, "reason": "It has to be financed."},
        {"text": "Fame", "correct": False, "reason": "It pays nothing."},
        {"text": "None of the above", "correct": False, "reason": "One does.", "last": True},
    ],
}
STATEMENT = {
    "kind": "true_false",
    "text": "A margin is a share of revenue.",
    "options": [
        {"text": "True", "correct": True, "reason": "It is."},
        {"text": "False", "correct": False, "reason": "It is one."},
    ],
}


def check(*questions: dict, **fields) -> dict:
    """A check's block of these questions."""
    return {
        "type": "check",
        "title": "Check yourself",
        "pass_mark": 70,
        "attempts": 3,
        "questions": list(questions),
        **fields,
    }
