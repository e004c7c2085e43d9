from django.db.models import TextChoices

from curriculum.enums import SessionMode

__all__ = ["RequirementKind", "SessionMode"]


class RequirementKind(TextChoices):
    """The kinds that cohorts itself knows; later rooms may register more."""

    MODULE = "module", "Module"
    SESSION = "session", "Session"
