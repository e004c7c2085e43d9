"""The two surveys that every cohort is asked: about a module, and about a session."""

from typing import Any

from feedback.network.enums import QuestionKind, SubjectKind

LIKELY = {"low": "Not at all likely", "high": "Extremely likely"}

MODULE = "After a module"
SESSION = "After a session"

SURVEYS: dict[SubjectKind, tuple[str, list[dict[str, Any]]]] = {
    SubjectKind.MODULE: (
        MODULE,
        [
            {
                "key": "module-useful",
                "kind": QuestionKind.LIKERT5,
                "text": "I can use what this module taught in my practice.",
                "required": True,
            },
            {
                "key": "module-pace",
                "kind": QuestionKind.LIKERT5,
                "text": "The time it asked of me was right.",
            },
            {
                "key": "module-confident",
                "kind": QuestionKind.LIKERT5,
                "text": "I feel confident enough to apply it.",
            },
            {
                "key": "module-recommend",
                "kind": QuestionKind.SCALE11,
                "text": "How likely are you to recommend this module to another physician leader?",
                **LIKELY,
            },
            {"key": "module-helped", "kind": QuestionKind.TEXT, "text": "What helped you most?"},
            {
                "key": "module-change",
                "kind": QuestionKind.TEXT,
                "text": "What should change before the next cohort takes it?",
            },
        ],
    ),
    SubjectKind.SESSION: (
        SESSION,
        [
            {
                "key": "session-useful",
                "kind": QuestionKind.LIKERT5,
                "text": "The session was worth the time away from clinic.",
                "required": True,
            },
            {
                "key": "session-pace",
                "kind": QuestionKind.LIKERT5,
                "text": "Its length and pace were right.",
            },
            {
                "key": "session-answers",
                "kind": QuestionKind.LIKERT5,
                "text": "The faculty answered the questions I came with.",
            },
            {
                "key": "session-recommend",
                "kind": QuestionKind.SCALE11,
                "text": "How likely are you to recommend this session to another physician leader?",
                **LIKELY,
            },
            {"key": "session-helped", "kind": QuestionKind.TEXT, "text": "What helped you most?"},
            {"key": "session-change", "kind": QuestionKind.TEXT, "text": "What should change before it is held again?"},
        ],
    ),
}
