"""What the library may find. Nothing here is more than a published page, a document or a name on one says.

Never write these rows yourself: `indexing` keeps them, and `manage.py library_index` makes the same ones again.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

# Titles are looked up as English and as they stand, since a name has no stem.
SEARCH = (
    SearchVector("title", "plain_title", weight="A", config="english")
    + SearchVector("title", "plain_title", weight="A", config="simple")
    + SearchVector("summary", weight="B", config="english")
    + SearchVector("body", weight="C", config="english")
)


class LibraryEntry(models.Model):
    """One thing to find: a lesson, a module, a document, one of the faculty, a term (see `sources`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    plain_title = models.CharField(
        max_length=255, blank=True, help_text="The title in plain letters, if it has others."
    )
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    modules = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of the module pages it belongs to.")
    topics = ArrayField(models.CharField(max_length=120), default=list, help_text="Competencies of those modules.")
    uses = ArrayField(models.CharField(max_length=90), default=list, help_text="What is found because this is.")
    words = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Each once, for finding misspelled ones."
    )
    until = models.DateTimeField(null=True, help_text="When its page expires.")
    search = models.GeneratedField(expression=SEARCH, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="library_entry_once")]
        # Searched far more often than written: without `fastupdate` no search first reads a list of pending rows.
        indexes = [
            GinIndex(fields=["search"], name="library_entry_search", fastupdate=False),
            GinIndex(fields=["uses"], name="library_entry_uses"),
        ]

    def __str__(self):
        return self.title


class LibraryWord(models.Model):
    """A word of the index, and in how many entries it stands: what a misspelled one may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    entries = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="library_word_near", fastupdate=False)]
