"""Banks of questions, kept for use in knowledge checks.

A lesson takes a copy of a bank's question: what leaders were asked stays as it was asked.
Nothing here knows who answered.
"""

import uuid

from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamBlock

from curriculum.blocks import QuestionKind
from curriculum.blocks.checks import QuestionBlock
from curriculum.fields import BlocksField, settle_ids
from lms.accounts.models import User


class QuestionBank(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    about = models.TextField("what it is for", max_length=400, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("question_banks:bank", args=[self.pk])


class OneQuestion(StreamBlock):
    question = QuestionBlock()

    class Meta:
        min_num = 1
        max_num = 1


class BankQuestion(models.Model):
    """A question in a bank. `kind` repeats what the block says, for lists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bank = models.ForeignKey(QuestionBank, models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField(default=0, editable=False, help_text="Its place in the bank, from 1.")
    title = models.CharField(max_length=120, help_text="For the list; leaders do not see it.")
    kind = models.CharField(max_length=20, choices=QuestionKind, editable=False)
    content = BlocksField(OneQuestion(), verbose_name="question")

    panels = [FieldPanel("bank"), FieldPanel("title"), FieldPanel("content")]

    class Meta:
        ordering = ["position", "title"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.kind = self.value["kind"]
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.content:
            settle_ids(self.content)

    @property
    def value(self):
        """The question, as a knowledge check holds it."""
        return self.content[0].value


class GiftImport(models.Model):
    """A file that was uploaded and not yet agreed to. Nothing of it is in the bank before `done_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bank = models.ForeignKey(QuestionBank, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=150)
    text = models.TextField(editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True, help_text="What it did, in a sentence.")
