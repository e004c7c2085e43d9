"""What is defined once and used by many pages: the framework of competencies, the glossary, videos."""

from django.core.validators import FileExtensionValidator, MaxLengthValidator
from django.db import models
from wagtail.search import index

from curriculum.captions import refuse_broken_captions
from curriculum.uploads import refuse_large_video, refuse_other_than_video


class Competency(index.Indexed, models.Model):
    """One competency of the network's framework of physician leadership; modules choose from these."""

    name = models.CharField(max_length=80, unique=True)
    description = models.TextField(
        max_length=600, blank=True, help_text="What a leader who has it does, in a sentence or two."
    )
    sort_order = models.PositiveIntegerField(
        "order", default=0, help_text="Where it stands in the framework: low numbers first."
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("description")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name_plural = "competencies"

    def __str__(self):
        return self.name


class Term(index.Indexed, models.Model):
    """A term of the glossary. It explains itself in every lesson where it, or another spelling, occurs."""

    name = models.CharField("term", max_length=80, unique=True)
    spellings = models.TextField(
        "other spellings",
        blank=True,
        validators=[MaxLengthValidator(600)],
        help_text="One on each line: plurals, abbreviations, the long form. Capital letters alone are kept apart, "
        "so that “AIM” is not found in “aim”.",
    )
    definition = models.TextField(max_length=600, help_text="In one or two sentences, for a physician new to it.")

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("spellings"),
        index.SearchField("definition"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "term of the glossary"
        verbose_name_plural = "terms of the glossary"

    def __str__(self):
        return self.name

    @property
    def words(self) -> list[str]:
        """The term and its other spellings, each once."""
        lines = [self.name, *self.spellings.splitlines()]
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


class Video(index.Indexed, models.Model):
    """A video that we hold ourselves, with its captions. Its length is said where it is shown."""

    title = models.CharField(max_length=120)
    file = models.FileField(
        upload_to="videos",
        validators=[FileExtensionValidator(["mp4", "webm"]), refuse_large_video, refuse_other_than_video],
        help_text="MP4 or WebM, up to 500 MB.",
    )
    captions = models.FileField(
        upload_to="captions",
        blank=True,
        validators=[FileExtensionValidator(["vtt"]), refuse_broken_captions],
        help_text="A WebVTT file (.vtt) in English. Without one, every lesson that shows the video needs a transcript.",
    )

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    @property
    def content_type(self) -> str:
        return "video/webm" if (self.file.name or "").lower().endswith(".webm") else "video/mp4"
