"""What is played, opened or taken home beside the words of a lesson."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock()
    note = blocks.CharBlock(max_length=160, required=False, help_text="What it is for, in a few words.")

    class Meta:
        icon = "doc-full"
        template = "curriculum/blocks/document.html"


class ChecklistBlock(blocks.StructBlock):
    """Steps to take home: it has a page of its own that is made to be printed."""

    title = blocks.CharBlock(max_length=120)
    items = blocks.ListBlock(blocks.CharBlock(max_length=250), min_num=1, max_num=30)

    class Meta:
        icon = "list-ul"
        label = "checklist to take home"
        template = "curriculum/blocks/checklist.html"
