"""The signed link of an invitation: it carries the invitation's id and its generation."""

import uuid

from django.core import signing

from lms.accounts.models import Invitation

SALT = "lms.accounts.invitation"


def token_of(invitation: Invitation, generation: int) -> str:
    return signing.dumps([invitation.pk.hex, generation], salt=SALT)


def read(token: str) -> tuple[Invitation, int] | None:
    """The invitation that a link names and the link's generation, or None where the link is not one of ours."""
    try:
        pk, generation = signing.loads(token, salt=SALT)
        invitation = Invitation.objects.select_related("user").filter(pk=uuid.UUID(pk)).first()
    except (signing.BadSignature, ValueError):
        return None
    return (invitation, generation) if invitation else None
