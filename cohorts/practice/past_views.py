"""The texts that a leader completed, exactly as they were then: for the leader, and for program staff."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cohorts.practice.leadership_views import leader_here
from cohorts.practice.models import Completion
from cohorts.practice.queries import completed_lessons, enrollments_here
from curriculum.models import LessonPage
from curriculum.past_text import past_text
from lms.people.actions import record_access
from lms.practices.access import admits


@require_safe
@admits("leader", "former leader")
def completed(request, practice):
    """What the visitor completed, lesson by lesson, retired ones too."""
    people = {enrollment.person_id for enrollment in enrollments_here(request)}
    context = {"practice": practice, "completions": completed_lessons(people)}
    return render(request, "cohorts/practice/completed.html", context)


@require_safe
@admits("leader", "former leader")
def completed_text(request, practice, completion):
    """The text that the visitor completed."""
    people = {enrollment.person_id for enrollment in enrollments_here(request)}
    found = Completion.objects.filter(pk=completion, record__person__in=people).first()
    return _drawn(request, practice, found)


@require_safe
@admits("staff")
def text_as_completed(request, practice, enrollment, completion):
    """The text that a leader completed. Opening it is written in the leader's access log."""
    enrollment = leader_here(enrollment)
    found = Completion.objects.filter(pk=completion, record__person=enrollment.person_id).first()
    answer = _drawn(request, practice, found, enrollment=enrollment)
    record_access(
        person=enrollment.person, viewer=request.user, role="Program staff", what="Opened a text that they completed"
    )
    return answer


def _drawn(request, practice, completion: Completion | None, enrollment=None):
    page = LessonPage.objects.filter(pk=completion.record.page_id).first() if completion else None
    if completion is None or page is None:
        raise Http404("No such completed lesson.")
    context = {
        "practice": practice,
        "enrollment": enrollment,
        "completion": completion,
        "page": page,
        "text": past_text(page, completion.revision_id, request),
    }
    return render(request, "cohorts/practice/past_text.html", context)
