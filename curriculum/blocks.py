"""What a lesson is made of. A question of a knowledge check is known by its block's id."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

PLAIN_RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class QuestionKind(TextChoices):
    SINGLE = "single", "One right answer"
    MULTIPLE = "multiple", "Several right answers"
    TRUE_FALSE = "true_false", "True or false"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=400)
    attribution = blocks.CharBlock(max_length=120, required=False, help_text="Who says it, and in what role.")

    class Meta:
        icon = "openquote"
        template = "curriculum/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    value = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link"], label="text")

    class Meta:
        icon = "warning"
        template = "curriculum/blocks/callout.html"


class CreditedImageBlock(blocks.StructBlock):
    image = ImageBlock(label="image and its description")
    caption = blocks.CharBlock(max_length=250, required=False)
    credit = blocks.CharBlock(max_length=120, required=False)

    class Meta:
        icon = "image"
        template = "curriculum/blocks/image.html"


class PlainTableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(max_length=200, help_text="What the table shows; read aloud before it.")
    columns = blocks.ListBlock(blocks.CharBlock(max_length=120), min_num=1)
    rows = blocks.ListBlock(blocks.ListBlock(blocks.CharBlock(max_length=400, required=False)), min_num=1)

    class Meta:
        icon = "table"
        template = "curriculum/blocks/table.html"

    def clean(self, value):
        cleaned = super().clean(value)
        width = len(cleaned["columns"])
        for number, row in enumerate(cleaned["rows"], start=1):
            if len(row) != width:
                raise ValidationError(f"Row {number} has {len(row)} cells: give it {width}, one for each column.")
        return cleaned


class ReflectionBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(max_length=300)

    class Meta:
        icon = "edit"
        label = "reflection (private to the leader)"
        template = "curriculum/blocks/reflection.html"


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


class Objectives(blocks.StreamBlock):
    objective = blocks.CharBlock(max_length=250)


class Competencies(blocks.StreamBlock):
    competency = blocks.CharBlock(max_length=80)


class LessonBody(blocks.StreamBlock):
    heading = blocks.CharBlock(max_length=150, icon="title", template="curriculum/blocks/heading.html")
    text = blocks.RichTextBlock(features=PLAIN_RICH_TEXT)
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = CreditedImageBlock()
    table = PlainTableBlock()
    reflection = ReflectionBlock()
    check = KnowledgeCheckBlock()


class ReferenceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=400)
    url = blocks.URLBlock(required=False)
    doi = blocks.RegexBlock(
        regex=r"^10\.\d{4,9}/\S+\Z",
        required=False,
        error_messages={"invalid": "Enter a DOI that starts with 10., such as 10.1200/JCO.19.01234."},
    )

    class Meta:
        icon = "doc-full"


class References(blocks.StreamBlock):
    reference = ReferenceBlock()
