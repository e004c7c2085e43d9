"""What leaders said, as it was released, and what staff answer. Practice leadership has no door here."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cohorts.network.models import Cohort
from feedback.network import suppression
from feedback.network.actions import publish_decision
from feedback.network.enums import QuestionKind, SubjectKind
from feedback.network.models import Window
from feedback.network.queries import ledger_of
from feedback.staff.choosing import choose
from feedback.staff.forms import DecisionForm
from lms.accounts.queries import is_staff
from lms.practices.access import admits

FIRST_COMMENTS = 6
COMMENTS_A_PAGE = 30
HEADINGS = {SubjectKind.MODULE: "Modules", SubjectKind.SESSION: "Sessions"}


@admits("staff", "advisor")
def review(request):
    """Released figures and comments of all cohorts, and the ledger."""
    choice = choose(suppression.windows_with_releases(Window.objects.all()), request.GET)
    shown = suppression.shown(choice.windows, release=choice.release)
    comments = [
        {
            "figure": figure,
            "first": ()
            if figure.withheld
            else suppression.comments(choice.windows, question=figure.key, release=choice.release)[:FIRST_COMMENTS],
        }
        for figure in shown.of(QuestionKind.TEXT)
    ]
    cohorts = {window.cohort_id: window.cohort for window in choice.windows}
    return render(
        request,
        "feedback/review.html",
        _figures(choice, shown)
        | {
            "comments": comments,
            "query": _query(request),
            "ledger": ledger_of(cohorts.values()).prefetch_related("comments")[:30],
            "may_decide": is_staff(request.user) and choice.cohort is not None,
        },
    )


@admits("staff", "advisor")
def comments(request, question):
    """All released comments to one question, without dates, in a random order of their own."""
    choice = choose(suppression.windows_with_releases(Window.objects.all()), request.GET)
    shown = suppression.shown(choice.windows, release=choice.release)
    figure = next((figure for figure in shown.of(QuestionKind.TEXT) if figure.key == question), None)
    if figure is None:
        raise Http404("No such question among those asked here.")
    found = suppression.comments(choice.windows, question=question, release=choice.release)
    return render(
        request,
        "feedback/comments.html",
        {
            "choice": choice,
            "figure": figure,
            "page": None if figure.withheld else Paginator(found, COMMENTS_A_PAGE).get_page(request.GET.get("page")),
            "query": _query(request),
            "may_decide": is_staff(request.user) and choice.cohort is not None,
        },
    )


@admits("faculty")
def mine(request):
    """The released figures of the signed-in faculty member's own sessions and modules; no comments, no others."""
    own = Window.objects.filter(
        Q(cohort_session__faculty=request.user) | Q(module__faculty__user=request.user)
    ).distinct()
    choice = choose(suppression.windows_with_releases(own), request.GET)
    shown = suppression.shown(choice.windows, release=choice.release)
    return render(request, "feedback/mine.html", _figures(choice, shown))


@admits("staff")
def decide(request, cohort):
    """Publish what was decided on what a cohort said."""
    cohort = get_object_or_404(Cohort.objects.filter(windows__isnull=False).distinct(), pk=cohort)
    sent = request.method == "POST"
    picked = request.POST.getlist("comments") if sent else request.GET.getlist("comment")
    form = DecisionForm(request.POST if sent else None, cohort=cohort, picked=picked, initial={"comments": picked})
    if sent and form.is_valid():
        try:
            publish_decision(by=request.user, cohort=cohort, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Published. The leaders of {cohort} read it on their feedback page.")
            return redirect(f"{reverse('feedback_staff:review')}?cohort={cohort.pk}#ledger")
    return render(request, "feedback/decide.html", {"form": form, "cohort": cohort}, status=422 if form.errors else 200)


def _figures(choice, shown) -> dict:
    """What both pages draw: the rate of each window by its last release, bars, and the 0-10 questions."""
    if len(choice.windows) == 1:
        rates = [_rate(rate, f"Release {rate.number}", rate.released_on) for rate in shown.rates]
    else:
        last = {rate.window.pk: rate for rate in shown.rates}
        rates = [_rate(rate, rate.window.title, rate.released_on) for rate in reversed(last.values())]
        rates += [
            {"label": window.title, "withheld": "Nothing released: hidden"}
            for window in choice.windows
            if window.pk not in last
        ]
    likert = [
        {
            "heading": HEADINGS[about],
            "rows": [
                {"text": figure.text, "withheld": True}
                if figure.withheld
                else {"text": figure.text, "counts": figure.counts, "n": figure.n}
                for figure in shown.of(QuestionKind.LIKERT5)
                if figure.about == about
            ],
        }
        for about in HEADINGS
    ]
    return {
        "choice": choice,
        "shown": shown,
        "rates": rates,
        "likert": [group for group in likert if group["rows"]],
        "scores": [_score(figure) for figure in shown.of(QuestionKind.SCALE11)],
    }


def _rate(rate, label, released_on) -> dict:
    return {
        "label": label,
        "released_on": released_on,
        "percent": rate.percent,
        "note": f"{rate.people} of {rate.asked}",
    }


def _score(figure) -> dict:
    rows = [
        {"label": str(value), "percent": 100 * count / figure.n, "note": str(count)}
        for value, count in enumerate(figure.counts or ())
    ]
    return {"figure": figure, "rows": rows}


def _query(request) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
