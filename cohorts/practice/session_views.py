"""Sessions as a leader sees them: when and where, whether they come, and the way in."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cohorts.network.calendars import calendar_of
from cohorts.network.enums import SessionMode
from cohorts.network.models import CohortSession
from cohorts.practice import attending
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.loading import leader_of, plan_of, stand
from cohorts.practice.models import Enrollment, Seat
from cohorts.practice.picture import agenda_item, local_start, timeline_item, zone_of
from cohorts.practice.queries import enrollments_here
from cohorts.practice.standing import PAST
from cohorts.practice.words import MODE_WORDS
from lms import clock
from lms.links import absolute
from lms.practices.access import admits
from lms.ui.dates import hours, zone_abbreviation

DOORS = dt.timedelta(minutes=15)
OTHER_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")


def _own(request, cohort_session_id) -> tuple[Enrollment, CohortSession]:
    """A session of a cohort in which the visitor is enrolled, with that enrollment. Or 404."""
    enrollments = {e.cohort.pk: e for e in enrollments_here(request) if e.state != EnrollmentState.WITHDRAWN}
    found = CohortSession.objects.select_related("requirement").filter(pk=cohort_session_id, cohort__in=enrollments)
    cohort_session = found.first()
    if cohort_session is None:
        raise Http404("No such session for this visitor.")
    return enrollments[cohort_session.cohort_id], cohort_session


@admits("leader")
def sessions(request, practice):
    """Every session of the leader's cohorts: those to come, then those that were."""
    coming, past = [], []
    zone = request.user.time_zone
    for enrollment in enrollments_here(request):
        if enrollment.state == EnrollmentState.WITHDRAWN:
            continue
        standing = stand(leader_of(enrollment), plan_of(enrollment.cohort))
        for item in standing.sessions:
            if item.state in PAST:
                past.append((item.due_on, timeline_item(item, practice, zone, standing.today)))
            else:
                coming.append((item.due_on, agenda_item(item, practice, zone)))
    context = {
        "practice": practice,
        "coming": [row for _, row in sorted(coming, key=lambda pair: pair[0])],
        "past": [row for _, row in sorted(past, key=lambda pair: pair[0], reverse=True)],
    }
    return render(request, "cohorts/practice/sessions.html", context)


@admits("leader")
def cohort_session(request, practice, cohort_session):
    """One session."""
    enrollment, session = _own(request, cohort_session)
    return _draw(request, practice, enrollment, session)


def _draw(request, practice, enrollment, session, *, error="", status=200):
    seat = Seat.objects.filter(enrollment=enrollment, cohort_session=session).first()
    now = clock.now()
    zone = zone_of(session, request.user.time_zone)
    start, end = local_start(session, zone), session.ends_at.astimezone(local_start(session, zone).tzinfo)
    here = zone_abbreviation(session.starts_at, zone)
    others = [] if session.mode == SessionMode.IN_PERSON else _elsewhere(session, here)
    context = {
        "practice": practice,
        "session": session,
        "seat": seat,
        "mode": MODE_WORDS[SessionMode(session.mode)],
        "zone": zone,
        "first_day": start.date(),
        "last_day": end.date(),
        "others": others,
        "own_time": _own_time(session, request.user.time_zone, here),
        "is_over": session.ends_at <= now,
        "has_started": session.starts_at <= now,
        "is_virtual": session.mode != SessionMode.IN_PERSON,
        "is_in_person": session.mode != SessionMode.VIRTUAL,
        "doors_at": session.starts_at - DOORS,
        "doors_open": session.starts_at - DOORS <= now < session.ends_at,
        "faculty": session.faculty.all(),
        "error": error,
    }
    return render(request, "cohorts/practice/session.html", context, status=status)


def _elsewhere(session: CohortSession, here: str) -> list[str]:
    """The start in the other US zones, each named."""
    named = ((zone, zone_abbreviation(session.starts_at, zone)) for zone in OTHER_ZONES)
    return [hours(session.starts_at, None, zone) for zone, name in named if name != here]


def _own_time(session: CohortSession, zone: str, here: str) -> str:
    """For a session in person: what the viewer's own clocks show, if they differ."""
    if session.mode != SessionMode.IN_PERSON or zone_abbreviation(session.starts_at, zone) == here:
        return ""
    return hours(session.starts_at, session.ends_at, zone)


@require_POST
@admits("leader")
def reply(request, practice, cohort_session):
    """Say whether one comes."""
    enrollment, session = _own(request, cohort_session)
    answer = request.POST.get("reply")
    if answer not in ("yes", "no"):
        return _draw(request, practice, enrollment, session, error="Choose one of the two replies.", status=422)
    try:
        attending.rsvp(enrollment=enrollment, cohort_session=session, coming=answer == "yes")
    except ValidationError as refusal:
        return _draw(request, practice, enrollment, session, error=" ".join(refusal.messages), status=422)
    messages.success(request, "Saved: you’ll be there." if answer == "yes" else "Saved: you can’t come.")
    return redirect("cohorts_practice:cohort_session", practice.slug, session.pk)


@admits("leader")
def join(request, practice, cohort_session):
    """Our own join address: leads into the meeting from 15 minutes before to the end, else says when."""
    _, session = _own(request, cohort_session)
    now = clock.now()
    doors_at = session.starts_at - DOORS
    is_open = doors_at <= now < session.ends_at and not session.cancelled_at
    if is_open and session.meeting_url and session.mode != SessionMode.IN_PERSON:
        return HttpResponseRedirect(session.meeting_url)
    context = {
        "practice": practice,
        "session": session,
        "zone": request.user.time_zone,
        "doors_at": doors_at,
        "is_over": session.ends_at <= now,
        "is_open": is_open,
        "is_virtual": session.mode != SessionMode.IN_PERSON,
    }
    return render(request, "cohorts/practice/join.html", context)


@admits("leader")
def session_calendar(request, practice, cohort_session):
    """The session for one's calendar."""
    _, session = _own(request, cohort_session)
    page = reverse("cohorts_practice:cohort_session", args=[practice.slug, session.pk])
    way_in = reverse("cohorts_practice:join", args=[practice.slug, session.pk])
    content = calendar_of(session, page=absolute(page), join=absolute(way_in))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Content-Disposition"] = 'attachment; filename="session.ics"'
    return answer
