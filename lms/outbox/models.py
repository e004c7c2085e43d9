"""Work that a transaction promised. Rows hold a practice, a kind and ids, no words about a person."""

import uuid

from django.db import models

from lms import clock


class OutboxRow(models.Model):
    """One promise: a mail to send or a piece of work to do, taken up by a worker under a lease.

    A row is open until one of done_at, dropped_at (went stale, or no longer wanted) or stopped_at (tried too
    often; staff may retry or give up) is set.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    practice = models.ForeignKey("practices.Practice", models.PROTECT, null=True, related_name="+")
    ids = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True, unique=True, help_text="The same promise makes one row.")
    body = models.TextField(blank=True, help_text="A library's finished mail; emptied once sent.")
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sending_at = models.DateTimeField(null=True, help_text="A send was begun and not yet known to have ended.")
    possible_repeat = models.BooleanField(default=False)
    refused_at = models.DateTimeField(null=True, help_text="When the mail server last refused or did not answer.")
    last_error = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="outbox_open",
                condition=models.Q(done_at=None, dropped_at=None, stopped_at=None),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
