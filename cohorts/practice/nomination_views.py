"""A practice's nominations, and the page on which a nominated physician answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cohorts.network.queries import cohorts_open_for_nominations, nominations_open_until
from cohorts.practice import nominating
from cohorts.practice.enums import NominationState
from cohorts.practice.models import Nomination
from cohorts.practice.nomination_forms import NominationForm, take_errors
from cohorts.practice.nomination_links import read_link
from lms.practices.access import ROLES, admits
from lms.practices.schema import enter
from lms.ui.names import for_dr

# What a state means for those who nominated: the pill's state, and what happens next.
NEXT = {
    NominationState.SUBMITTED: ("next", "The physician has a mail with a link and answers there."),
    NominationState.CONFIRMED: ("now", "The physician said yes. Program staff decide next."),
    NominationState.WAITLISTED: ("warn", "The cohort is full. You hear from us when a place opens."),
    NominationState.ACCEPTED: ("ok", "The physician is a leader in this cohort."),
    NominationState.REFUSED: ("planned", "The physician said no, this time."),
    NominationState.DECLINED: ("planned", ""),
    NominationState.WITHDRAWN: ("planned", "The practice took the nomination back."),
}


@admits("leadership", "staff")
def nominations(request, practice):
    """All nominations of the practice, newest first, each with what happens next."""
    rows = []
    for nomination in Nomination.objects.select_related("cohort").order_by("-submitted_at"):
        state, words = NEXT[NominationState(nomination.state)]
        rows.append(
            {
                "nomination": nomination,
                "state": state,
                "next": words,
                "waits": nomination.state == NominationState.SUBMITTED,
                "undecided": nomination.state in nominating.UNDECIDED,
            }
        )
    cohorts = cohorts_open_for_nominations()
    return render(
        request,
        "cohorts/practice/nominations.html",
        {
            "practice": practice,
            "rows": rows,
            "open_cohorts": [{"cohort": cohort, "until": nominations_open_until(cohort)} for cohort in cohorts],
            # The practice nominates, and takes back; staff read along.
            "nominates": ROLES["leadership"](request),
        },
    )


@admits("leadership")
def new_nomination(request, practice):
    """Nominate a physician for a cohort that takes nominations."""
    cohorts = cohorts_open_for_nominations()
    form = NominationForm(request.POST or None, cohorts=cohorts)
    if request.method == "POST" and form.is_valid():
        try:
            nomination = nominating.nominate(practice=practice, sponsor=request.user, **form.values())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{for_dr(nomination.name)} gets a mail now and answers there.")
            return redirect("cohorts_practice:nominations", practice.slug)
    return render(
        request,
        "cohorts/practice/nomination_new.html",
        {"practice": practice, "form": form, "open_cohorts": cohorts},
        status=422 if form.errors else 200,
    )


@admits("leadership")
def withdraw_nomination(request, practice, nomination):
    """Ask, then take a nomination back."""
    found = get_object_or_404(Nomination.objects.select_related("cohort"), pk=nomination)
    back = reverse("cohorts_practice:nominations", args=[practice.slug])
    if request.method == "POST":
        _try(
            request,
            lambda: nominating.withdraw_nomination(practice=practice, nomination=found),
            f"The nomination of {for_dr(found.name)} is withdrawn.",
        )
        return redirect(back)
    context = {
        "practice": practice,
        "title": f"Withdraw the nomination of {for_dr(found.name)}?",
        "text": f"{for_dr(found.name)} is told by mail. You can nominate again while {found.cohort.name} is open.",
        "action": request.path,
        "button": "Withdraw nomination",
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "cohorts/confirm.html", context)


@admits("leadership", "staff")
def send_nomination_again(request, practice, nomination):
    """Send the physician a fresh link."""
    found = get_object_or_404(Nomination, pk=nomination)
    if request.method == "POST":
        _try(
            request,
            lambda: nominating.send_link_again(practice=practice, nomination=found),
            f"A new link is on its way to {found.email}. Older links no longer work.",
        )
    return redirect("cohorts_practice:nominations", practice.slug)


def _try(request, act, done: str) -> None:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)


@never_cache
@admits("public")
def answer(request, token):
    """What the practice promises, and a yes or a no, behind a signed link. Looking changes nothing."""
    link = read_link(token)
    nomination = None
    if link is not None:
        with enter(link.practice):
            nomination = Nomination.objects.select_related("cohort").filter(pk=link.nomination_id).first()
    if link is None or nomination is None:
        return render(request, "cohorts/nomination_link_unknown.html", status=404)
    asked = nomination.state == NominationState.SUBMITTED
    stale = link.expired or link.generation != nomination.link_generation
    if request.method == "POST" and asked and not stale and request.POST.get("answer") in ("yes", "no"):
        yes = request.POST["answer"] == "yes"
        nominating.answer_nomination(practice=link.practice, nomination=nomination, yes=yes)
        return redirect(request.path)
    if request.method == "POST" and not stale:
        return redirect(request.path)
    context = {"practice": link.practice, "nomination": nomination, "asked": asked, "replaced": not link.expired}
    if stale:
        return render(request, "cohorts/nomination_link_ended.html", context, status=410)
    context["said_yes"] = nomination.answered_at and nomination.state != NominationState.REFUSED
    return render(request, "cohorts/nomination_answer.html", context)
