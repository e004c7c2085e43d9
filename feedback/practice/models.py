"""Who is asked, and who has answered. An anonymous answer itself is never here.

A receipt has no time and no release, and is shown to nobody but the person: do not add either.
"""

import uuid

from django.db import models

from lms.people.models import Person


class SurveyInvitation(models.Model):
    """A person is asked by a window."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="survey_invitations")
    window = models.ForeignKey("feedback_network.Window", models.DO_NOTHING, related_name="+")
    invited_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "window"], name="asked_once_per_window")]


class Receipt(models.Model):
    """The person has answered. Written in the response's transaction, with no time."""

    invitation = models.OneToOneField(SurveyInvitation, models.CASCADE, primary_key=True, related_name="receipt")
