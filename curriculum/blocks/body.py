"""What a lesson is made of."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from curriculum.blocks.checks import KnowledgeCheckBlock

PLAIN_RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


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


class LessonBody(blocks.StreamBlock):
    heading = blocks.CharBlock(max_length=150, icon="title", template="curriculum/blocks/heading.html")
    text = blocks.RichTextBlock(features=PLAIN_RICH_TEXT)
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = CreditedImageBlock()
    table = PlainTableBlock()
    reflection = ReflectionBlock()
    check = KnowledgeCheckBlock()
