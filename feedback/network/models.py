"""Surveys, their windows, and the anonymous answers, which the network holds under a cohort and a window only.

Never add a practice, a person, a time, a sequence or anything that follows the order of arrival to Response or
Answer, and never a key from here to a receipt: `docs/decisions` says what that broke.
"""

import uuid

from django.db import models
from django.db.models import Q

from feedback.network import enums


class Survey(models.Model):
    """A short set of questions, asked of a cohort about a module or a session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=10, choices=enums.SubjectKind, unique=True)
    weeks_open = models.PositiveSmallIntegerField(default=3, help_text="After the module is due or the session ended.")

    def __str__(self):
        return self.title


class Question(models.Model):
    """A question with a key that stays when it is reworded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=enums.QuestionKind)
    text = models.CharField(max_length=300)
    low = models.CharField(max_length=40, blank=True, help_text="Words at the low end.")
    high = models.CharField(max_length=40, blank=True, help_text="Words at the high end.")
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["survey", "key"], name="question_key_once")]

    def __str__(self):
        return self.text


class Window(models.Model):
    """The time in which one cohort is asked about one subject. It closes once and never opens again.

    `questions` are those it opened with: a list of {"key", "kind", "text", "low", "high", "required"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey("cohorts_network.Cohort", models.PROTECT, related_name="windows")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="windows")
    module = models.ForeignKey("curriculum.ModulePage", models.PROTECT, null=True, related_name="+")
    cohort_session = models.ForeignKey("cohorts_network.CohortSession", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=150)
    questions = models.JSONField()
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="The last day, in the cohort's westernmost zone.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "survey window"
        ordering = ["-opens_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "module"], condition=Q(module__isnull=False), name="module_window_once"
            ),
            models.UniqueConstraint(
                fields=["cohort_session"],
                condition=Q(cohort_session__isnull=False),
                name="session_window_once",
            ),
        ]

    def __str__(self):
        return self.title


class Response(models.Model):
    """One person's anonymous answers. The release number is the only order that it carries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    window = models.ForeignKey(Window, models.CASCADE, related_name="responses")
    release_number = models.PositiveSmallIntegerField(null=True)


class Answer(models.Model):
    """One answer of a response. `shown_in` is the release in which its question was shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question_key = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True, max_length=2000)
    shown_in = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "question_key"], name="one_answer_per_question")]


class Release(models.Model):
    """What one night made public of a window. Its figures never change.

    `figures` is {question key: {"n": people, "counts": {value: people}}} of the answers first shown in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    window = models.ForeignKey(Window, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    released_on = models.DateField()
    asked = models.PositiveSmallIntegerField(help_text="People asked, the base of every rate.")
    people = models.PositiveSmallIntegerField(help_text="People whose responses this release added.")
    figures = models.JSONField()
    closing = models.BooleanField(default=False)

    class Meta:
        ordering = ["released_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["window", "number"], name="release_number_once"),
            models.CheckConstraint(condition=Q(people__gte=5), name="release_of_five_or_more"),
            models.CheckConstraint(condition=Q(asked__gte=models.F("people")), name="released_people_were_asked"),
        ]


class Decision(models.Model):
    """You said, we did: what staff answered to a cohort, adopted or declined with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey("cohorts_network.Cohort", models.PROTECT, related_name="decisions")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="decisions")
    comments = models.ManyToManyField(Answer, blank=True, related_name="decisions")
    said = models.CharField("you said", max_length=300)
    did = models.CharField("we did", max_length=400)
    outcome = models.CharField(max_length=10, choices=enums.Outcome, default=enums.Outcome.ADOPTED)
    reason = models.CharField(max_length=400, blank=True)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-published_at"]

    def __str__(self):
        return self.said


class ToDo(models.Model):
    """Something for the advisory group to do about a page or a session, often because of a comment or a theme.

    A theme is several released comments under one title. `said` and `did` are the note for the cohorts that were
    asked: published when the to-do closes, which publishing `page` does by itself with `closes_on_publish`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, null=True, blank=True, related_name="+")
    cohort_session = models.ForeignKey(
        "cohorts_network.CohortSession", models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField("what is to be done", max_length=200)
    comments = models.ManyToManyField(Answer, blank=True, related_name="to_dos")
    state = models.CharField(max_length=10, choices=enums.ToDoState, default=enums.ToDoState.OPEN)
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("due", null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closes_on_publish = models.BooleanField(default=False)
    said = models.CharField("you said", max_length=300, blank=True)
    did = models.CharField("we did", max_length=400, blank=True)
    note_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True, help_text="Why it was decided against.")
    settled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+")
    decisions = models.ManyToManyField(Decision, blank=True, related_name="to_dos")

    class Meta:
        verbose_name = "to-do"
        verbose_name_plural = "to-dos"
        ordering = [models.F("due_on").asc(nulls_last=True), "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) ^ Q(cohort_session__isnull=True), name="to_do_about_one_subject"
            ),
            models.CheckConstraint(
                condition=Q(state=enums.ToDoState.OPEN) ^ Q(settled_at__isnull=False), name="to_do_open_or_settled"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == enums.ToDoState.OPEN
