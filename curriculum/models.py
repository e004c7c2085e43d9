"""The network's curriculum, as Wagtail pages.

Nothing here knows who read a page: records of people are a practice's, and cohorts draws them around these
pages. A page that records point at is unpublished, never deleted.
"""

import json
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from curriculum.blocks import LessonBody, Objectives, References
from curriculum.change_models import SubstantialChange
from curriculum.enums import ChangeKind, LessonKind, SessionMode
from curriculum.fields import BlocksField, settle_ids
from curriculum.forms import LessonForm, PageForm
from curriculum.impact import ImpactPanel
from curriculum.permissions import PageRights
from curriculum.places import preview_for_leader
from curriculum.review.pages import Reviewed
from curriculum.serving import ForReaders
from curriculum.shared_models import Competency, Term, Video
from curriculum.word.panels import LeftOutPanel
from lms.accounts.enums import NetworkRole
from lms.accounts.queries import opens_cms

__all__ = [
    "Competency",
    "FrontPage",
    "InfoPage",
    "LessonPage",
    "ModuleFaculty",
    "ModulePage",
    "PlanModule",
    "PlanSession",
    "ProgramPage",
    "SubstantialChange",
    "Term",
    "Video",
]

# Authors are offered faculty alone: the names of leaders are none of the editor's.
FACULTY = {"network_roles__role": NetworkRole.FACULTY.value, "network_roles__ended_at": None}
INFO_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class CurriculumPage(Reviewed, Page):
    """What all our pages share. Privacy is not a setting of a page: its type says who reads it."""

    base_form_class = PageForm
    private_page_options: list[str] = []
    show_in_menus_default = False
    preview_sizes = [
        {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": "Preview on a phone"},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": "Preview on a desktop"},
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")], "Address")
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return PageRights(user, self)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["edits"] = opens_cms(request.user) and self.permissions_for_user(request.user).can_edit()
        return context


class FrontPage(CurriculumPage):
    """The signed-out front page, the root of the site."""

    lede = models.TextField(max_length=400, help_text="What the program is, in a sentence or two.")
    body = RichTextField(blank=True, features=INFO_TEXT)

    content_panels = Page.content_panels + [FieldPanel("lede"), FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["curriculum.ProgramPage", "curriculum.InfoPage", "topics.StrategyPage"]
    max_count = 1


class InfoPage(CurriculumPage):
    """A public page of words: help, privacy, accessibility."""

    lede = models.TextField("summary", max_length=400, blank=True)
    body = RichTextField(features=INFO_TEXT)

    content_panels = Page.content_panels + [FieldPanel("lede"), FieldPanel("body")]
    search_fields = Page.search_fields + [index.SearchField("lede"), index.SearchField("body")]
    parent_page_types = ["curriculum.FrontPage"]
    subpage_types: list[str] = []


class ProgramPage(ForReaders, CurriculumPage):
    """A program and the template of its plan. Cohorts are laid out from it and then go their own way."""

    lede = models.TextField("summary", max_length=400, blank=True)
    years = models.PositiveSmallIntegerField(
        "length in years", default=2, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )

    content_panels = Page.content_panels + [
        FieldPanel("lede"),
        FieldPanel("years"),
        InlinePanel(
            "plan_modules",
            label="Module of the plan",
            heading="Modules of the plan",
            help_text="A new cohort is laid out from this plan. Cohorts that have begun keep theirs.",
        ),
        InlinePanel("plan_sessions", label="Session of the plan", heading="Sessions of the plan"),
    ]
    search_fields = Page.search_fields + [index.SearchField("lede")]
    parent_page_types = ["curriculum.FrontPage"]
    subpage_types = ["curriculum.ModulePage"]

    def get_context(self, request, *args, **kwargs):
        from curriculum.reading import modules_by_year  # it reads these models

        years = modules_by_year(self)
        modules = [module for _, members in years for module in members]
        return {**super().get_context(request, *args, **kwargs), "years": years, "modules": modules}


class PlanModule(Orderable):
    """When a module opens and is due, in months from a cohort's start."""

    program = ParentalKey(ProgramPage, on_delete=models.CASCADE, related_name="plan_modules")
    module = models.ForeignKey("curriculum.ModulePage", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(10)])
    opens_month = models.PositiveSmallIntegerField(
        "opens in month", help_text="Months from the start; 0 is the first day.", validators=[MaxValueValidator(120)]
    )
    due_month = models.PositiveSmallIntegerField(
        "due in month", help_text="Months from the start.", validators=[MaxValueValidator(120)]
    )
    required = models.BooleanField(default=True)

    class Meta(Orderable.Meta):
        verbose_name = "module of a program's plan"
        verbose_name_plural = "modules of a program's plan"

    def clean(self):
        super().clean()
        if self.opens_month is not None and self.due_month is not None and self.due_month < self.opens_month:
            raise ValidationError({"due_month": "Enter a month that is not before the one in which it opens."})


class PlanSession(Orderable):
    """A session that every cohort gets, in the given month from its start."""

    program = ParentalKey(ProgramPage, on_delete=models.CASCADE, related_name="plan_sessions")
    title = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(10)])
    month = models.PositiveSmallIntegerField(help_text="Months from the start.", validators=[MaxValueValidator(120)])
    mode = models.CharField(max_length=20, choices=SessionMode)
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(60 * 24 * 5)]
    )
    required = models.BooleanField(default=True)


