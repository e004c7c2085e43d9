"""The signed link of an invitation: it carries the invitation's id and its generation.

It holds no time: when it ends is kept in the invitation.
"""

import uuid

from django.core import signing

from lms.accounts.models import Invitation

SALT = "lms.accounts.invitation"


def token_of(invitation: Invitation, generation: int) -> str:
    return signing.Signer(salt=SALT).sign_object([invitation.pk.hex, generation])


def read(token: str) -> tuple[Invitation, int] | None:
    """The invitation that a link names and the link's generation, or None where the link is not one of ours."""
    try:
        pk, generation = signing.Signer(salt=SALT).unsign_object(token)
        invitation = Invitation.objects.select_related("user").filter(pk=uuid.UUID(pk)).first()
    except (signing.BadSignature, ValueError):
        return None
    return (invitation, generation) if invitation else None
