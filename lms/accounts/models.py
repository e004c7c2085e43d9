"""Users of the network and the roles they hold in it. Nothing known about a person's program is here."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from lms import clock
from lms.accounts import enums
from lms.accounts.validators import printable_credentials, printable_name


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
    name = models.CharField("name as printed", max_length=150, validators=[printable_name])
    credentials = models.CharField(
        max_length=60,
        blank=True,
        help_text="Such as MD, FACP. Printed after the name.",
        validators=[printable_credentials],
    )
    time_zone = models.CharField(max_length=60, default="America/Chicago", choices=enums.US_TIME_ZONES)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    bounced_at = models.DateTimeField(null=True, blank=True, help_text="When mail to the address last bounced.")
    sign_ins_ended = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counted up to end every session of this person for good."
    )

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

    def _get_session_auth_hash(self, secret=None):
        # Besides a changed password, ending a person's access ends their sessions, also once it is opened again.
        return f"{super()._get_session_auth_hash(secret=secret)}{self.sign_ins_ended}"  # type: ignore[misc]

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

    def is_open(self, generation: int) -> bool:
        """Whether the link of `generation` still works."""
        return self.accepted_at is None and self.generation == generation and clock.now() < self.expires_at


class AccountEvent(models.Model):
    """Something that happened to an account, shown on the person's page. Rows are added, never changed.

    `what` is a sentence of ours without a link. Who did it is a plain id with the name at the time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="events")
    what = models.CharField(max_length=400)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.what

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("What happened to an account is never changed afterward.")
        super().save(*args, **kwargs)
