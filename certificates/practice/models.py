"""A practice's certificates: the PDF in its brand, beside the network's registry entry."""

import uuid

from django.db import models

from cohorts.practice.models import Enrollment
from lms.people.models import Person


class Certificate(models.Model):
    """A certificate of a leader, under the same id as its registry entry. The PDF is the private file `file`.

    What staff wrote about it stays here: the registry is public.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="certificates")
    year = models.PositiveSmallIntegerField(null=True, help_text="Empty for the whole program.")
    design = models.ForeignKey("certificates_network.Design", models.DO_NOTHING, related_name="+")
    registry = models.OneToOneField("certificates_network.Registry", models.DO_NOTHING, related_name="+")
    title = models.CharField(max_length=150)
    file = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, help_text="When staff last let it stand though its year was taken back.")
    kept_by_name = models.CharField(max_length=150, blank=True)
    revoked_note = models.CharField(max_length=500, blank=True, help_text="For staff only.")
    revoked_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-issued_at"]

    def __str__(self):
        return self.title
