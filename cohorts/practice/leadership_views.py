"""What practice leadership and staff see of a practice's own leaders: never answers, feedback or reflections."""

from django.http import Http404
from django.shortcuts import redirect, render
from wagtail.models import Page

from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort
from cohorts.practice.forms import PauseForm, RulingForm
from cohorts.practice.loading import Leader, leader_of, leaders_of, plan_of, stand
from cohorts.practice.models import Enrollment, PageRecord, YearCompletion
from cohorts.practice.panels import record_panels_for
from cohorts.practice.picture import local_start, rail, seasons, zone_of
from cohorts.practice.queries import completed_lessons
from cohorts.practice.standing import PAST, Pace, Standing, State
from cohorts.practice.words import MODE_WORDS, joined, number, status
from lms import clock
from lms.accounts.queries import is_staff
from lms.people.actions import record_access
from lms.practices.access import ROLES, admits
from lms.practices.enums import PracticeRole
from lms.ui.dates import day, day_range, hours
from lms.ui.names import for_dr

COVER_SHOWN = 8


@admits("leadership", "staff", "leader", "former leader")
def practice_home(request, practice):
    """The practice's leaders at a glance, and the dates that need cover. Leaders are sent to their journey."""
    if not (ROLES["leadership"](request) or ROLES["staff"](request)):
        return redirect("cohorts_practice:journey", practice.slug)
    cards: list[dict] = []
    sessions: dict = {}
    for cohort in Cohort.objects.filter(pk__in=_cohorts_here()):
        plan = plan_of(cohort)
        for leader in leaders_of(cohort, [practice]):
            standing = stand(leader, plan)
            cards.append(_card(cohort, leader, standing, practice))
            if leader.state not in ("withdrawn", "completed"):
                sessions |= {item.asked.id: (item.asked.cohort_session, item) for item in standing.sessions}
    cover = _cover(sessions, practice)
    return render(
        request,
        "cohorts/practice/practice_home.html",
        {
            "practice": practice,
            "cards": [card for card in cards if card["leader"].state != "withdrawn"],
            "left": [card for card in cards if card["leader"].state == "withdrawn"],
            "cover": cover[:COVER_SHOWN],
            "lede": _lede(cards),
            "acts_as_staff": not ROLES["leadership"](request),
        },
    )


def _cohorts_here() -> list:
    return list(Enrollment.objects.values_list("nomination__cohort", flat=True).distinct())


def _card(cohort: Cohort, leader: Leader, standing: Standing, practice) -> dict:
    return {
        "leader": leader,
        "cohort": cohort,
        "status": status(standing, leader.state),
        "pace": standing.pace,
        "rail": rail(cohort, standing, practice.time_zone),
        "modules": _modules_line(standing),
        "sessions": _sessions_line(standing),
        "why": "; ".join(standing.why) if standing.pace != Pace.ON_PACE else "",
    }


def _modules_line(standing: Standing) -> str:
    required = [item for item in standing.modules if item.asked.required]
    done = sum(item.is_finished for item in required)
    line = f"{done} of {len(required)} done"
    following = next((item for item in standing.next if item.asked.module_id), None)
    if following is None:
        return line
    if following.state == State.PLANNED:
        return f"{line}, next opens {day(following.opens_on)}"
    verb = "was due" if following.state == State.OVERDUE else "due"
    return f"{line}, {following.asked.title} {verb} {day(following.due_on)}"


def _sessions_line(standing: Standing) -> str:
    over = [item for item in standing.sessions if item.state in (State.DONE, State.MISSED, State.EXCUSED)]
    over = [item for item in over if item.asked.cohort_session and not item.asked.cohort_session.cancelled_at]
    if not over:
        return "None yet"
    attended = sum(item.state == State.DONE for item in over)
    excused = sum(item.state == State.EXCUSED for item in over)
    missed = len(over) - attended - excused
    extra = [f"{n} {word}" for n, word in ((missed, "missed"), (excused, "excused")) if n]
    return f"{attended} of {len(over)} attended" + (f", {joined(extra)}" if extra else "")


def _lede(cards: list[dict]) -> dict:
    active = [card for card in cards if card["pace"] is not None]
    if not active:
        return {}
    troubled = [card for card in active if card["pace"] != Pace.ON_PACE]
    cohorts = sorted({card["cohort"].name for card in active})
    who = f"{number(len(active)).capitalize()} leader{'' if len(active) == 1 else 's'} in {joined(cohorts)}"
    if not troubled:
        word = {1: "", 2: "both "}.get(len(active), "all ")
        return {"text": f"{who}, {word}", "strong": "on pace"}
    names = joined(for_dr(card["leader"].name) for card in troubled)
    verb = "needs" if len(troubled) == 1 else "need"
    return {"text": f"{who}. {names} {verb} ", "strong": "attention"}


