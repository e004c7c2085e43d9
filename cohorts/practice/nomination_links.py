"""The signed link by which a physician answers a nomination, without an account.

It carries the practice, the nomination and the generation of the link; sending it again counts the generation
up, which ends the older links.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from cohorts.practice.models import Nomination
from lms import clock
from lms.practices.models import Practice

DAYS = 30
_signer = Signer(salt="cohorts.practice.nomination")


@dataclass(frozen=True)
class NominationLink:
    """What a link that we signed says. `expired` is by its age alone."""

    practice: Practice
    nomination_id: uuid.UUID
    generation: int
    expired: bool


def path_to_answer(*, practice: Practice, nomination: Nomination) -> str:
    """The path of a fresh link for the nomination's present generation, good for DAYS days."""
    expires = int((clock.now() + dt.timedelta(days=DAYS)).timestamp())
    value = f"{practice.pk.hex}.{nomination.pk.hex}.{nomination.link_generation}.{expires}"
    return reverse("nominations:answer", args=[_signer.sign(value)])


def read_link(token: str) -> NominationLink | None:
    """What `token` says; None for one that we did not sign or whose practice is gone."""
    try:
        practice_id, nomination_id, generation, expires = _signer.unsign(token).split(".")
    except BadSignature:
        return None
    practice = Practice.objects.filter(pk=uuid.UUID(practice_id)).first()
    if practice is None:
        return None
    expired = clock.now().timestamp() > int(expires)
    return NominationLink(practice, uuid.UUID(nomination_id), int(generation), expired)
