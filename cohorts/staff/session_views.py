"""Sessions for program staff and faculty: who comes, who came; and for staff, adding, editing, cancelling."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.network import actions
from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort, CohortSession
from cohorts.network.origins import origin_of
from cohorts.practice.attending import mark_attendance
from cohorts.practice.enums import Attendance, AttendedHow, EnrollmentState, Rsvp
from cohorts.practice.nomination_forms import take_errors
from cohorts.staff.forms import SessionForm
from cohorts.staff.permissions import runs
from cohorts.staff.queries import replies, roster
from curriculum.evidence import sections_of
from curriculum.reading import overviews_of
from lms import clock
from lms.accounts.queries import is_staff
from lms.practices.access import admits

# What the one control of a row can say: its value, in words, and what is recorded.
MARKS = {
    "in_person": ("In person", Attendance.ATTENDED, AttendedHow.IN_PERSON),
    "virtual": ("Virtually", Attendance.ATTENDED, AttendedHow.VIRTUAL),
    "absent": ("Absent", Attendance.ABSENT, AttendedHow.NONE),
    "excused": ("Excused", Attendance.EXCUSED, AttendedHow.NONE),
    "none": ("Not recorded", Attendance.NONE, AttendedHow.NONE),
}
BEFORE_THE_START = ("excused", "none")


def session_for(user, pk) -> CohortSession:
    """The session, if `user` runs it; otherwise it does not exist for them."""
    cohort_session = get_object_or_404(CohortSession.objects.select_related("cohort", "requirement"), pk=pk)
    if not runs(user, cohort_session):
        raise Http404("Not a session of this user.")
    return cohort_session


@admits("staff")
def sessions(request):
    """Every cohort's sessions: what comes, and what is over."""
    return _agenda(request, CohortSession.objects.all(), "Sessions")


@admits("faculty")
def faculty_sessions(request):
    """The sessions that the signed-in user teaches."""
    overviews = overviews_of(request.user)
    return _agenda(request, CohortSession.objects.filter(faculty=request.user), "My sessions", overviews=overviews)


def _agenda(request, found, title: str, **more):
    listed = list(found.select_related("cohort").order_by("starts_at"))
    counts = replies(listed)
    rows = [
        {
            "cohort_session": cohort_session,
            "going": counts[cohort_session.pk][Rsvp.GOING],
            "cannot": counts[cohort_session.pk][Rsvp.CANNOT],
            "attended": counts[cohort_session.pk]["attended"],
        }
        for cohort_session in listed
    ]
    now = clock.now()
    context = {
        "title": title,
        "coming": [row for row in rows if row["cohort_session"].ends_at > now],
        "over": [row for row in reversed(rows) if row["cohort_session"].ends_at <= now],
        **more,
    }
    return render(request, "cohorts/staff/sessions.html", context)


@admits("staff", "faculty")
def cohort_session(request, cohort_session):
    """One session: when, where, who comes and who came."""
    found = session_for(request.user, cohort_session)
    rows = roster(found)
    for row in rows:
        row["mark"] = MARKS[_mark(row)][0] if row["attendance"] else ""
        row["reply"] = Rsvp(row["rsvp"]).label
    context = {
        "cohort_session": found,
        "rows": rows,
        "going": sum(row["rsvp"] == Rsvp.GOING for row in rows),
        "cannot": sum(row["rsvp"] == Rsvp.CANNOT for row in rows),
        "silent": sum(row["rsvp"] == Rsvp.NONE for row in rows),
        "attended": sum(row["attendance"] == Attendance.ATTENDED for row in rows),
        "recorded": sum(bool(row["attendance"]) for row in rows),
        "started": found.starts_at <= clock.now(),
        "for_staff": is_staff(request.user),
        "origin": origin_of(found),
        # Staff have a page of it, and read it beside the form; faculty read the released figures of their own here.
        "evidence": [] if is_staff(request.user) else sections_of(request, found, as_faculty=True),
    }
    return render(request, "cohorts/staff/session.html", context)


@admits("staff", "advisor")
def session_evidence(request, cohort_session):
    """What leaders said about a session, and how many came."""
    found = get_object_or_404(CohortSession.objects.select_related("cohort"), pk=cohort_session)
    context = {
        "cohort_session": found,
        "sections": sections_of(request, found),
        "for_staff": is_staff(request.user),
    }
    return render(request, "cohorts/staff/session_evidence.html", context)


