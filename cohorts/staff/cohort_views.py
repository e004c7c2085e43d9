"""Cohorts for program staff: the list, a new one, its board, its plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.network import actions
from cohorts.network.differences import differences
from cohorts.network.kinds import kinds
from cohorts.network.models import Cohort, Requirement
from cohorts.network.plan import due_on, month_of, opens_on, year_bounds
from cohorts.network.queries import keys_to_decide
from cohorts.practice.board import board
from cohorts.practice.nominating import add_leader
from cohorts.practice.nomination_forms import take_errors
from cohorts.practice.nomination_queries import seats_by_cohort, seats_taken
from cohorts.staff.boarding import Filters, shown
from cohorts.staff.forms import CohortEditForm, CohortForm, LeaderForm, RequirementDaysForm
from cohorts.staff.queries import month_words, nominations_to_decide
from cohorts.staff.retired import retired_modules
from lms import clock
from lms.practices.access import admits
from lms.ui.names import for_dr


@admits("staff")
def cohorts(request):
    """All cohorts, the latest first, with leaders, places and nominations that wait."""
    taken, waiting = seats_by_cohort(), nominations_to_decide()
    found = list(Cohort.objects.select_related("program"))
    differing = differences(found)
    rows = [
        {
            "cohort": cohort,
            "leaders": taken.get(cohort.pk, 0),
            "waiting": waiting[cohort.pk],
            "month": month_words(cohort, month_of(cohort, clock.today(cohort.westernmost_zone))),
            "last_day": year_bounds(cohort, cohort.years)[1],
            "differences": len(differing[cohort.pk]),
        }
        for cohort in found
    ]
    return render(request, "cohorts/staff/cohorts.html", {"rows": rows, "mended": keys_to_decide()})


@admits("staff")
def new_cohort(request):
    """Lay out a cohort from a program's template and a first day."""
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cohort = actions.create_cohort(**form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{cohort.name} is laid out. Look through its plan, then move its sessions.")
            return redirect("cohorts_staff:plan", cohort.pk)
    return render(
        request,
        "cohorts/staff/form.html",
        {
            "title": "New cohort",
            "lede": "Modules and sessions are laid out from the program’s template. You can change each afterward.",
            "form": form,
            "button": "Lay out the cohort",
            "crumbs": [("Cohorts", reverse("cohorts_staff:cohorts"))],
        },
        status=422 if form.errors else 200,
    )


@admits("staff")
def cohort(request, cohort):
    """The board: leaders and what the plan asks of them, filtered by name, practice and pace."""
    found = get_object_or_404(Cohort, pk=cohort)
    filters = Filters(request.GET)
    context = shown(board(found), filters)
    month = month_of(found, clock.today(found.westernmost_zone))
    return render(
        request,
        "cohorts/staff/cohort.html",
        {"cohort": found, "filters": filters, "month": month_words(found, month), **context},
    )


@admits("staff")
def edit_cohort(request, cohort):
    """Name, places and the last day for nominations."""
    found = get_object_or_404(Cohort, pk=cohort)
    initial = {name: getattr(found, name) for name in ("name", "capacity", "nominations_close_on")}
    form = CohortEditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_cohort(cohort=found, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("cohorts_staff:cohort", found.pk)
    return render(
        request,
        "cohorts/staff/form.html",
        {
            "title": f"Change {found.name}",
            "lede": f"{seats_taken(found)} of {found.capacity} places are taken.",
            "form": form,
            "button": "Save",
            "crumbs": _crumbs(found),
        },
        status=422 if form.errors else 200,
    )


@admits("staff")
def plan(request, cohort):
    """The cohort's years: what opens and is due when. One requirement at a time can get staff's own days."""
    found = get_object_or_404(Cohort, pk=cohort)
    requirements = list(found.requirements.select_related("module", "cohort_session").order_by("year", "position"))
    for requirement in requirements:
        requirement.cohort = found
    editing = _chosen(requirements, request.POST.get("requirement") or request.GET.get("change"))
    form = None
    if editing is not None:
        initial = {"opens_on": editing.opens_on, "due_on": editing.due_on}
        form = RequirementDaysForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            try:
                actions.set_requirement_days(requirement=editing, **form.cleaned_data)
            except ValidationError as error:
                take_errors(form, error)
                editing.opens_on, editing.due_on = initial["opens_on"], initial["due_on"]
            else:
                messages.success(request, f"The days of {editing.title} are saved.")
                return redirect("cohorts_staff:plan", found.pk)
    context = {
        "cohort": found,
        "years": [_year(found, year, requirements) for year in range(1, found.years + 1)],
        "retired": retired_modules(found, requirements),
        "editing": editing,
        "form": form,
        "differences": len(differences([found])[found.pk]),
    }
    return render(request, "cohorts/staff/plan.html", context, status=422 if form is not None and form.errors else 200)


def _chosen(requirements: list[Requirement], pk: str | None) -> Requirement | None:
    """The requirement whose days are being changed. A session's day is its own: it is edited there."""
    if not pk:
        return None
    for requirement in requirements:
        if str(requirement.pk) == pk and requirement.cohort_session is None:
            return requirement
    raise Http404("No such requirement in this plan.")


def _year(found: Cohort, year: int, requirements: list[Requirement]) -> dict:
    first, last = year_bounds(found, year)
    mine = [requirement for requirement in requirements if requirement.year == year]
    groups = []
    for kind in kinds.values():
        rows = [
            {"requirement": r, "opens_on": opens_on(r), "due_on": due_on(r), "own_days": bool(r.opens_on or r.due_on)}
            for r in mine
            if r.kind == kind.key
        ]
        if rows:
            groups.append({"kind": kind, "rows": rows})
    return {"number": year, "first": first, "last": last, "groups": groups}


@admits("staff")
def new_leader(request, cohort):
    """Enroll a physician on staff's word, without the question by mail."""
    found = get_object_or_404(Cohort, pk=cohort)
    form = LeaderForm(request.POST or None, cohort=found)
    if request.method == "POST" and form.is_valid():
        try:
            enrollment = add_leader(cohort=found, by=request.user, **form.values())
        except ValidationError as error:
            take_errors(form, error)
        else:
            name = enrollment.nomination.name
            messages.success(request, f"{for_dr(name)} is in {found.name} and gets an invitation by mail.")
            return redirect("cohorts_staff:cohort", found.pk)
    return render(
        request,
        "cohorts/staff/form.html",
        {
            "title": "Add a leader",
            "lede": f"For a physician who has agreed. {seats_taken(found)} of {found.capacity} places are taken.",
            "form": form,
            "button": "Add leader",
            "crumbs": _crumbs(found),
        },
        status=422 if form.errors else 200,
    )


def _crumbs(found: Cohort) -> list[tuple[str, str]]:
    return [
        ("Cohorts", reverse("cohorts_staff:cohorts")),
        (found.name, reverse("cohorts_staff:cohort", args=[found.pk])),
    ]
