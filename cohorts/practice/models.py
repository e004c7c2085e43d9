"""What a practice keeps about its leaders. Every key into the network is held by the row that owns the relation:

Nomination -> Cohort, PageRecord -> Page, Ruling -> Requirement, Seat -> CohortSession. Everything else points at
those rows. Do not store open, due, overdue or at risk: `standing` derives them.
"""

import uuid
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cohorts.practice import enums
from lms.people.models import Person


class Signed(models.Model):
    """Who did something, from outside the practice or in it: a plain id with the name at the time."""

    by_id = models.UUIDField(null=True, editable=False)
    by_name = models.CharField(max_length=150, blank=True, editable=False)

    class Meta:
        abstract = True


class Withdrawable(models.Model):
    """A dated record that a corrected fact marks withdrawn instead of deleting."""

    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.CharField(max_length=150, blank=True, editable=False)
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True


class Nomination(models.Model):
    """A practice names a physician for a cohort. Name and address are text until accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey("cohorts_network.Cohort", models.DO_NOTHING, related_name="+")
    state = models.CharField(max_length=20, choices=enums.NominationState, default=enums.NominationState.SUBMITTED)
    name = models.CharField("physician’s name", max_length=150)
    credentials = models.CharField(max_length=60, blank=True)
    email = models.EmailField("physician’s email address")
    why = models.TextField("why this physician", max_length=3000)
    goals = models.TextField("what the physician should reach", max_length=3000, blank=True)
    protected_hours = models.PositiveSmallIntegerField("protected hours a month")
    sponsor_id = models.UUIDField()
    sponsor_name = models.CharField(max_length=150)
    sponsor_email = models.EmailField()
    submitted_at = models.DateTimeField()
    link_generation = models.PositiveSmallIntegerField(default=1, editable=False)
    bounced_at = models.DateTimeField(null=True, editable=False, help_text="When the address refused our mail.")
    answered_at = models.DateTimeField(null=True, editable=False, help_text="When the physician said yes or no.")
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by_id = models.UUIDField(null=True, editable=False)
    decided_by_name = models.CharField(max_length=150, blank=True, editable=False)
    reason = models.TextField(blank=True, max_length=1000, help_text="Why it was declined.")

    class Meta:
        ordering = ["submitted_at"]

    def __str__(self):
        return self.name


class Enrollment(models.Model):
    """A leader in a cohort. The cohort is its nomination's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="enrollment")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrollments")
    state = models.CharField(max_length=20, choices=enums.EnrollmentState, default=enums.EnrollmentState.ACTIVE)
    enrolled_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return str(self.person)

    @property
    def cohort(self):
        return self.nomination.cohort


class Pause(models.Model):
    """Leave. The first day counts, the day of resuming does not; due dates from the first day on shift by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    resumes_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on"]


class PageRecord(models.Model):
    """A person and a page of the curriculum that they opened: begun, last place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="page_records")
    page = models.ForeignKey("wagtailcore.Page", models.DO_NOTHING, related_name="+")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True, help_text="The block last read.")
    seconds_read = models.PositiveIntegerField(db_default=0, help_text="Active reading, as far as the page told us.")
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    attempts_asked_at = models.DateTimeField(null=True, help_text="When the leader asked staff for more attempts.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="page_record_once")]


class SavedItem(models.Model):
    """Something of the library that a person saved, by kind and id: no key, for it may go whenever it goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_items")
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=64)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "object_id"], name="saved_item_once")]


class Completion(Withdrawable):
    """A lesson or a module was completed, with the revision that was read. No later edit undoes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(PageRecord, models.CASCADE, related_name="completions")
    revision_id = models.BigIntegerField(null=True, help_text="The page's live revision then (a network row, no key).")
    completed_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, help_text="When the leader last looked at what changed since.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(withdrawn_at=None), name="completion_once")
        ]


class AttemptQuerySet(models.QuerySet):
    def standing(self) -> "AttemptQuerySet":
        """Each attempt with the outcome that stands: the last regrading's, else as it was graded at first.

        Sets stands_items, stands_right, stands_score, stands_passed, and regraded_at (None if it never was).
        """
        last = Regrading.objects.filter(attempt=OuterRef("pk")).order_by("-at", "-pk")
        outcome = {
            f"stands_{name}": Coalesce(Subquery(last.values(name)[:1]), F(name))
            for name in ("items", "right", "score", "passed")
        }
        return self.annotate(**outcome, regraded_at=Subquery(last.values("at")[:1]))