@admits("staff", "faculty")
def attendance(request, cohort_session):
    """Record who came, all at once. Saving the same again changes nothing."""
    found = session_for(request.user, cohort_session)
    if found.cancelled_at:
        messages.info(request, "This session was cancelled, so there is no attendance to record.")
        return redirect("cohorts_staff:cohort_session", found.pk)
    rows = roster(found)
    started = found.starts_at <= clock.now()
    marks = {key: words for key, (words, *_) in MARKS.items() if started or key in BEFORE_THE_START}
    rest = "virtual" if found.mode == SessionMode.VIRTUAL else "in_person"
    if request.method == "POST":
        try:
            changed = _save(request, found, rows, marks, rest)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            words = f"Saved: {changed} changed." if changed else "Saved. Nothing had changed."
            messages.success(request, words)
            return redirect("cohorts_staff:attendance", found.pk)
    for_staff = is_staff(request.user)
    for row in rows:
        row["mark"] = _mark(row)
        # Faculty read names, replies and attendance, and no more of a record.
        row["paused"] = for_staff and row["state"] == EnrollmentState.PAUSED
        row["reply"] = Rsvp(row["rsvp"]).label
    context = {
        "cohort_session": found,
        "rows": rows,
        "marks": marks,
        "started": started,
        "rest": MARKS[rest][0].lower(),
        "unmarked": sum(row["mark"] == "none" for row in rows),
    }
    return render(request, "cohorts/staff/attendance.html", context)


def _mark(row: dict) -> str:
    """The value of a row's control for what is recorded of it."""
    recorded = (row["attendance"], row["how"])
    for key, (_, attendance, how) in MARKS.items():
        if recorded == (attendance, how):
            return key
    # Attended, and not said how: imported records may be such.
    return "in_person" if row["attendance"] == Attendance.ATTENDED else "none"


@transaction.atomic
def _save(request, found: CohortSession, rows: list[dict], marks: dict, rest: str) -> int:
    """Record what was sent for the session's own roster; says how many rows changed."""
    changed = 0
    for row in rows:
        before = _mark(row)
        mark = request.POST.get(f"mark-{row['enrollment_id']}", before)
        if mark == "none" and "rest" in request.POST and rest in marks:
            mark = rest
        if mark not in marks or mark == before:
            continue
        _, attendance, how = MARKS[mark]
        mark_attendance(
            practice=row["practice"],
            enrollment_id=row["enrollment_id"],
            cohort_session=found,
            attendance=attendance,
            how=how,
            by=request.user,
        )
        changed += 1
    return changed


@admits("staff")
def new_session(request, cohort):
    """Add a session to a cohort's plan."""
    found = get_object_or_404(Cohort, pk=cohort)
    form = SessionForm(request.POST or None, initial={"time_zone": actions.DEFAULT_ZONE, "required": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_session(cohort=found, **form.values())
        except ValidationError as error:
            take_errors(form, _by_typed_field(error))
        else:
            return _saved(request, made, form, f"{made.title} is added.")
    crumbs = [(found.name, reverse("cohorts_staff:plan", args=[found.pk]))]
    return _form(request, form, f"Add a session to {found.name}", "Add session", crumbs)


@admits("staff")
def edit_session(request, cohort_session):
    """Change a session. Calendars learn of a new title, time or place."""
    found = get_object_or_404(CohortSession.objects.select_related("cohort", "requirement"), pk=cohort_session)
    form = SessionForm(request.POST or None, cohort_session=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.edit_session(cohort_session=found, **form.values())
        except ValidationError as error:
            take_errors(form, _by_typed_field(error))
        else:
            return _saved(request, made, form, f"{made.title} is saved.")
    crumbs = [(found.title, reverse("cohorts_staff:cohort_session", args=[found.pk]))]
    lede = "Another time or place is mailed to the leaders who have not declined."
    return _form(request, form, f"Change {found.title}", "Save", crumbs, lede, sections_of(request, found))


@admits("staff")
def cancel_session(request, cohort_session):
    """Ask, then cancel a session."""
    found = get_object_or_404(CohortSession.objects.select_related("cohort"), pk=cohort_session)
    back = reverse("cohorts_staff:cohort_session", args=[found.pk])
    if request.method == "POST":
        try:
            actions.cancel_session(cohort_session=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"{found.title} is cancelled. Nobody owes it any more.")
        return redirect(back)
    context = {
        "title": f"Cancel {found.title}?",
        "text": "It stays on the page as cancelled, and nobody owes it any more. Leaders who have not declined get a "
        "mail. This cannot be undone: add a new session for another day.",
        "action": request.path,
        "button": "Cancel the session",
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "cohorts/confirm.html", context)


def _by_typed_field(error: ValidationError) -> ValidationError:
    """An action's error under the fields that were typed: moments are typed as days and times."""
    if not hasattr(error, "error_dict"):
        return error
    typed = {"starts_at": "day", "ends_at": "ends"}
    return ValidationError({typed.get(name, name): errors for name, errors in error.error_dict.items()})


def _saved(request, made: CohortSession, form: SessionForm, words: str):
    messages.success(request, " ".join([words, *form.notes]))
    return redirect("cohorts_staff:cohort_session", made.pk)


def _form(request, form, title: str, button: str, crumbs: list[tuple[str, str]], lede: str = "", evidence=()):
    context = {"title": title, "lede": lede, "form": form, "button": button, "crumbs": crumbs, "evidence": evidence}
    return render(request, "cohorts/staff/form.html", context, status=422 if form.errors else 200)
