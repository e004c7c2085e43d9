"""What a lesson shows rather than tells: images, tables, charts."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

NO_DESCRIPTION = "Please add some alt text for your image or mark it as decorative"


class DescribedImageBlock(ImageBlock):
    """Wagtail's, which would publish blanks for a description. A draft may wait for one; a review may not."""

    def clean(self, value):
        cleaned = super().clean(value)
        described = not cleaned or cleaned.decorative or (cleaned.contextual_alt_text or "").strip()
        if not described and not self.is_deferred_validation:
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(NO_DESCRIPTION)})
        return cleaned


class CreditedImageBlock(blocks.StructBlock):
    image = DescribedImageBlock(label="image and its description")
    caption = blocks.CharBlock(max_length=250, required=False)
    credit = blocks.CharBlock(max_length=120, required=False, help_text="Who made it, and under what license.")

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


class ChartKind(TextChoices):
    BARS = "bar", "Bars"
    LINE = "line", "Line"


class ChartRowBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=60)
    value = blocks.DecimalBlock(max_digits=15, decimal_places=3)


class ChartBlock(blocks.StructBlock):
    """A chart drawn from a small table. Its numbers are in the markup too, in words and as a table."""

    kind = blocks.ChoiceBlock(
        choices=ChartKind.choices,
        default=ChartKind.BARS,
        search_index=False,
        help_text="Bars compare things; a line follows one thing over time.",
    )
    title = blocks.CharBlock(max_length=160, help_text="What it shows, in a sentence: it is read aloud first.")
    unit = blocks.CharBlock(
        max_length=20, required=False, search_index=False, help_text="“%”, “$” or a word such as “days”."
    )
    rows = blocks.ListBlock(ChartRowBlock(), min_num=2, max_num=24)
    note = blocks.CharBlock(max_length=250, required=False, help_text="Where the figures are from.")

    class Meta:
        icon = "table"
        template = "curriculum/blocks/chart.html"

    def clean(self, value):
        cleaned = super().clean(value)
        values = [row["value"] for row in cleaned["rows"] if row["value"] is not None]
        if cleaned["kind"] == ChartKind.BARS and any(number < 0 for number in values):
            raise ValidationError("Bars begin at zero: leave out negative values, or choose a line.")
        if cleaned["kind"] == ChartKind.BARS and values and not any(values):
            raise ValidationError("Enter at least one value above zero: nothing would be drawn.")
        return cleaned
