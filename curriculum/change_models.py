"""What was told of the changes of lessons."""

import uuid

from django.db import models


class SubstantialChange(models.Model):
    """A published revision that changed a lesson so that those who had completed it were told. Never changed."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("curriculum.LessonPage", models.CASCADE, related_name="substantial_changes")
    revision_id = models.BigIntegerField(unique=True, help_text="The revision that was published.")
    note = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
