"""A practice's certificates: the PDF in its brand, beside the network's registry entry."""

import uuid

from django.db import models

from lms.people.models import Person


class Certificate(models.Model):
    """A certificate of a leader. The PDF is the private file named by its SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    design = models.ForeignKey("certificates_network.Design", models.DO_NOTHING, related_name="+")
    registry = models.OneToOneField("certificates_network.Registry", models.DO_NOTHING, related_name="+")
    title = models.CharField(max_length=150)
    file = models.CharField(max_length=120)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_at"]

    def __str__(self):
        return self.title
