"""The public registry: what each certificate states, verifiable after the practice has left.

Entries are never deleted and what they state is never edited.
"""

import uuid

from django.db import models

from certificates.network import enums


class Design(models.Model):
    """How a kind of certificate looks and what it says. In `title`, {program} and {year} are filled in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=enums.AwardKind, unique=True)
    title = models.CharField(max_length=120)
    page_size = models.CharField(max_length=6, choices=[("Letter", "US Letter"), ("A4", "A4")], default="Letter")
    signatories = models.JSONField(default=list, help_text="Up to three of [name, title].")

    def __str__(self):
        return self.title


class Registry(models.Model):
    """One certificate as the public sees it. `statement` holds everything that the PDF states."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    user_id = models.UUIDField(help_text="The holder; no key, since an entry outlives an account.")
    kind = models.CharField(max_length=20, choices=enums.AwardKind)
    subject = models.CharField(max_length=80, help_text="What was completed: cohort and year.")
    practice = models.ForeignKey(
        "practices.Practice",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Where the PDF is kept; empty once the practice has left.",
    )
    statement = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)
    revoked_reason = models.CharField(max_length=20, choices=enums.RevocationReason, blank=True)
    superseded_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        verbose_name_plural = "registry"
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "kind", "subject"],
                condition=models.Q(superseded_by=None, revoked_on=None),
                name="one_certificate_per_award",
            )
        ]

    def __str__(self):
        return self.number
