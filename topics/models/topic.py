"""A topic, its history, and what the advisory group thinks of it.

Read scores and comments through `topics.scoring` alone: it says who may see them.
"""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from topics.enums import Destination, Level, TopicFormat, TopicState


class Topic(models.Model):
    """A proposal. A draft may have gaps; what was proposed has all that the board reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    practices = models.CharField(
        max_length=300, blank=True, help_text="Names of the proposer's practices when it was proposed, as text."
    )
    title = models.CharField(max_length=150)
    destination = models.CharField(max_length=20, choices=Destination, blank=True)
    why_now = models.TextField(max_length=2000, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20, choices=Level, blank=True)
    format = models.CharField(max_length=20, choices=TopicFormat, blank=True)
    proposed_speakers = models.TextField(max_length=600, blank=True)
    evidence = models.TextField(max_length=4000, blank=True)
    shows_proposer = models.BooleanField(default=False, help_text="The proposer agreed to be named in public.")
    state = models.CharField(max_length=20, choices=TopicState, default=TopicState.DRAFT)
    decline_reason = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    conference = models.ForeignKey("topics.Conference", models.PROTECT, null=True, blank=True, related_name="topics")
    cohort_session = models.OneToOneField(
        "cohorts_network.CohortSession", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A draft module may be deleted again; the topic can then become another.
    module = models.OneToOneField("curriculum.ModulePage", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-proposed_at", "-saved_at"]
        indexes = [models.Index(fields=["state", "proposed_at"], name="topic_column")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=TopicState.DRAFT) | models.Q(proposed_at__isnull=False),
                name="topic_proposed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TopicState.DECLINED) | ~models.Q(decline_reason=""),
                name="topic_declined_with_reason",
            ),
        ]

    def __str__(self):
        return self.title


class TopicEvent(models.Model):
    """A topic reached a state. Rows are added, never changed; the proposer reads them without `by`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="events")
    state = models.CharField(max_length=20, choices=TopicState)
    words = models.CharField(max_length=2200, blank=True, help_text="The reason, or where it went.")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"{self.topic}: {self.get_state_display()}"


def _mark() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])


class Score(models.Model):
    """What one member gave, once, before seeing what others gave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="scores")
    member = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    relevance = _mark()
    evidence = _mark()
    reach = _mark()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="score_once_per_member"),
            models.CheckConstraint(
                condition=models.Q(relevance__range=(1, 5), evidence__range=(1, 5), reach__range=(1, 5)),
                name="score_from_one_to_five",
            ),
        ]

    def __str__(self):
        return f"{self.member} on {self.topic}"


class Conflict(models.Model):
    """A member has a stake in the topic: their score, if there is one, does not count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="conflicts")
    member = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="conflict_once_per_member")]

    def __str__(self):
        return f"{self.member} on {self.topic}"


class Comment(models.Model):
    """A word in the group's discussion of a topic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="comments")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return self.text[:60]
