"""What a leader publishes about themselves, by their own act, and takes down again."""

import uuid

from django.db import models


class SpeakerPage(models.Model):
    """A public page of one user; while `published_at` is empty it does not exist for others."""

    user = models.OneToOneField("accounts.User", models.CASCADE, primary_key=True, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    line = models.CharField(max_length=300, blank=True)
    topics = models.TextField(max_length=1000, blank=True, help_text="What they speak about, one to a line.")
    practice_name = models.CharField(max_length=120, blank=True, help_text="Empty unless they chose to name it.")
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.slug

    @property
    def topic_lines(self) -> list[str]:
        return [line.strip() for line in self.topics.splitlines() if line.strip()]


class SpeakerTalk(models.Model):
    """A talk that they gave elsewhere, in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(SpeakerPage, models.CASCADE, related_name="talks")
    title = models.CharField(max_length=150)
    place = models.CharField(max_length=150, blank=True)
    given_on = models.DateField()

    class Meta:
        ordering = ["-given_on", "title"]

    def __str__(self):
        return self.title
