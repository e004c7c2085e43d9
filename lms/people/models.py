"""Persons of a practice: the one place where its records point at a user.

Everything else that is known about a person points at Person, never at User.
"""

import uuid

from django.conf import settings
from django.db import models


class Person(models.Model):
    """A user within this practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    profile = models.TextField(blank=True, max_length=600, help_text="What cohort peers read about this person.")
    hidden_from_peers = models.BooleanField(default=False)

    def __str__(self):
        return str(self.user)


class AccessLogEntry(models.Model):
    """Somebody other than the leader opened the leader's page or exported their name. The leader reads this."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="access_log")
    viewer_id = models.UUIDField()
    viewer_name = models.CharField(max_length=150)
    viewer_role = models.CharField(max_length=60)
    what = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.viewer_name}: {self.what}"


class MailLine(models.Model):
    """What was mailed about a person: never a body, never a link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_lines")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    address = models.EmailField()
    sent_at = models.DateTimeField()
    possible_repeat = models.BooleanField(default=False)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self):
        return self.subject
