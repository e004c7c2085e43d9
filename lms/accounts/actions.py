import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F

from lms import clock
from lms.accounts import enums
from lms.accounts.models import AccountEvent, Invitation, NetworkRole, User
from lms.accounts.validators import printed
from lms.outbox.actions import promise
from lms.outbox.models import OutboxRow

INVITATION_DAYS = 14


@transaction.atomic
def person_with_account(*, email: str, name: str, credentials: str = "", time_zone: str = "America/Chicago") -> User:
    """The user with this address, made without a password if there is none yet.

    An existing account keeps its own name: the person wrote it. Raises ValidationError for an address that is none,
    or a name that cannot be printed.
    """
    email = email.strip()
    validate_email(email)
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    if user is None:
        name, credentials = printed(name, credentials)
        user = User(email=email.lower(), name=name, credentials=credentials, time_zone=time_zone)
        user.set_unusable_password()
        user.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError:  # somebody else made it in this moment
            user = User.objects.get(email__iexact=email)
    if not user.is_active:
        raise ValidationError("This person’s access was ended. Open it again on the people page first.")
    return user


@transaction.atomic
def record_event(*, user: User, what: str, by: User | None = None) -> None:
    """Add a line to what has happened to the account of `user`; `by` is who did it, None the product itself."""
    AccountEvent.objects.create(
        user=user, what=what, by_id=by.pk if by else None, by_name=by.name if by else "", at=clock.now()
    )


@transaction.atomic
def change_profile(*, user: User, name: str, credentials: str, time_zone: str) -> None:
    """What a person says about themselves. Raises ValidationError by field."""
    user.name, user.credentials = printed(name, credentials)
    user.time_zone = time_zone
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "credentials", "time_zone"])


@transaction.atomic
def correct_address(*, user: User, email: str, by: User) -> None:
    """Give `user` another address. Links that went to the old one stop working, open invitations go out again.

    Raises ValidationError for an address that is none or another person's. The same address again changes nothing
    but the mark that mail to it bounced.
    """
    email = email.strip().lower()
    validate_email(email)
    user = User.objects.select_for_update().get(pk=user.pk)
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise ValidationError("Another person has this address. Find them on the people page.")
    before, bounced = user.email, user.bounced_at
    if before == email and bounced is None:
        return
    user.email, user.bounced_at = email, None
    user.full_clean(exclude=["password"])
    user.save(update_fields=["email", "bounced_at"])
    if before == email:
        record_event(user=user, what="Cleared the mark that mail to the address bounced.", by=by)
        return
    keep_sign_in_address(user=user)
    record_event(user=user, what=f"Corrected the address from {before} to {email}.", by=by)
    for invitation in user.invitations.filter(accepted_at=None):
        send_invitation_again(invitation=invitation)


@transaction.atomic
def keep_sign_in_address(*, user: User) -> None:
    """Keep the row by which sign-in knows the address of `user`: one, verified and primary."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.filter(email__iexact=user.email).exclude(user=user).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def end_access(*, user: User, by: User) -> None:
    """Close the account and end every session of it; felt at the next request. Again changes nothing.

    Raises ValidationError for one's own account: nobody locks themselves out by a slip.
    """
    if user.pk == by.pk:
        raise ValidationError("You cannot end your own access. Ask a colleague on the program staff.")
    ended = User.objects.filter(pk=user.pk, is_active=True).update(
        is_active=False, sign_ins_ended=F("sign_ins_ended") + 1
    )
    if ended:
        record_event(user=user, what="Ended access and every session.", by=by)


@transaction.atomic
def open_access(*, user: User, by: User) -> None:
    """Open an account again whose access was ended; the person signs in anew. Again changes nothing."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record_event(user=user, what="Opened access again.", by=by)


@transaction.atomic
def grant_network_role(*, user: User, role: enums.NetworkRole | str, by: User | None = None) -> NetworkRole:
    """Give `user` a network role, and the CMS group of the same name where there is one."""
    role = enums.NetworkRole(role)
    row, made = NetworkRole.objects.get_or_create(user=user, role=role, defaults={"started_at": clock.now()})
    begun = made or row.ended_at is not None
    if not made and begun:
        row.started_at, row.ended_at = clock.now(), None
        row.save(update_fields=["started_at", "ended_at"])
    if role in enums.CMS_ROLES:
        user.groups.add(Group.objects.get_or_create(name=role.label)[0])
    if begun:
        record_event(user=user, what=f"Gave the role {role.label}.", by=by)
    return row


@transaction.atomic
def end_network_role(*, user: User, role: enums.NetworkRole | str, by: User | None = None) -> None:
    """End a network role; felt at the next request. Again changes nothing.

    Raises ValidationError where staff would end their own place on the program staff.
    """
    role = enums.NetworkRole(role)
    if by is not None and by.pk == user.pk and role is enums.NetworkRole.STAFF:
        raise ValidationError("You cannot end your own role. Ask a colleague on the program staff.")
    ended = NetworkRole.objects.filter(user=user, role=role, ended_at=None).update(ended_at=clock.now())
    user.groups.remove(*Group.objects.filter(name=role.label))
    if ended:
        record_event(user=user, what=f"Ended the role {role.label}.", by=by)


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
def send_invitation_again(*, invitation: Invitation, practice=None, by: User | None = None) -> Invitation:
    """A fresh link with a fresh date; older links stop working. An accepted invitation stays as it is.

    Without `practice`, the mail goes out from the one that it went out from before.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is None:
        if practice is None:
            before = OutboxRow.objects.filter(key=_mail_key(invitation)).select_related("practice").first()
            practice = before.practice if before else None
        invitation.generation += 1
        invitation.sent_at = clock.now()
        invitation.expires_at = clock.now() + dt.timedelta(days=INVITATION_DAYS)
        invitation.save(update_fields=["generation", "sent_at", "expires_at"])
        _promise_mail(invitation, practice)
        record_event(user=invitation.user, what="Sent the invitation again.", by=by)
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, generation: int, password: str, name: str, credentials: str, time_zone: str
) -> User:
    """Set the person's first password and what they say about themselves; the link is used up by it.

    Raises ValidationError by field, or without one where the link was used, replaced or expired meanwhile.
    """
    invitation = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    user = invitation.user
    if not invitation.is_open(generation) or not user.is_active or user.has_usable_password():
        raise ValidationError("This link was used or replaced in the meantime. Open it again from your mail.")
    change_profile(user=user, name=name, credentials=credentials, time_zone=time_zone)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    keep_sign_in_address(user=user)
    _mark_accepted(invitation)
    return user


@transaction.atomic
def accept_signed_in(*, invitation: Invitation, generation: int, user: User) -> None:
    """The invited person, who had an account already and is signed in, goes on. Again changes nothing."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.user_id == user.pk and invitation.is_open(generation):
        _mark_accepted(invitation)


def _mark_accepted(invitation: Invitation) -> None:
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record_event(user=invitation.user, what="Accepted the invitation.", by=invitation.user)


def _mail_key(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}:{invitation.generation}"


def _promise_mail(invitation: Invitation, practice) -> None:
    promise(
        kind="invitation",
        practice=practice,
        ids={"invitation": str(invitation.pk), "generation": invitation.generation},
        key=_mail_key(invitation),
        expires_at=invitation.expires_at,
    )
