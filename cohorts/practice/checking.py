"""Attempts at a knowledge check: graded here, numbered under a lock, and never changed afterward."""

import uuid
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from cohorts.practice.learning import open_page, requirement_for
from cohorts.practice.models import Attempt, Enrollment, PageRecord
from curriculum.checking import Check, find_check, grade
from curriculum.models import LessonPage
from lms import clock
from lms.people.actions import record_access

GRANTED = 3


@transaction.atomic
def submit_check(
    *,
    enrollment: Enrollment,
    lesson: LessonPage,
    check_id: uuid.UUID,
    chosen: Mapping[str, Iterable[str]],
    number: int | None = None,
) -> Attempt:
    """Grade the option ids `chosen` for each question id and keep the attempt.

    With `number` (which attempt the form was for) the same form sent twice is one attempt. Raises
    ValidationError, in words, for an unanswered question, a check that is passed, gone or used up, or a module
    that is not open.
    """
    requirement_for(enrollment=enrollment, module_id=lesson.get_parent().pk)
    check = find_check(lesson, check_id)
    if check is None:
        raise ValidationError("This check is no longer part of the lesson. Reload the page.", code="gone")
    record = PageRecord.objects.select_for_update().get(pk=open_page(person=enrollment.person, page=lesson).pk)
    before = list(record.attempts.filter(check_id=check_id))
    if number is not None and number <= len(before):
        same = next((attempt for attempt in before if attempt.number == number), None)
        if same:
            return same
    if any(attempt.passed for attempt in before):
        raise ValidationError("You have passed this check already.", code="passed")
    if attempts_left(check, record, len(before)) <= 0:
        raise ValidationError("Your attempts are used up. Ask program staff for more below.", code="used_up")
    missing = [n for n, question in enumerate(check.questions, 1) if not list(chosen.get(question.id, ()))]
    if missing:
        numbers = ", ".join(map(str, missing))
        raise ValidationError(f"Answer every question. Still open: {numbers}.", code="unanswered")
    graded = grade(check, chosen)
    return Attempt.objects.create(
        record=record,
        check_id=check_id,
        number=len(before) + 1,
        items=graded.items,
        right=graded.right,
        passed=graded.passed,
        revision_id=lesson.live_revision_id,
        at=clock.now(),
    )


def attempts_left(check: Check, record: PageRecord | None, used: int) -> int:
    return check.attempts + (record.extra_attempts if record else 0) - used


@transaction.atomic
def ask_for_attempts(*, enrollment: Enrollment, lesson: LessonPage) -> PageRecord:
    """Ask staff for more attempts at the lesson's checks. Asking again keeps the first date."""
    record = PageRecord.objects.select_for_update().get(pk=open_page(person=enrollment.person, page=lesson).pk)
    if record.attempts_asked_at is None:
        record.attempts_asked_at = clock.now()
        record.save(update_fields=["attempts_asked_at"])
    return record


@transaction.atomic
def grant_attempts(*, record: PageRecord, by) -> PageRecord:
    """Give three more attempts to whoever asked; `by` is a user of program staff. Without an ask nothing changes.

    The leader reads in their access log who did.
    """
    held = PageRecord.objects.select_for_update().select_related("person").get(pk=record.pk)
    if held.attempts_asked_at is None:
        return held
    held.extra_attempts += GRANTED
    held.attempts_asked_at = None
    held.save(update_fields=["extra_attempts", "attempts_asked_at"])
    title = Page.objects.values_list("title", flat=True).get(pk=held.page_id)
    what = f"Granted more attempts: {title}"[:120]
    record_access(person=held.person, viewer=by, role="Program staff", what=what)
    return held
