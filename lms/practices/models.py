"""Practices (the tenants) and who belongs to them.

Do not create a Practice here: `actions.onboard_practice` also makes its schema. Do not put a
key to a practice's own tables on any model of this app: those tables are in another schema.
"""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import RegexValidator
from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from lms.practices.enums import PracticeRole, USState

HEX_COLOR = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Enter a color as # and six hex digits, such as #0b5a66.")


def private_storage():
    return storages["private"]


class Practice(TenantMixin):
    """An independent practice of the network. `schema_name` never changes, `slug` is in its URLs."""

    auto_create_schema = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2, choices=USState)
    time_zone = models.CharField(max_length=60, default="America/Chicago")
    joined_on = models.DateField()
    accent = models.CharField("brand color", max_length=7, default="#0b5a66", validators=[HEX_COLOR])
    logo = models.FileField(storage=private_storage, upload_to="logos/", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PracticeDomain(DomainMixin):
    """A practice's own host name. It leads to the practice's front door and never chooses a schema."""


class Office(models.Model):
    """A place where a practice sees patients."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="offices")
    name = models.CharField(max_length=120)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2, choices=USState)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="office_once_per_practice")]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """One role of one user in one practice. Ending it is a date, felt at the next request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=PracticeRole)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "practice", "role"], name="membership_once_per_role")]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.practice}"


class SchemaDDL(models.Model):
    """The statements that make an empty practice schema, taken after `migrate` from the template schema.

    One row. `migrations` is a list of [app, name] pairs, the rows of django_migrations to replay.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    statements = models.TextField()
    migrations = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self):
        return self.fingerprint
