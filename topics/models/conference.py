"""Conferences, and who speaks to a topic."""

import uuid

from django.db import models

from lms import clock
from lms.accounts.enums import US_TIME_ZONES
from topics.enums import Scope, SpeakerState


class Conference(models.Model):
    """A conference of a region or of the whole network. Its days are those of its own zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    scope = models.CharField(max_length=20, choices=Scope)
    place = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    time_zone = models.CharField(max_length=60, choices=US_TIME_ZONES, default="America/Chicago")
    audience = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="conference_ends_after_start"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_over(self) -> bool:
        return self.ends_on < clock.today(self.time_zone)


class Speaker(models.Model):
    """Somebody asked to speak to an accepted topic. The link carries `generation`; a new one ends the older links.

    `user` is the account of that address, if there is one when they answer: their speaker page lists the talk.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey("topics.Topic", models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=150)
    email = models.EmailField()
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=SpeakerState, default=SpeakerState.ASKED)
    named_in_public = models.BooleanField(default=False, help_text="They agreed to stand on the public program.")
    generation = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "name"]
        constraints = [models.UniqueConstraint(fields=["topic", "email"], name="speaker_once_per_topic")]

    def __str__(self):
        return self.name
