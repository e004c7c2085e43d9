from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.practice.queries import leads_in
from lms.accounts.actions import grant_network_role, invite, person_with_account, record_event, send_invitation_again
from lms.accounts.models import User
from lms.people.actions import person_for, record_access
from lms.practices.actions import end_membership, grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Membership, Practice
from lms.practices.schema import enter


@transaction.atomic
def add_person(*, name: str, credentials: str, email: str, role: str, practice: Practice | None, by: User) -> User:
    """Make a place for a person: account, role (in `practice` or the network), an invitation before a first password.

    Raises ValidationError for an address that is none or whose access was ended.
    """
    user = person_with_account(email=email, name=name, credentials=credentials)
    if practice is None:
        grant_network_role(user=user, role=role, by=by)
    else:
        membership = grant_membership(user=user, practice=practice, role=role)
        record_event(user=user, what=f"Gave the role {membership.get_role_display()} in {practice.name}.", by=by)
    if not user.has_usable_password() and not user.invitations.filter(accepted_at=None).exists():
        invite(user=user, key=f"person:{user.pk}")
    return user


@transaction.atomic
def invite_again(*, user: User, by: User) -> str:
    """Send every open invitation of `user` again, or a first one where there is no password yet; says what was done.

    Raises ValidationError where it would lead nowhere.
    """
    if not user.is_active:
        raise ValidationError("Open access again first: an invitation would lead nowhere.")
    waiting = list(user.invitations.filter(accepted_at=None))
    if waiting:
        for invitation in waiting:
            send_invitation_again(invitation=invitation, by=by)
        return f"A new invitation is on its way to {user.email}. Older links no longer work."
    if user.has_usable_password():
        raise ValidationError("This person signs in already. They can ask for a new password on the sign-in page.")
    invite(user=user, key=f"person:{user.pk}")
    record_event(user=user, what="Sent an invitation.", by=by)
    return f"An invitation is on its way to {user.email}."


@transaction.atomic
def end_membership_by(*, membership: Membership, by: User) -> None:
    """End one role in a practice, and write down who did it. Again changes nothing."""
    if membership.ended_at is None:
        end_membership(membership=membership)
        what = f"Ended the role {PracticeRole(membership.role).label} in {membership.practice.name}."
        record_event(user=membership.user, what=what, by=by)


def record_look(*, person: User, viewer: User) -> None:
    """Write into the access log of each practice in which `person` is a leader that staff opened their page."""
    for practice in leads_in(person):
        with enter(practice):
            record_access(
                person=person_for(user=person), viewer=viewer, role="Program staff", what="The page about the account"
            )
