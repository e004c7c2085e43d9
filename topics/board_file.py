"""The board as a file."""

from collections.abc import Iterable, Mapping

from django.utils.timezone import localtime

from lms.ui.csv_file import csv_file
from topics.models import Topic
from topics.scoring import Standing

HEADER = (
    *("Title", "State", "For", "Why now", "Audience", "Level", "Format", "Proposed speakers", "Evidence"),
    *("Proposer", "Practices", "Proposed on", "Conference", "Became", "Reason for declining"),
    *("Scores that count", "Relevance", "Evidence score", "Reach", "Overall"),
)
HIDDEN = "Hidden until you score"


def board_csv(topics: Iterable[Topic], stands: Mapping) -> bytes:
    """One row for each topic. `stands` are the viewer's: means stand only where they see the scores."""
    return csv_file(HEADER, [(*_facts(topic), *_scores(stands[topic.pk])) for topic in topics])


def _facts(topic: Topic) -> tuple:
    became = [f"Session of {topic.cohort_session.cohort.name}"] if topic.cohort_session else []
    became += [f"Module {topic.module.title}"] if topic.module else []
    return (
        topic.title,
        topic.get_state_display(),
        topic.get_destination_display(),
        topic.why_now,
        topic.audience,
        topic.get_level_display(),
        topic.get_format_display(),
        topic.proposed_speakers,
        topic.evidence,
        topic.proposer.name,
        topic.practices,
        localtime(topic.proposed_at).date().isoformat() if topic.proposed_at else "",
        topic.conference.name if topic.conference else "",
        "; ".join(became),
        topic.decline_reason,
    )


def _scores(stands: Standing) -> tuple:
    if stands.tally is None:
        return (stands.given, *[HIDDEN] * 4)
    tally = stands.tally
    return (tally.n, tally.relevance, tally.evidence, tally.reach, tally.overall)
