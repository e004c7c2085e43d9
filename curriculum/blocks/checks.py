"""Knowledge checks. A question is known by its block's id, and so is an option."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from wagtail import blocks


class QuestionKind(TextChoices):
    SINGLE = "single", "One right answer"
    MULTIPLE = "multiple", "Several right answers"
    TRUE_FALSE = "true_false", "True or false"


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300)
    correct = blocks.BooleanBlock(required=False, label="right")
    reason = blocks.TextBlock(
        max_length=600, search_index=False, help_text="Shown after an answer: why it is right or wrong."
    )


class QuestionBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=QuestionKind.choices, default=QuestionKind.SINGLE, search_index=False)
    text = blocks.TextBlock(max_length=600)
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=8)

    def clean(self, value):
        cleaned = super().clean(value)
        right = sum(bool(option["correct"]) for option in cleaned["options"])
        if cleaned["kind"] == QuestionKind.MULTIPLE and right == 0:
            raise ValidationError("Mark at least one option as right.")
        if cleaned["kind"] != QuestionKind.MULTIPLE and right != 1:
            raise ValidationError("Mark exactly one option as right, or choose “Several right answers”.")
        return cleaned


class KnowledgeCheckBlock(blocks.StructBlock):
    """Leaders answer it on the page that cohorts draws around the body; here it is only read, without its answers."""

    title = blocks.CharBlock(max_length=120, default="Check yourself")
    pass_mark = blocks.IntegerBlock(min_value=1, max_value=100, default=70, help_text="Percent of questions right.")
    attempts = blocks.IntegerBlock(
        min_value=1, max_value=20, default=3, help_text="How often a leader may try before asking program staff."
    )
    questions = blocks.ListBlock(QuestionBlock(), min_num=1)

    class Meta:
        icon = "help"
        template = "curriculum/blocks/check.html"
