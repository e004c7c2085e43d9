"""The demo network's comments and decisions are complete, and give nobody away."""

import re
import tomllib
from pathlib import Path

VOICES = tomllib.loads((Path(__file__).parents[2] / "lms" / "demo" / "voices.toml").read_text("utf-8"))
YEAR_ONE = {
    "media-and-speaker-training",
    "ins-and-outs-of-drug-reimbursement",
    "joint-venture-opportunities",
    "financial-metrics-for-success-in-an-mso",
    "payor-negotiations",
}
YEAR_TWO = {
    "leading-value-based-care",
    "building-and-leading-care-teams",
    "governance-and-strategy-in-an-independent-practice",
    "leading-change-and-quality-improvement",
    "conflict-negotiation-and-difficult-conversations",
}
MODES = {"in_person": 40, "virtual": 60, "hybrid": 36}
COMMENTS = [
    comment
    for group in (VOICES["modules"], VOICES["sessions"])
    for voice in group.values()
    for side in ("liked", "change")
    for comment in voice[side]
]


def test_every_module_and_mode_has_its_comments():
    expected = (
        {("modules", slug): 26 for slug in YEAR_ONE}
        | {("modules", slug): 16 for slug in YEAR_TWO}
        | {("sessions", mode): count for mode, count in MODES.items()}
    )
    found = {
        (group, name): {len(voice["liked"]), len(voice["change"])}
        for group in ("modules", "sessions")
        for name, voice in VOICES[group].items()
    }
    assert found == {key: {count} for key, count in expected.items()}


def test_comments_are_distinct_and_fit_the_field():
    assert len(set(COMMENTS)) == len(COMMENTS)
    assert all(comment.strip() == comment and 0 < len(comment) <= 600 for comment in COMMENTS)


def test_comments_name_no_person_and_claim_no_continuing_education():
    pattern = re.compile(r"\b(Dr|Mr|Ms|Mrs)\.?\s+[A-Z]|@|\bCME\b|\bcredits?\b|accredit")
    assert [comment for comment in COMMENTS if pattern.search(comment)] == []


def test_decisions_answer_a_known_subject_with_a_reason():
    assert len(VOICES["decisions"]) == 14
    for decision in VOICES["decisions"]:
        assert set(decision) == {"said", "did", "outcome", "reason", "subject"}
        assert all(decision.values())
        assert decision["outcome"] in {"adopted", "declined"}
        assert decision["subject"] in YEAR_ONE | YEAR_TWO | {"sessions"}
    assert {decision["outcome"] for decision in VOICES["decisions"]} == {"adopted", "declined"}
