"""The education strategy, which the advisory group edits in the CMS and anybody reads."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, StreamBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from curriculum.fields import BlocksField, settle_ids
from curriculum.models import INFO_TEXT, CurriculumPage


class AimBlock(StructBlock):
    title = CharBlock(max_length=120)
    text = TextBlock(max_length=800, help_text="What the group does about it.")
    by = CharBlock(max_length=60, required=False, label="By when", help_text="Such as Fall 2027.")

    class Meta:
        icon = "list-ol"


class Aims(StreamBlock):
    aim = AimBlock()


class StrategyPage(CurriculumPage):
    """Public, below the front page. It is reviewed and published as every page is."""

    lede = models.TextField("summary", max_length=400)
    aims = BlocksField(Aims(), blank=True)
    body = RichTextField(blank=True, features=INFO_TEXT)

    content_panels = Page.content_panels + [FieldPanel("lede"), FieldPanel("aims"), FieldPanel("body")]
    search_fields = Page.search_fields + [
        index.SearchField("lede"),
        index.SearchField("aims"),
        index.SearchField("body"),
    ]
    parent_page_types = ["curriculum.FrontPage"]
    subpage_types: list[str] = []
    max_count = 1

    def clean(self):
        super().clean()
        settle_ids(self.aims)