def _cover(sessions: dict, practice) -> list[dict]:
    """Coming sessions in the practice's zone: what somebody else has to cover at home."""
    now = clock.now()
    coming = [s for s, item in sessions.values() if item.state not in PAST and s.ends_at > now]
    rows = []
    for cohort_session in sorted(coming, key=lambda s: s.starts_at):
        zone = practice.time_zone
        there = zone_of(cohort_session, zone)
        start = local_start(cohort_session, zone)
        end = cohort_session.ends_at.astimezone(start.tzinfo)
        mode = MODE_WORDS[SessionMode(cohort_session.mode)].lower()
        travels = cohort_session.mode == SessionMode.IN_PERSON
        away = hours(cohort_session.starts_at, cohort_session.ends_at, there)
        rows.append(
            {
                "days": day_range(start.date(), end.date()),
                "weekday": f"{start:%a}",
                "title": cohort_session.title,
                "mode": f"{mode}, {cohort_session.venue}" if travels and cohort_session.venue else mode,
                "away": f"{away}, and travel" if travels else away,
            }
        )
    return rows


def leader_here(enrollment_id) -> Enrollment:
    """An enrollment of the practice that was entered. Or 404."""
    found = Enrollment.objects.select_related("nomination__cohort__program", "person__user")
    enrollment = found.filter(pk=enrollment_id).first()
    if enrollment is None:
        raise Http404("No such leader in this practice.")
    return enrollment


@admits("leadership", "staff")
def leader(request, practice, enrollment):
    """One leader's milestones, attendance and rulings. Opening it is written in the leader's access log."""
    enrollment = leader_here(enrollment)
    return draw_leader(request, practice, enrollment, staff=is_staff(request.user))


def _acts_as(request) -> str:
    """The role in which the page is opened: staff's, else the leadership role held here."""
    if is_staff(request.user):
        return "Program staff"
    held = (PracticeRole.MANAGING_PHYSICIAN, PracticeRole.SPONSOR, PracticeRole.ADMINISTRATOR)
    return next(PracticeRole(role).label for role in held if role in request.practice_roles)


def draw_leader(request, practice, enrollment, *, staff: bool, **refused):
    """The leader's page, for the access log too. A refused form of staff's comes back in it, with what was typed."""
    record_access(
        person=enrollment.person, viewer=request.user, role=_acts_as(request), what="Opened the leader’s page"
    )
    cohort, zone = enrollment.cohort, practice.time_zone
    about, plan = leader_of(enrollment), plan_of(cohort)
    standing = stand(about, plan)
    titles = {asked.id: asked.title for asked in plan.asked}
    rulings = [(titles.get(r.requirement_id, "No longer in the plan"), r) for r in enrollment.rulings.all()]
    context = {
        "practice": practice,
        "enrollment": enrollment,
        "cohort": cohort,
        "about": about,
        "standing": standing,
        "status": status(standing, about.state),
        "why": standing.why,
        "rail": rail(cohort, standing, zone),
        "seasons": seasons(standing, None, zone, {}),
        "modules": _modules_line(standing),
        "sessions": _sessions_line(standing),
        "years": YearCompletion.objects.filter(enrollment=enrollment).order_by("year", "completed_at"),
        "rulings": rulings,
        "pauses": enrollment.pauses.all(),
        "panels": record_panels_for(request, enrollment),
        "staff": staff,
    }
    if staff:
        context |= _for_staff(enrollment, standing) | refused
    return render(request, "cohorts/practice/leader.html", context, status=422 if refused else 200)


def _for_staff(enrollment, standing) -> dict:
    asks = list(PageRecord.objects.filter(person=enrollment.person_id).exclude(attempts_asked_at=None))
    titles = dict(Page.objects.filter(pk__in=[ask.page_id for ask in asks]).values_list("pk", "title"))
    return {
        "asks": [{"record": ask, "title": titles.get(ask.page_id, "")} for ask in asks],
        "completions": completed_lessons([enrollment.person_id]),
        "ruling_form": RulingForm(choices=rulable(standing)),
        "pause_form": PauseForm(initial={"starts_on": standing.today}),
    }


def rulable(standing: Standing) -> list[tuple[str, str]]:
    """The requirements that a ruling can still help, as choices."""
    return [
        (str(item.asked.id), f"{item.asked.title} ({item.state.label.lower()}, {day(item.due_on)})")
        for item in standing.items
        if not item.is_finished
    ]
