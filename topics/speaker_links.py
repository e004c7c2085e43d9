"""The signed link by which a speaker confirms or declines, without an account.

It carries the speaker's row and the generation of the link; sending a new one counts the generation up, which ends the
older links.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from lms import clock
from topics.models import Speaker

DAYS = 30
_signer = Signer(salt="topics.speaker")


@dataclass(frozen=True)
class SpeakerLink:
    """What a link that we signed says. `expired` is by its age alone."""

    speaker_id: uuid.UUID
    generation: int
    expired: bool


def path_to_answer(speaker: Speaker) -> str:
    """The path of a fresh link for the speaker's present generation, good for DAYS days."""
    expires = int((clock.now() + dt.timedelta(days=DAYS)).timestamp())
    return reverse("topics:answer", args=[_signer.sign(f"{speaker.pk.hex}.{speaker.generation}.{expires}")])


def read_link(token: str) -> SpeakerLink | None:
    """What `token` says; None for one that we did not sign."""
    try:
        speaker_id, generation, expires = _signer.unsign(token).split(".")
    except BadSignature:
        return None
    return SpeakerLink(uuid.UUID(speaker_id), int(generation), clock.now().timestamp() > int(expires))
