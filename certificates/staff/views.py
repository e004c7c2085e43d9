from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.network.models import Registry
from certificates.network.states import state_of
from certificates.practice import actions as practice_actions
from certificates.practice.models import Certificate
from certificates.staff import actions, queries
from certificates.staff.forms import RevokeForm, SearchForm
from lms.practices.access import admits
from lms.practices.schema import enter

A_PAGE = 25


@require_safe
@admits("staff")
def certificates(request):
    """Every certificate of the network, and those about which staff are asked."""
    form = SearchForm(request.GET or None)
    found = queries.search()
    if form.is_bound:
        found = queries.search(form.cleaned_data["q"], form.cleaned_data["state"]) if form.is_valid() else found.none()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(entry, state_of(entry)) for entry in page.object_list],
        "taken_back": queries.taken_back(),
        "searched": form.has_changed(),
    }
    return render(request, "certificates/staff/certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@admits("staff")
def revoke(request, certificate):
    """Ask for the reason, then revoke. It is a page about one leader, who reads that it was opened."""
    entry = get_object_or_404(Registry.objects.select_related("practice"), pk=certificate)
    actions.record_look(entry=entry, viewer=request.user)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoked = actions.revoke(entry=entry, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            "Revoked. The verification page says so from now on." if revoked else "It had been revoked before.",
        )
        return redirect("certificates_staff:certificates")
    context = {"form": form, "entry": entry, "state": state_of(entry), "note": _note(entry)}
    return render(request, "certificates/staff/revoke.html", context, status=422 if form.errors else 200)


@require_POST
@admits("staff")
def keep(request, certificate):
    """Let a certificate stand though its year was taken back."""
    entry = get_object_or_404(Registry.objects.select_related("practice"), pk=certificate)
    if entry.practice is None:
        raise Http404("The practice has left, and what it kept with it.")
    with enter(entry.practice):
        practice_actions.keep(certificate=get_object_or_404(Certificate, pk=entry.pk), by=request.user)
    messages.success(request, "Kept. The certificate stays as it is.")
    return redirect("certificates_staff:certificates")


def _note(entry: Registry) -> Mapping[str, Any] | None:
    """Who revoked it and what they wrote, while the practice keeps that."""
    if entry.revoked_on is None or entry.practice is None:
        return None
    with enter(entry.practice):
        return Certificate.objects.filter(pk=entry.pk).values("revoked_by_name", "revoked_note").first()
