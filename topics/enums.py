from django.db.models import IntegerChoices, TextChoices


class TopicState(TextChoices):
    """Where a topic stands. A draft is its proposer's alone; the others are columns of the board."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    IN_REVIEW = "in_review", "In review"
    ACCEPTED = "accepted", "Accepted"
    SCHEDULED = "scheduled", "Scheduled"
    DECLINED = "declined", "Declined"


COLUMNS = tuple(state for state in TopicState if state != TopicState.DRAFT)
PUBLIC_STATES = (TopicState.ACCEPTED, TopicState.SCHEDULED)
SCORED_STATES = (TopicState.PROPOSED, TopicState.IN_REVIEW)


class Destination(TextChoices):
    """What a topic is proposed for."""

    REGIONAL = "regional", "A regional conference"
    NATIONAL = "national", "A national conference"
    CURRICULUM = "curriculum", "The curriculum"


class Scope(TextChoices):
    REGIONAL = "regional", "Regional"
    NATIONAL = "national", "National"


class Level(TextChoices):
    INTRODUCTORY = "introductory", "Introductory"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"


class TopicFormat(TextChoices):
    TALK = "talk", "Talk"
    PANEL = "panel", "Panel"
    WORKSHOP = "workshop", "Workshop"
    CASES = "cases", "Case discussion"
    LESSONS = "lessons", "Lessons to read"


class Mark(IntegerChoices):
    """One of a member's three scores."""

    ONE = 1, "1"
    TWO = 2, "2"
    THREE = 3, "3"
    FOUR = 4, "4"
    FIVE = 5, "5"


class SpeakerState(TextChoices):
    ASKED = "asked", "Not answered yet"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"
