"""Keeping conferences: the advisory group and program staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lms.practices.access import admits
from topics import conferring
from topics.enums import SpeakerState
from topics.forms import take_errors
from topics.forms.board import ConferenceForm
from topics.models import Conference


@admits("advisor", "staff")
@require_safe
def manage(request):
    """Every conference, with how many topics are on its program and how many speakers have not answered."""
    waiting = Count("topics__speakers", filter=Q(topics__speakers__state=SpeakerState.ASKED), distinct=True)
    found = Conference.objects.annotate(topic_count=Count("topics", distinct=True), waiting=waiting)
    listed = list(found.order_by("-starts_on", "name"))
    return render(request, "topics/manage.html", {"conferences": listed})


@admits("advisor", "staff")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Add a conference."""
    return _form(request, None)


@admits("advisor", "staff")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, conference):
    """Change a conference."""
    return _form(request, get_object_or_404(Conference, pk=conference))


def _form(request, conference: Conference | None):
    form = ConferenceForm(request.POST if request.method == "POST" else None, conference=conference)
    if request.method == "POST" and form.is_valid():
        try:
            saved = conferring.save_conference(conference=conference, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect("topics:manage")
    context = {"form": form, "conference": conference}
    return render(request, "topics/conference_form.html", context, status=422 if form.errors else 200)


@admits("advisor", "staff")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, conference):
    """Ask, then delete a conference that has no program."""
    found = get_object_or_404(Conference, pk=conference)
    if request.method == "POST":
        try:
            conferring.remove_conference(conference=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"{found.name} is removed.")
        return redirect("topics:manage")
    context = {
        "title": f"Remove {found.name}?",
        "text": "It is deleted for good. One with topics on its program stays.",
        "action": request.path,
        "button": "Remove conference",
        "cancel_url": reverse("topics:manage"),
        "danger": True,
    }
    return render(request, "topics/confirm.html", context)
