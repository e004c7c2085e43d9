"""The mail about a lesson that changed in substance, to those who had completed it."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from cohorts.network.models import Requirement
from cohorts.practice.changed_lessons import TOLD, unseen_changes
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.models import Completion, Enrollment
from curriculum.models import SubstantialChange
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.practices.schema import current_practice
from lms.ui.dates import day


@letter(TOLD)
def lesson_changed(ids: dict) -> Letter | None:
    """Dropped where the completion was withdrawn, the change looked at already, or the lesson is read no more."""
    change = SubstantialChange.objects.filter(pk=ids["change"]).select_related("page").first()
    found = Completion.objects.filter(pk=ids["completion"], withdrawn_at=None)
    completion = found.select_related("record__person__user").first()
    if change is None or completion is None or change not in unseen_changes(completion, change.page_id):
        return None
    person, lesson = completion.record.person, change.page
    module = lesson.get_parent()
    enrollments = Enrollment.objects.filter(person=person).exclude(state=EnrollmentState.WITHDRAWN)
    planned = Requirement.objects.filter(module=module.pk, cohort__in=enrollments.values("nomination__cohort"))
    if not (lesson.live and module.live and planned.exists()):
        return None
    changed_on = day(change.at.astimezone(ZoneInfo(person.user.time_zone)))
    path = reverse("cohorts_practice:lesson", args=[current_practice().slug, lesson.pk])
    return Letter(
        to=person.user.email,
        subject=f"“{lesson.title}” has changed since you completed it",
        paragraphs=[
            f"The advisory group changed “{lesson.title}” on {changed_on}.",
            *([f"What changed: {change.note}"] if change.note else []),
            "What you completed stays completed. Nothing is asked of you; look again if you like.",
        ],
        why="You get this because you completed this lesson.",
        button=("Open the lesson", absolute(path)),
        person=person,
    )
