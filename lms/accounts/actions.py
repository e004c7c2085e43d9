import datetime as dt

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lms import clock
from lms.accounts import enums
from lms.accounts.models import Invitation, NetworkRole, User
from lms.outbox.actions import promise

INVITATION_DAYS = 14


@transaction.atomic
def person_with_account(*, email: str, name: str, credentials: str = "", time_zone: str = "America/Chicago") -> User:
    """The user with this address, made without a password if there is none yet.

    An existing account keeps its own name: the person wrote it. Raises ValidationError for an address that is none.
    """
    email = email.strip()
    validate_email(email)
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    if user is None:
        user = User(email=email.lower(), name=name.strip(), credentials=credentials.strip(), time_zone=time_zone)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
    if not user.is_active:
        raise ValidationError("This person's access was ended. Open it again on the people page first.")
    return user


@transaction.atomic
def grant_network_role(*, user: User, role: enums.NetworkRole | str) -> NetworkRole:
    """Give `user` a network role, and the CMS group of the same name where there is one."""
    role = enums.NetworkRole(role)
    row, made = NetworkRole.objects.get_or_create(user=user, role=role, defaults={"started_at": clock.now()})
    if not made and row.ended_at is not None:
        row.started_at, row.ended_at = clock.now(), None
        row.save(update_fields=["started_at", "ended_at"])
    if role in enums.CMS_ROLES:
        user.groups.add(Group.objects.get_or_create(name=role.label)[0])
    return row


@transaction.atomic
def end_network_role(*, user: User, role: enums.NetworkRole | str) -> None:
    """End a network role; felt at the next request."""
    role = enums.NetworkRole(role)
    NetworkRole.objects.filter(user=user, role=role, ended_at=None).update(ended_at=clock.now())
    user.groups.remove(*Group.objects.filter(name=role.label))


@transaction.atomic
def invite(*, user: User, key: str, leads_to: str = "/home/", practice=None) -> Invitation:
    """Promise an invitation mail, once per `key`; the same promise again changes nothing."""
    invitation, made = Invitation.objects.get_or_create(
        key=key,
        defaults={
            "user": user,
            "leads_to": leads_to,
            "sent_at": clock.now(),
            "expires_at": clock.now() + dt.timedelta(days=INVITATION_DAYS),
        },
    )
    if made:
        _promise_mail(invitation, practice)
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, practice=None) -> Invitation:
    """A fresh link with a fresh date; older links stop working. An accepted invitation stays as it is."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is None:
        invitation.generation += 1
        invitation.sent_at = clock.now()
        invitation.expires_at = clock.now() + dt.timedelta(days=INVITATION_DAYS)
        invitation.save(update_fields=["generation", "sent_at", "expires_at"])
        _promise_mail(invitation, practice)
    return invitation


def _promise_mail(invitation: Invitation, practice) -> None:
    promise(
        kind="invitation",
        practice=practice,
        ids={"invitation": str(invitation.pk), "generation": invitation.generation},
        key=f"invitation:{invitation.pk}:{invitation.generation}",
        expires_at=invitation.expires_at,
    )
