"""What a lesson is made of."""

from wagtail import blocks

from curriculum.blocks.checks import KnowledgeCheckBlock
from curriculum.blocks.figures import ChartBlock, CreditedImageBlock, PlainTableBlock
from curriculum.blocks.media import ChecklistBlock, DocumentBlock, VideoBlock
from curriculum.blocks.people import FacultyBlock

PLAIN_RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
WORDS, SHOWN, DONE = "To read", "To see", "To do"  # how the editor's menu groups them
ASIDE = ["bold", "italic", "ol", "ul", "link"]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=400)
    attribution = blocks.CharBlock(max_length=120, required=False, help_text="Who says it, and in what role.")

    class Meta:
        icon = "openquote"
        template = "curriculum/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    value = blocks.RichTextBlock(features=ASIDE, label="text")

    class Meta:
        icon = "warning"
        template = "curriculum/blocks/callout.html"


class VignetteBlock(blocks.StructBlock):
    """A case that stops where a decision is due. What came of it is folded away until the reader asks."""

    title = blocks.CharBlock(max_length=120)
    case = blocks.RichTextBlock(features=ASIDE)
    question = blocks.TextBlock(max_length=300, help_text="What the reader decides before reading on.")
    button = blocks.CharBlock(
        max_length=60, default="See what happened", search_index=False, help_text="The words that open the rest."
    )
    reveal = blocks.RichTextBlock(features=ASIDE, label="what is revealed")

    class Meta:
        icon = "view"
        label = "case vignette"
        template = "curriculum/blocks/vignette.html"


class ReflectionBlock(blocks.StructBlock):
    prompt = blocks.TextBlock(max_length=300)

    class Meta:
        icon = "edit"
        label = "reflection (private to the leader)"
        template = "curriculum/blocks/reflection.html"


class LessonBody(blocks.StreamBlock):
    heading = blocks.CharBlock(max_length=150, icon="title", template="curriculum/blocks/heading.html", group=WORDS)
    text = blocks.RichTextBlock(features=PLAIN_RICH_TEXT, group=WORDS)
    quote = QuoteBlock(group=WORDS)
    callout = CalloutBlock(group=WORDS)
    vignette = VignetteBlock(group=WORDS)
    image = CreditedImageBlock(group=SHOWN)
    video = VideoBlock(group=SHOWN)
    table = PlainTableBlock(group=SHOWN)
    chart = ChartBlock(group=SHOWN)
    document = DocumentBlock(group=SHOWN)
    faculty = FacultyBlock(group=SHOWN)
    check = KnowledgeCheckBlock(group=DONE)
    reflection = ReflectionBlock(group=DONE)
    checklist = ChecklistBlock(group=DONE)
