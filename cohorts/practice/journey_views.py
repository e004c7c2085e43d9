"""A leader's own pages about themselves: the journey, peers, the profile and who looked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from cohorts.practice.course import Course, course_of
from cohorts.practice.enums import EnrollmentState, RulingKind
from cohorts.practice.forms import ProfileForm
from cohorts.practice.loading import Leader, leader_of, plan_of, stand
from cohorts.practice.models import Enrollment
from cohorts.practice.panels import panels_for
from cohorts.practice.peers import by_practice, look_at_peer, peers_of
from cohorts.practice.picture import agenda_item, rail, seasons
from cohorts.practice.profiles import save_profile
from cohorts.practice.queries import enrollments_here
from cohorts.practice.standing import Standing, State
from cohorts.practice.stopping import last_stop, unfinished_lessons
from cohorts.practice.words import situation, status
from lms.practices.access import admits
from lms.ui.dates import day

NEXT_UP = 4
PRACTICES_SHOWN = 6


def own_enrollment(request) -> Enrollment:
    """The visitor's enrollment in the practice of the URL: that of ?cohort=, else the one they work in. Or 404."""
    own = enrollments_here(request)
    wanted = request.GET.get("cohort")
    chosen = next((enrollment for enrollment in own if str(enrollment.cohort.pk) == wanted), None)
    if chosen is None:
        chosen = next(iter(own), None)
    if chosen is None:
        raise Http404("Nobody is enrolled.")
    return chosen


@admits("leader", "former leader")
def journey(request, practice):
    """Where the leader is in two years, and what is next."""
    enrollment = own_enrollment(request)
    cohort, zone = enrollment.cohort, request.user.time_zone
    leader, plan = leader_of(enrollment), plan_of(cohort)
    standing = stand(leader, plan)
    course = _current_course(leader, standing)
    words = situation(cohort=cohort, leader=leader, standing=standing)
    gone = leader.state == EnrollmentState.WITHDRAWN
    peers = [] if gone else peers_of(cohort, request.user)
    groups = by_practice(peers, practice)
    return render(
        request,
        "cohorts/practice/journey.html",
        {
            "practice": practice,
            "enrollment": enrollment,
            "cohort": cohort,
            "today": standing.today,
            "words": words,
            "gone": gone,
            "course": None if gone else course,
            "stop": None if gone else last_stop(enrollment.person, unfinished_lessons(leader, standing)),
            "status": status(standing, leader.state),
            "rail": rail(cohort, standing, zone),
            "agenda": [] if gone else _agenda(standing, practice, zone, course),
            "seasons": seasons(standing, None if gone else practice, zone, _notes(leader)),
            "panels": panels_for(request, enrollment),
            "peers": peers,
            "practices_count": len(groups),
            "groups": groups[:PRACTICES_SHOWN],
            "more_groups": groups[PRACTICES_SHOWN:],
            "others": [other for other in enrollments_here(request) if other.pk != enrollment.pk],
        },
    )


def _current_course(leader: Leader, standing: Standing) -> Course | None:
    """The module to continue: of those that are open and not finished the most urgent."""
    for item in standing.next:
        if item.asked.module_id is not None and item.is_open:
            module = item.asked.module
            return course_of(module, leader.facts) if module is not None and module.live else None
    return None


def _agenda(standing: Standing, practice, zone: str, course: Course | None) -> list[dict]:
    rows = []
    upcoming = [item for item in standing.next if item.is_open]
    later = [item for item in standing.next if item.state == State.PLANNED]
    chosen = [*upcoming, *later][:NEXT_UP]
    coming = next((item for item in [*upcoming, *later] if item.is_session), None)
    if coming is not None and coming not in chosen:
        chosen[-1] = coming  # Whoever is behind on modules looks for the next session too.
    for item in chosen:
        current = course is not None and item.asked.module_id == course.module.pk
        rows.append(agenda_item(item, practice, zone, course.minutes_left if course and current else None))
    return sorted(rows, key=lambda row: row["start"])


def _notes(leader: Leader) -> dict:
    """What staff decided, with the reason, by requirement: the leader's to read."""
    notes = {}
    for ruling in sorted(leader.facts.rulings, key=lambda ruling: ruling.at):
        until = f" until {day(ruling.until)}" if ruling.until else ""
        kind = RulingKind(ruling.kind).label
        notes[ruling.requirement_id] = f"{kind}{until} by {ruling.by_name}: {ruling.reason}"
    return notes


@admits("leader")
def peer(request, practice, enrollment):
    """One leader of the same cohort, as they describe themselves. Who opted out is not found."""
    own = own_enrollment(request)
    found = next((peer for peer in peers_of(own.cohort, request.user) if peer.enrollment_id == enrollment), None)
    if found is None:
        raise Http404("No such peer.")
    look_at_peer(peer=found, viewer=request.user)
    return render(request, "cohorts/practice/peer.html", {"practice": practice, "peer": found, "cohort": own.cohort})


@admits("leader", "former leader")
def profile(request, practice):
    """What peers read about the leader, and whether they read it."""
    person = own_enrollment(request).person
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        save_profile(person=person, **form.cleaned_data)
        messages.success(request, "Saved. Your peers see it as it stands here.")
        return redirect("cohorts_practice:profile", practice.slug)
    answer = render(request, "cohorts/practice/profile.html", {"practice": practice, "form": form})
    answer.status_code = 422 if form.errors else 200
    return answer


@admits("leader", "former leader")
def access_log(request, practice):
    """Who opened the leader's page or exported their name, newest first."""
    person = own_enrollment(request).person
    entries = person.access_log.all()[:200]
    return render(request, "cohorts/practice/access_log.html", {"practice": practice, "entries": entries})
