"""What a leader does with the pages of the curriculum. Every record names a person and a page, once."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Extract, Greatest, Least

from cohorts import signals
from cohorts.network.models import Requirement
from cohorts.network.plan import opens_on
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.loading import lessons_by_module
from cohorts.practice.models import Attempt, Completion, Enrollment, PageRecord, Reflection
from cohorts.practice.years import settle_years
from curriculum.models import LessonPage, ModulePage
from lms import clock
from lms.people.models import Person
from lms.ui.dates import day

# Seconds that one stretch of reading adds at most. A page tells us when a heading is reached, a check answered and the
# lesson completed; whoever is silent for longer has been called away.
LONGEST_GAP = 300


@transaction.atomic
def open_page(*, person: Person, page, was_reading: bool = False) -> PageRecord:
    """The record of `person` and `page`, begun now if it is new, and seen now.

    With `was_reading` the time since the page was last seen is added to `seconds_read`, LONGEST_GAP at most: opening
    a page again after a night adds nothing, reaching its next heading or answering its check does.
    """
    now = clock.now()
    record, made = PageRecord.objects.get_or_create(
        person=person, page_id=page.pk, defaults={"started_at": now, "seen_at": now}
    )
    if not made:
        changes: dict[str, Any] = {"seen_at": now}
        if was_reading:
            # In SQL, under the row's lock: two pings at once must not both count the same gap.
            gap = Extract(Value(now) - F("seen_at"), "epoch")
            changes["seconds_read"] = F("seconds_read") + Greatest(0, Least(gap, LONGEST_GAP))
        PageRecord.objects.filter(pk=record.pk).update(**changes)
        record.seen_at = now
    return record


@transaction.atomic
def save_place(*, person: Person, page, place: str) -> PageRecord:
    """Remember the block (its id, 60 characters at most) at which `person` reads `page`, and count the reading."""
    record = open_page(person=person, page=page, was_reading=True)
    if record.place != place[:60]:
        record.place = place[:60]
        record.save(update_fields=["place"])
    return record


def requirement_for(*, enrollment: Enrollment, module_id: int) -> Requirement:
    """The plan's requirement of a module that is open to `enrollment` now. Raises ValidationError in words."""
    requirement = Requirement.objects.filter(cohort=enrollment.cohort, module=module_id).first()
    if requirement is None:
        raise ValidationError("This module is not in your cohort’s plan.", code="not_planned")
    requirement.cohort = enrollment.cohort
    opens = opens_on(requirement)
    if clock.today(enrollment.person.user.time_zone) < opens:
        raise ValidationError(f"This module opens on {day(opens)}.", code="not_open")
    if enrollment.state == EnrollmentState.WITHDRAWN:
        raise ValidationError("You have left this program. What you did stays on record.", code="left")
    return requirement


def check_ids(lesson: LessonPage) -> list[uuid.UUID]:
    """The ids of the lesson's knowledge checks, in their order."""
    return [uuid.UUID(block.id) for block in lesson.body if block.block_type == "check"]


@transaction.atomic
def complete_lesson(*, enrollment: Enrollment, lesson: LessonPage) -> Completion:
    """Record that the lesson is complete, with the revision that is live; again returns the same record.

    With the last live lesson of its module the module is complete too, which is announced, and may complete
    a year. Raises ValidationError, in words, while a check is not passed or the module is not open.
    """
    module_id = lesson.get_parent().pk
    requirement = requirement_for(enrollment=enrollment, module_id=module_id)
    record = _locked(open_page(person=enrollment.person, page=lesson, was_reading=True))
    completion = record.completions.filter(withdrawn_at=None).first()
    if completion is None:
        passing = Attempt.objects.filter(record=record).standing().filter(stands_passed=True)
        passed = set(passing.values_list("check_id", flat=True))
        if set(check_ids(lesson)) - passed:
            raise ValidationError("Pass the knowledge check of this lesson first.", code="check")
        completion = _complete(record, lesson)
    complete_module(enrollment=enrollment, requirement=requirement)
    return completion


@transaction.atomic
def complete_module(*, enrollment: Enrollment, requirement: Requirement) -> Completion | None:
    """Record that the module is complete if every live lesson is; once. None while one is not."""
    module = ModulePage.objects.get(pk=requirement.module_id)
    # Locked before counting: of two lessons completed at once, the later one must see the other.
    record = _locked(open_page(person=enrollment.person, page=module))
    done = record.completions.filter(withdrawn_at=None).first()
    if done:
        return done
    lessons = lessons_by_module([module]).get(module.pk, [])
    own = Completion.objects.filter(record__person=enrollment.person_id, record__page__in=lessons)
    if not lessons or own.filter(withdrawn_at=None).count() < len(lessons):
        return None
    completion = _complete(record, module)
    signals.module_completed.send(sender=None, enrollment=enrollment, requirement=requirement, completion=completion)
    settle_years(enrollment=enrollment)
    return completion


@transaction.atomic
def share_reflection(*, reflection: Reflection, faculty: Iterable[uuid.UUID]) -> Reflection:
    """Let `faculty` (ids of users) read it from now on, as it reads then; nobody takes it back."""
    reflection.shared_with = [str(pk) for pk in faculty]
    reflection.shared_at = clock.now() if reflection.shared_with else None
    reflection.save(update_fields=["shared_with", "shared_at"])
    return reflection


@transaction.atomic
def save_reflection(*, enrollment: Enrollment, lesson: LessonPage, block_id: uuid.UUID, text: str) -> Reflection:
    """Keep what the leader wrote under a prompt of `lesson`; an empty text removes it from the record's face.

    Raises ValidationError for a prompt that the lesson does not have, and for a text over 10,000 characters.
    """
    if not any(block.block_type == "reflection" and block.id == str(block_id) for block in lesson.body):
        raise ValidationError("This prompt is no longer part of the lesson.")
    text = text.strip().replace("\x00", "")
    if len(text) > 10_000:
        raise ValidationError("Keep it under 10,000 characters. Nothing was saved.")
    record = open_page(person=enrollment.person, page=lesson)
    reflection, _ = Reflection.objects.update_or_create(
        record=record, block_id=block_id, defaults={"text": text, "saved_at": clock.now()}
    )
    return reflection


def _locked(record: PageRecord) -> PageRecord:
    return PageRecord.objects.select_for_update().get(pk=record.pk)


def _complete(record: PageRecord, page) -> Completion:
    return Completion.objects.create(record=record, revision_id=page.live_revision_id, completed_at=clock.now())