class ModulePage(ForReaders, CurriculumPage):
    """A module: lessons below it, objectives, competencies, faculty."""

    lessons: list["LessonPage"]  # set by curriculum.reading.modules_of

    short_title = models.CharField(max_length=24, help_text="For timelines and boards, where there is little room.")
    lede = models.TextField("summary", max_length=400)
    objectives = BlocksField(
        Objectives(), blank=True, help_text="Each completes the sentence “After this module you can …”."
    )
    competencies = ParentalManyToManyField(Competency, blank=True, related_name="modules")
    references = BlocksField(References(), blank=True, verbose_name="sources")
    review_by = models.DateField(null=True, blank=True, help_text="When the advisory group looks at it again.")
    minutes_set = models.PositiveSmallIntegerField(
        "minutes",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60 * 100)],
        help_text="Left empty, the minutes of its lessons together.",
    )

    content_panels = Page.content_panels + [
        FieldPanel("short_title"),
        FieldPanel("lede"),
        FieldPanel("objectives"),
        FieldPanel("competencies", widget=forms.CheckboxSelectMultiple),
        InlinePanel("faculty", label="Faculty"),
        FieldPanel("references"),
        FieldPanel("review_by"),
        HelpPanel(template="curriculum/panels/plan.html", heading="Year"),
        ImpactPanel(heading="Before you publish"),
    ]
    settings_panels = [MultiFieldPanel([FieldPanel("minutes_set")], "Time"), *Page.settings_panels]
    search_fields = Page.search_fields + [index.SearchField("lede"), index.SearchField("objectives")]
    parent_page_types = ["curriculum.ProgramPage"]
    subpage_types = ["curriculum.LessonPage"]

    def clean(self):
        super().clean()
        settle_ids(self.objectives)
        settle_ids(self.references)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """A page out of a revision. Those older than the framework name competencies in words."""
        words = data.get("competencies")
        if isinstance(words, str):
            names = [item["value"] for item in json.loads(words)]
            data = {
                **data,
                "competencies": list(Competency.objects.filter(name__in=names).values_list("pk", flat=True)),
            }
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    @property
    def plan_rows(self) -> models.QuerySet[PlanModule]:
        """Where programs place this module: its year is said there and nowhere else."""
        return PlanModule.objects.filter(module_id=self.pk).select_related("program").order_by("year", "pk")

    def get_context(self, request, *args, **kwargs):
        from curriculum.reading import lessons_of  # it reads these models

        return {
            **super().get_context(request, *args, **kwargs),
            "program": self.get_parent(),
            "lessons": lessons_of(self) if self.pk else [],
            "faculty": self.faculty.select_related("user") if self.pk else [],
            "year": row.year if self.pk and (row := self.plan_rows.first()) else None,
        }


