from django.db.models import TextChoices

from curriculum.enums import SessionMode

__all__ = ["KeyChangeState", "PlanStep", "RequirementKind", "SessionMode"]


class RequirementKind(TextChoices):
    """The kinds that cohorts itself knows; later rooms may register more."""

    MODULE = "module", "Module"
    SESSION = "session", "Session"


class PlanStep(TextChoices):
    """What staff did about a difference between a program's page and a cohort's plan."""

    ADDED = "added", "Added to the plan"
    REMOVED = "removed", "Removed from the plan"
    CHANGED = "changed", "Changed as the program’s page says"
    LEFT = "left", "Left as it was"


class KeyChangeState(TextChoices):
    """What becomes of the attempts that a mended key would change."""

    OPEN = "open", "To decide"
    CONFIRMED = "confirmed", "Graded again"
    LEFT = "left", "Left as graded"
    MOOT = "moot", "Nothing to change any more"
