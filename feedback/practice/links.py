"""The link in a survey's mail: good for that one invitation, and for nothing else of its person."""

import uuid

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from feedback.practice.models import SurveyInvitation
from lms.links import absolute
from lms.practices.models import Practice

_signer = Signer(salt="feedback.survey")


def survey_link(practice: Practice, invitation: SurveyInvitation) -> str:
    """The absolute link that leads to the first question without signing in. It ends with the window."""
    token = _signer.sign(f"{practice.pk.hex}{invitation.pk.hex}")
    return absolute(reverse("feedback_public:survey", kwargs={"token": token}))


def read_token(token: str) -> tuple[uuid.UUID, uuid.UUID]:
    """The ids of practice and invitation in a link's token. Raises BadSignature for any other text."""
    ids = _signer.unsign(token)
    if len(ids) != 64:
        raise BadSignature
    return uuid.UUID(ids[:32]), uuid.UUID(ids[32:])