class ModuleFaculty(Orderable):
    module = ParentalKey(ModulePage, on_delete=models.CASCADE, related_name="faculty")
    user = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="+",
        limit_choices_to=FACULTY,
    )
    about = models.CharField(max_length=200, blank=True, help_text="What makes them the one to ask.")

    panels = [FieldPanel("user"), FieldPanel("about")]


class LessonPage(ForReaders, CurriculumPage):
    """A lesson: ten minutes of reading, perhaps with a knowledge check. Or a topic overview that faculty gives."""

    base_form_class = LessonForm

    kind = models.CharField(max_length=20, choices=LessonKind, default=LessonKind.LESSON)
    given_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=FACULTY,
        verbose_name="member of faculty",
        help_text="Whose topic overview this is.",
    )
    lede = models.TextField("summary", max_length=400)
    objectives = BlocksField(
        Objectives(), blank=True, help_text="Each completes the sentence “After this lesson you can …”."
    )
    body = BlocksField(LessonBody())
    references = BlocksField(References(), blank=True, verbose_name="sources")
    minutes_set = models.PositiveSmallIntegerField(
        "minutes",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text="Left empty, worked out from the text at 200 words a minute and the length of its videos.",
    )
    # Of the change that a revision makes, not of the lesson: reviewed with the text, taken off once that is published.
    change_kind = models.CharField(
        "this change is", max_length=20, choices=ChangeKind, default=ChangeKind.MINOR, db_default=ChangeKind.MINOR
    )
    change_note = models.CharField(
        "what changed, for those who have read it",
        max_length=300,
        blank=True,
        db_default="",
        help_text="They read it in a mail and above the lesson. A minor change needs none.",
    )

    content_panels = [
        LeftOutPanel(heading="Brought in from a file"),
        *Page.content_panels,
        FieldPanel("lede"),
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("given_by")], "What it is"),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("references"),
        MultiFieldPanel(
            [ImpactPanel(), FieldPanel("change_kind", widget=forms.RadioSelect), FieldPanel("change_note")],
            heading="Before you publish",
        ),
    ]
    settings_panels = [MultiFieldPanel([FieldPanel("minutes_set")], "Reading time"), *Page.settings_panels]
    search_fields = Page.search_fields + [
        index.SearchField("lede"),
        index.SearchField("objectives"),
        index.SearchField("body"),
    ]
    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list[str] = []

    def clean(self):
        super().clean()
        settle_ids(self.objectives)
        settle_ids(self.body)
        settle_ids(self.references)

    def get_latest_revision_as_object(self):
        """What the editor opens. A mark that was published is not the next change's."""
        from curriculum.changes import unmark_if_published  # it reads these models

        return unmark_if_published(super().get_latest_revision_as_object())

    @property
    def preview_modes(self):
        return [("leader", "As a leader"), ("reader", "As a reader")]

    def serve_preview(self, request, mode_name):
        drawn = preview_for_leader(request, self) if mode_name != "reader" else None
        return drawn or super().serve_preview(request, mode_name)

    def get_context(self, request, *args, **kwargs):
        from curriculum.reading import around  # it reads these models

        return {**super().get_context(request, *args, **kwargs), **around(self)}


class BroughtIn(models.Model):
    """A draft that came out of a file, and what of the file it does not carry as it was.

    The draft is not published, nor sent for approval, before an editor has settled the list.
    """

    wagtail_reference_index_ignore = True  # it says where a page came from: no use of it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.OneToOneField(LessonPage, models.CASCADE, related_name="brought_in")
    file_name = models.CharField(max_length=255)
    notes = models.JSONField(default=list)  # as curriculum.word.manuscript.Note
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
