"""Knowledge checks: as plain values, in the order in which they are shown, and graded. No model of a person here."""

from curriculum.checking.grading import UNANSWERED, Graded, faults_in, grade
from curriculum.checking.layout import fingerprint, lay_out
from curriculum.checking.regrading import check_of, grade_again, key_of
from curriculum.checking.values import (
    Check,
    Number,
    Option,
    Question,
    Step,
    check_from,
    checks_of,
    find_check,
    question_from,
)

__all__ = [
    "UNANSWERED",
    "Check",
    "Graded",
    "Number",
    "Option",
    "Question",
    "Step",
    "check_from",
    "check_of",
    "checks_of",
    "faults_in",
    "find_check",
    "fingerprint",
    "grade",
    "grade_again",
    "key_of",
    "lay_out",
    "question_from",
]
