"""Topics for conferences and the curriculum, and what becomes of them: all of it the network's.

A proposer is a user of the network. Nothing here points at a practice's row; a practice is named, if at all, as text.
"""

from topics.models.conference import Conference, Speaker
from topics.models.speaker_page import SpeakerPage, SpeakerTalk
from topics.models.strategy import StrategyPage
from topics.models.topic import Comment, Conflict, Score, Topic, TopicEvent

__all__ = [
    "Comment",
    "Conference",
    "Conflict",
    "Score",
    "Speaker",
    "SpeakerPage",
    "SpeakerTalk",
    "StrategyPage",
    "Topic",
    "TopicEvent",
]
