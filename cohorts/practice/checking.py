"""Attempts at a knowledge check: graded here, numbered under a lock, and never changed afterward."""

import uuid
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from cohorts.practice.learning import open_page, requirement_for
from cohorts.practice.models import Attempt, Enrollment, PageRecord
from curriculum.blocks import QuestionKind
from curriculum.checking import UNANSWERED, Check, faults_in, find_check, fingerprint, grade, lay_out
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
    shown: str | None = None,
) -> Attempt:
    """Grade what was `chosen` for each question id (see curriculum.checking.grade) and keep the attempt.

    With `number` (which attempt the form was for) the same form sent twice is one attempt. With `shown` (the form's
    fingerprint) only what the leader saw is graded. Raises ValidationError, in words and without an attempt counted,
    for a question that is unanswered or no number, a form of an earlier attempt with other answers, a check that
    changed meanwhile or is passed, gone or used up, or a module that is not open.
    """
    requirement_for(enrollment=enrollment, module_id=lesson.get_parent().pk)
    check = find_check(lesson, check_id)
    if check is None:
        raise ValidationError("This check is no longer part of the lesson. Reload the page.", code="gone")
    seen = open_page(person=enrollment.person, page=lesson, was_reading=True)
    record = PageRecord.objects.select_for_update().get(pk=seen.pk)
    before = list(record.attempts.filter(check_id=check_id).standing())
    given = {question: [str(one) for one in answer] for question, answer in chosen.items()}
    same = next((attempt for attempt in before if attempt.number == number), None)
    if same and says(same, given):
        return same
    if any(attempt.stands_passed for attempt in before):
        raise ValidationError("You have passed this check already. What you sent now is not counted.", code="passed")
    if attempts_left(check, record, len(before)) <= 0:
        raise ValidationError("Your attempts are used up. Ask program staff for more below.", code="used_up")
    if same:
        raise ValidationError(
            f"Attempt {number} was sent already, perhaps from another window. These answers are kept here and not "
            "sent: look them through, and send them again as your next attempt.",
            code="stale",
        )
    laid = laid_out(check, record, len(before) + 1)
    if shown is not None and shown != fingerprint(laid):
        raise ValidationError(
            "The check was changed while you had it open, so nothing was sent and no attempt counted. Your answers "
            "are kept where the question is still there: look them through, and send them again.",
            code="changed",
        )
    _refuse_faults(laid, given)
    graded = grade(laid, given)
    return Attempt.objects.create(
        record=record,
        check_id=check_id,
        number=len(before) + 1,
        items=graded.items,
        right=graded.right,
        score=graded.score,
        passed=graded.passed,
        revision_id=lesson.live_revision_id,
        at=clock.now(),
    )


def _refuse_faults(check: Check, given: Mapping[str, list[str]]) -> None:
    faults = faults_in(check, given)
    numbered = [(number, faults[q.id]) for number, q in enumerate(check.questions, 1) if q.id in faults]
    missing = [str(number) for number, fault in numbered if fault == UNANSWERED]
    other = [f"Question {number}: {fault}" for number, fault in numbered if fault != UNANSWERED]
    if missing:
        other.insert(0, f"Answer every question. Still open: {', '.join(missing)}.")
    if other:
        raise ValidationError(" ".join([*other, "No attempt was counted."]), code="faults")


def laid_out(check: Check, record: PageRecord | None, number: int) -> Check:
    """`check` in the order of this attempt: the same at every load, another one at the next attempt."""
    return lay_out(check, f"{record.person_id if record else ''}/{check.id}/{number}")


def says(attempt: Attempt, given: Mapping[str, list[str]]) -> bool:
    """Whether the attempt holds these same answers, so that it is the same form sent twice."""
    return all(_says(item, given.get(item["question"], [])) for item in attempt.items)


def _says(item: dict, given: list[str]) -> bool:
    match item["kind"]:
        case QuestionKind.NUMERIC:
            return item["typed"] == (given[0].strip() if given else "")
        case QuestionKind.ORDERING:
            return item["given"] == given
    return set(item["chosen"]) == set(given)


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
