"""Users of the network and the roles they hold in it. Nothing known about a person's program is here."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from lms import clock
from lms.accounts import enums


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. `name` is printed on certificates as it stands here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField("name as printed", max_length=150)
    credentials = models.CharField(max_length=60, blank=True, help_text="Such as MD, FACP. Printed after the name.")
    time_zone = models.CharField(max_length=60, default="America/Chicago", choices=enums.US_TIME_ZONES)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    bounced_at = models.DateTimeField(null=True, blank=True, help_text="When mail to the address last bounced.")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self):
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Django's word for "may open its admin site", which we do not run."""
        return self.is_superuser


class NetworkRole(models.Model):
    """One role of one user in the network. Ending it is a date, felt at the next request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="network_roles")
    role = models.CharField(max_length=20, choices=enums.NetworkRole)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="network_role_once")]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"


class Invitation(models.Model):
    """An invitation to sign in for the first time. `key` says why, so that the same promise makes one row.

    The link carries this row's id and `generation`, signed; sending again counts the generation up, which
    ends the older links.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    key = models.CharField(max_length=100, unique=True)
    leads_to = models.CharField(max_length=200, default="/home/", help_text="Where the person lands afterward.")
    generation = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self):
        return f"Invitation of {self.user}"
