"""The review of a page: who was asked until when, which text was let through by whom, and which never changes again.

A seal is never taken off, and a clearance never changes, but for the second look at an emergency.
"""

import uuid

from django.conf import settings
from django.db import models
from wagtail.models import Revision, Task, TaskState

from lms import clock


class ReviewState(TaskState):
    """One reading of one submitted revision. `authors` are those who wrote it: they do not decide about it."""

    due_on = models.DateField(help_text="The last day on which an answer is in time.")
    note = models.TextField(blank=True, max_length=1000)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        verbose_name = "review"
        verbose_name_plural = "reviews"


class FourEyesTask(Task):
    """Wagtail's task, decided in the product's own view alone: an approval has to name the text that was shown.

    So it offers Wagtail's editor no actions of its own.
    """

    task_state_class = ReviewState

    class Meta:
        verbose_name = "four-eyes review"
        verbose_name_plural = "four-eyes reviews"

    def start(self, workflow_state, user=None):
        from curriculum.review.asking import begin

        return begin(task=self, workflow_state=workflow_state, user=user)

    def user_can_access_editor(self, obj, user):
        from curriculum.review.permissions import may_review

        return may_review(user)

    def locked_for_user(self, obj, user):
        """Who only writes takes the page back before changing it. Reviewers comment, which saves the page."""
        from curriculum.review.permissions import may_review

        return not may_review(user)

    @classmethod
    def get_description(cls):
        return "Somebody who did not write the text reads it and approves it."


class Seal(models.Model):
    """This revision's content never changes again: it was submitted, approved, scheduled or published.

    The database holds it to that (see the migration). Wagtail's autosave would write over it.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="+")
    sealed_at = models.DateTimeField(default=clock.now)


class ClearanceKind(models.TextChoices):
    APPROVED = "approved", "Approved"
    UNCHANGED = "unchanged", "Same text as approved before"
    NETWORK = "network", "Made by the product itself"
    EMERGENCY = "emergency", "Published in an emergency"


class Clearance(models.Model):
    """This revision may be published. An emergency stays open until somebody else has looked at it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.OneToOneField(Revision, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ClearanceKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField(blank=True, max_length=1000)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    looked_by_name = models.CharField(max_length=150, blank=True)
    looked_at = models.DateTimeField(null=True)
    look_note = models.TextField(blank=True, max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="emergency") | ~models.Q(reason=""), name="emergency_has_a_reason"
            )
        ]
        indexes = [
            models.Index(
                fields=["at"], name="emergencies_to_look_at", condition=models.Q(kind="emergency", looked_at=None)
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} by {self.by_name or 'the product'}"

    @property
    def is_open_emergency(self) -> bool:
        return self.kind == ClearanceKind.EMERGENCY and self.looked_at is None
