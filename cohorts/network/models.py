"""Cohorts, their plan and their sessions: what is taught, held once by the network.

No model here may point at a person's record; those are a practice's and point here.
"""

import uuid

from django.conf import settings
from django.db import models

from cohorts.network.enums import KeyChangeState, PlanStep, RequirementKind, SessionMode
from lms import clock


class Cohort(models.Model):
    """A group of leaders, from many practices, who start a program on one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)
    program = models.ForeignKey("curriculum.ProgramPage", models.PROTECT, related_name="cohorts")
    starts_on = models.DateField()
    years = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField(default=30)
    nominations_close_on = models.DateField(null=True, blank=True)
    practices = models.ManyToManyField(
        "practices.Practice",
        related_name="+",
        editable=False,
        help_text="Those that have or had a leader in it: who reads across practices reads these alone.",
    )
    westernmost_zone = models.CharField(
        max_length=60,
        default="America/Los_Angeles",
        help_text="Days that end for everybody end in this zone.",
    )

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self):
        return self.name


class CohortSession(models.Model):
    """A session of a cohort: in person at a venue, virtual, or both. Times are moments in UTC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions")
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, max_length=4000)
    mode = models.CharField(max_length=20, choices=SessionMode)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60, help_text="The venue's zone, or the host's for a virtual session.")
    venue = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    meeting_url = models.URLField(blank=True, max_length=500)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    faculty = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="cohort_sessions", blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="Counts up with each change that calendars must learn.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ended_announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()


class Requirement(models.Model):
    """One thing that a cohort's plan asks for. Dates are offsets from the start, or staff's own day.

    Open, due and overdue are derived in cohorts.practice.standing, never stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=20)
    module = models.ForeignKey("curriculum.ModulePage", models.PROTECT, null=True, blank=True, related_name="+")
    cohort_session = models.OneToOneField(
        CohortSession, models.PROTECT, null=True, blank=True, related_name="requirement"
    )
    title = models.CharField(max_length=150)
    short_title = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=True)
    opens_months = models.PositiveSmallIntegerField(default=0)
    opens_days = models.PositiveSmallIntegerField(default=0)
    due_months = models.PositiveSmallIntegerField(default=0)
    due_days = models.PositiveSmallIntegerField(default=0)
    opens_on = models.DateField(null=True, blank=True, help_text="Instead of the offset.")
    due_on = models.DateField(null=True, blank=True, help_text="Instead of the offset.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "module"], name="module_once_per_plan"),
            models.CheckConstraint(
                condition=(~models.Q(kind=RequirementKind.MODULE) | models.Q(module__isnull=False))
                & (~models.Q(kind=RequirementKind.SESSION) | models.Q(cohort_session__isnull=False)),
                name="requirement_names_its_subject",
            ),
        ]

    def __str__(self):
        return self.title


class PlanChange(models.Model):
    """What staff did about a module in which a program's page and a cohort's plan differ.

    `before` and `after` are the requirement's fields, empty where there was none; `planned` is what the page said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="plan_changes")
    module = models.ForeignKey("curriculum.ModulePage", models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=PlanStep)
    planned = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        verbose_name = "change of a cohort’s plan"
        verbose_name_plural = "changes of cohorts’ plans"

    def __str__(self):
        return f"{self.module}: {self.get_step_display()}"


class KeyChange(models.Model):
    """A published revision mended the key or the pass mark of a check, and attempts would come out differently.

    One row is open for a check at a time and follows its newest key; staff decide it once. Counts only: whose
    attempts they are is a practice's to know.
    """

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    check_id = models.UUIDField(help_text="The check's block id.")
    check_title = models.CharField(max_length=120)
    revision_id = models.BigIntegerField(null=True, help_text="The revision that was published with this key.")
    key = models.JSONField(help_text="The check as published then; see curriculum.checking.key_of.")
    noticed_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(help_text="Those that would change.")
    would_pass = models.PositiveIntegerField()
    would_not_pass = models.PositiveIntegerField()
    asked_otherwise = models.PositiveIntegerField(help_text="Attempts at another wording, which stay as they are.")
    state = models.CharField(max_length=10, choices=KeyChangeState, default=KeyChangeState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-noticed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "check_id"], condition=models.Q(state="open"), name="key_change_open_once"
            )
        ]

    def __str__(self):
        return self.check_title

    @property
    def would_score(self) -> int:
        """How many would keep their verdict with another score."""
        return self.attempts - self.would_pass - self.would_not_pass


class PageAnswer(models.Model):
    """A leader’s question in words that name nobody, and its answer: shown with the page to every leader."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="+")
    question = models.TextField(max_length=600)
    answer = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        verbose_name = "answered question"

    def __str__(self):
        return self.question