class Attempt(models.Model):
    """One try at a knowledge check, with the wording and order that was given, as it was graded then. Never changed.

    What stands after a mended key is in its regradings (see AttemptQuerySet.standing). `items`, in the order given,
    each hold "question" (block id), "text", "kind", "reason" (the general one), "right" (bool: the whole credit) and
    "score" (a decimal from 0 to 1, as text; not in attempts before numbers and orders came), and by kind
    single, multiple, true_false: "options": [{"id", "text", "reason", "correct", "last"}] as shown, "chosen": [ids];
    numeric: "typed", "answers": [{"id", "value", "tolerance", "share", "reason"}], "matched": id or None, "unit",
    "other_reason"; ordering: "order": [{"id", "text", "reason"}] as is right, "shown" and "given": [ids].
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(PageRecord, models.CASCADE, related_name="attempts")
    check_id = models.UUIDField(help_text="The check's block id.")
    number = models.PositiveSmallIntegerField()
    items = models.JSONField()
    right = models.PositiveSmallIntegerField(help_text="Questions with the whole credit.")
    score = models.DecimalField(
        max_digits=6, decimal_places=2, db_default=0, help_text="The sum of the questions' scores, each from 0 to 1."
    )
    passed = models.BooleanField()
    revision_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    # Set by standing().
    stands_items: list[dict]
    stands_right: int
    stands_score: Decimal
    stands_passed: bool
    regraded_at: datetime | None

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["record", "check_id", "number"], name="attempt_number_once")]


class Regrading(Signed):
    """An attempt graded again by a mended key, beside what it was; `by` is who confirmed it. Never changed.

    `items` are the attempt's own, with the mended key and its verdicts; `before` is the outcome that stood until
    then: {"right", "score" (as text), "passed"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="regradings")
    change_id = models.UUIDField(help_text="The KeyChange that was confirmed (a network row, no key).")
    items = models.JSONField()
    right = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=6, decimal_places=2)
    passed = models.BooleanField()
    before = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["attempt", "change_id"], name="regraded_once_per_change")]


class Reflection(models.Model):
    """What a leader wrote under a prompt. Nobody else reads it, except the faculty whom the leader shares it with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(PageRecord, models.CASCADE, related_name="reflections")
    block_id = models.UUIDField()
    text = models.TextField(max_length=10_000)
    saved_at = models.DateTimeField()
    shared_with = models.JSONField(default=list, help_text="Ids of the faculty who may read it.")
    shared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "block_id"], name="reflection_once_per_prompt")]


class FacultyQuestion(models.Model):
    """A leader asks a module's faculty about a page. `asked` are the ids of that faculty; empty, program staff answer.

    It waits, is answered, or is taken to a session (`taken_to`, a network row, no key); `answered_by` is who did that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(PageRecord, models.CASCADE, related_name="faculty_questions")
    text = models.TextField(max_length=2000)
    asked = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    taken_to = models.UUIDField(null=True)
    taken_to_title = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["asked_at"]


class Ruling(Signed, Withdrawable):
    """Staff's or faculty's word on one requirement for one leader: excused, extended or signed off."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="rulings")
    requirement = models.ForeignKey("cohorts_network.Requirement", models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=20, choices=enums.RulingKind)
    until = models.DateField(null=True, blank=True, help_text="The new due day of an extension.")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]


class Seat(Signed):
    """A leader and a session: whether they come, and whether they came. `by` is who marked attendance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="seats")
    cohort_session = models.ForeignKey("cohorts_network.CohortSession", models.DO_NOTHING, related_name="+")
    rsvp = models.CharField(max_length=10, choices=enums.Rsvp, blank=True, default=enums.Rsvp.NONE)
    rsvp_at = models.DateTimeField(null=True)
    attendance = models.CharField(max_length=10, choices=enums.Attendance, blank=True, default=enums.Attendance.NONE)
    how = models.CharField(max_length=10, choices=enums.AttendedHow, blank=True, default=enums.AttendedHow.NONE)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrollment", "cohort_session"], name="seat_once")]


class YearCompletion(Withdrawable):
    """A year was completed. `counted` names what counted and `plan` the requirements as they stood then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="year_completions")
    year = models.PositiveSmallIntegerField()
    completed_at = models.DateTimeField()
    counted = models.JSONField()
    plan = models.JSONField()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "year"], condition=Q(withdrawn_at=None), name="year_completed_once"
            )
        ]
