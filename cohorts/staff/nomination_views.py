"""Nominations of all practices, and the page on which staff decide one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from cohorts.network.models import Cohort
from cohorts.practice import nominating
from cohorts.practice.enums import NominationState
from cohorts.practice.models import Nomination
from cohorts.practice.nomination_forms import take_errors
from cohorts.practice.nomination_queries import seats_by_cohort, seats_taken
from cohorts.practice.nomination_views import NEXT
from cohorts.staff.forms import DeclineForm
from cohorts.staff.queries import nominations_across
from lms.people.actions import record_access
from lms.practices.access import admits
from lms.ui.names import for_dr

DONE = {
    "accept": "{who} is in, and has an invitation in the mail. The sponsor is told.",
    "waitlist": "{who} is on the waitlist. Sponsor and physician are told.",
    "decline": "The nomination of {who} is declined. Sponsor and physician are told.",
}


@admits("staff")
def nominations(request):
    """By cohort, with its places; those that wait for staff unless another state is asked for."""
    asked = request.GET.get("state", "")
    if asked == "all":
        states = [str(state) for state in NominationState]
    else:
        asked = asked if asked in NominationState.values else str(NominationState.CONFIRMED)
        states = [asked]
    by_cohort: dict = {}
    for row in nominations_across(states):
        row["pill"] = NEXT[NominationState(row["state"])][0]
        by_cohort.setdefault(row["cohort_id"], []).append(row)
    taken = seats_by_cohort()
    groups = [
        {"cohort": cohort, "rows": by_cohort[cohort.pk], "taken": taken.get(cohort.pk, 0)}
        for cohort in Cohort.objects.filter(pk__in=by_cohort).order_by("starts_on")
    ]
    context = {"groups": groups, "asked": asked, "states": NominationState.choices}
    return render(request, "cohorts/staff/nominations.html", context)


@admits("staff")
def nomination(request, practice, nomination):
    """One nomination, and what staff can do with it now."""
    found = get_object_or_404(Nomination.objects.select_related("cohort"), pk=nomination)
    do = request.POST.get("do") if request.method == "POST" else None
    form = DeclineForm(request.POST if do == "decline" else None)
    if do in DONE and (do != "decline" or form.is_valid()):
        try:
            _decide(do, practice, found, request.user, form)
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                take_errors(form, error)
            else:
                messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, DONE[do].format(who=for_dr(found.name)))
            return redirect(request.path)
    found.refresh_from_db()
    state = NominationState(found.state)
    if state == NominationState.ACCEPTED:
        person = found.enrollment.person
        record_access(person=person, viewer=request.user, role="Program staff", what="The nomination")
    pill, next_words = NEXT[state]
    taken = seats_taken(found.cohort)
    context = {
        "practice": practice,
        "nomination": found,
        "pill": pill,
        "next_words": next_words,
        "taken": taken,
        "full": taken >= found.cohort.capacity,
        "can_accept": state in (NominationState.CONFIRMED, NominationState.WAITLISTED),
        "can_waitlist": state == NominationState.CONFIRMED,
        "can_decline": state in nominating.UNDECIDED,
        "can_send_again": state == NominationState.SUBMITTED,
        "form": form,
    }
    return render(request, "cohorts/staff/nomination.html", context, status=422 if form.errors else 200)


def _decide(do: str, practice, found: Nomination, by, form: DeclineForm) -> None:
    if do == "accept":
        nominating.accept_nomination(practice=practice, nomination=found, by=by)
    elif do == "waitlist":
        nominating.waitlist_nomination(practice=practice, nomination=found, by=by)
    else:
        reason = form.cleaned_data["reason"]
        nominating.decline_nomination(practice=practice, nomination=found, by=by, reason=reason)
