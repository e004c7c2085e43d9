"""The network's curriculum, as Wagtail pages.

Nothing here knows who read a page: records of people are a practice's, and cohorts draws them around these
pages. A page that records point at is unpublished, never deleted.
"""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from curriculum.blocks import LessonBody, ReferenceBlock
from curriculum.enums import SessionMode


class FrontPage(Page):
    """The signed-out front page, the root of the site."""

    lede = models.TextField(max_length=400)
    body = RichTextField(blank=True)

    content_panels = Page.content_panels + [FieldPanel("lede"), FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["curriculum.ProgramPage", "curriculum.InfoPage"]
    max_count = 1


class InfoPage(Page):
    """A public page of words: help, privacy, accessibility."""

    lede = models.TextField(max_length=400, blank=True)
    body = RichTextField()

    content_panels = Page.content_panels + [FieldPanel("lede"), FieldPanel("body")]
    parent_page_types = ["curriculum.FrontPage"]
    subpage_types: list[str] = []


class ProgramPage(Page):
    """A program and the template of its plan. Cohorts are laid out from it and then go their own way."""

    lede = models.TextField(max_length=400, blank=True)
    years = models.PositiveSmallIntegerField(default=2)

    content_panels = Page.content_panels + [
        FieldPanel("lede"),
        FieldPanel("years"),
        InlinePanel("plan_modules", label="Module of the plan", heading="Modules of the plan"),
        InlinePanel("plan_sessions", label="Session of the plan", heading="Sessions of the plan"),
    ]
    parent_page_types = ["curriculum.FrontPage"]
    subpage_types = ["curriculum.ModulePage"]


class PlanModule(Orderable):
    """When a module opens and is due, in months from a cohort's start."""

    program = ParentalKey(ProgramPage, on_delete=models.CASCADE, related_name="plan_modules")
    module = models.ForeignKey("curriculum.ModulePage", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(default=1)
    opens_month = models.PositiveSmallIntegerField(help_text="Months from the start; 0 is the first day.")
    due_month = models.PositiveSmallIntegerField(help_text="Months from the start.")
    required = models.BooleanField(default=True)


class PlanSession(Orderable):
    """A session that every cohort gets, in the given month from its start."""

    program = ParentalKey(ProgramPage, on_delete=models.CASCADE, related_name="plan_sessions")
    title = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(default=1)
    month = models.PositiveSmallIntegerField(help_text="Months from the start.")
    mode = models.CharField(max_length=20, choices=SessionMode)
    minutes = models.PositiveSmallIntegerField(default=60)
    required = models.BooleanField(default=True)


class ModulePage(Page):
    """A module: lessons below it, objectives, competencies, faculty."""

    short_title = models.CharField(max_length=24, help_text="For timelines and boards.")
    lede = models.TextField("summary", max_length=400)
    objectives = StreamField([("objective", CharBlock(max_length=250))], blank=True)
    competencies = StreamField([("competency", CharBlock(max_length=80))], blank=True)
    review_by = models.DateField(null=True, blank=True)

    content_panels = Page.content_panels + [
        FieldPanel("short_title"),
        FieldPanel("lede"),
        FieldPanel("objectives"),
        FieldPanel("competencies"),
        InlinePanel("faculty", label="Faculty"),
        FieldPanel("review_by"),
    ]
    parent_page_types = ["curriculum.ProgramPage"]
    subpage_types = ["curriculum.LessonPage"]


class ModuleFaculty(Orderable):
    module = ParentalKey(ModulePage, on_delete=models.CASCADE, related_name="faculty")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    about = models.CharField(max_length=200, blank=True)

    panels = [FieldPanel("user"), FieldPanel("about")]


class LessonPage(Page):
    """A lesson: ten minutes of reading, perhaps with a knowledge check."""

    lede = models.TextField("summary", max_length=400)
    objectives = StreamField([("objective", CharBlock(max_length=250))], blank=True)
    body = StreamField(LessonBody())
    references = StreamField([("reference", ReferenceBlock())], blank=True)
    minutes_set = models.PositiveSmallIntegerField(
        "minutes", null=True, blank=True, help_text="Left empty, worked out from the text."
    )

    content_panels = Page.content_panels + [
        FieldPanel("lede"),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("references"),
    ]
    settings_panels = [MultiFieldPanel([FieldPanel("minutes_set")], "Reading time"), *Page.settings_panels]
    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list[str] = []
