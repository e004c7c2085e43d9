"""Keys of checks that were mended: counts for the advisory group, whose attempts they are for staff, who decide."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cohorts.network.enums import KeyChangeState
from cohorts.network.models import KeyChange
from cohorts.staff import regrading
from curriculum.checking import check_of
from lms.accounts.queries import is_staff
from lms.practices.access import admits

PER_PAGE = 50


@require_safe
@admits("staff", "advisor")
def mended_keys(request):
    """Every change, those to decide first."""
    changes = KeyChange.objects.select_related("page").order_by("-noticed_at")
    context = {
        "waiting": list(changes.filter(state=KeyChangeState.OPEN)),
        "page": Paginator(changes.exclude(state=KeyChangeState.OPEN), PER_PAGE).get_page(request.GET.get("page")),
        "staff": is_staff(request.user),
    }
    return render(request, "cohorts/staff/mended_keys.html", context)


@require_safe
@admits("staff", "advisor")
def mended_key(request, change):
    """One change: what it would do as of now, or what was decided. Names for staff alone."""
    found = get_object_or_404(KeyChange.objects.select_related("page"), pk=change)
    staff = is_staff(request.user)
    comparison = None
    if found.state == KeyChangeState.OPEN:
        comparison = regrading.compare(page_id=found.page_id, check=check_of(found.key))
    context = {
        "change": found,
        "comparison": comparison,
        "rows": comparison.differences if comparison and staff else [],
        "progress": regrading.progress_of(found),
        "staff": staff,
        "pass_mark": found.key["pass_mark"],
    }
    return render(request, "cohorts/staff/mended_key.html", context)


@require_POST
@admits("staff")
def decide_key(request, change):
    """Grade the attempts again by the new key, or leave them as they are."""
    found = get_object_or_404(KeyChange, pk=change)
    seen = request.POST.get("revision", "")
    revision_id = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None
    do = {"confirm": regrading.confirm_key_change, "leave": regrading.leave_key_change}.get(request.POST.get("do", ""))
    if do is None:
        messages.error(request, "Choose whether to grade the attempts again or to leave them.")
        return redirect("cohorts_staff:mended_key", change)
    try:
        decided = do(change=found, revision_id=revision_id, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"Decided: {decided.get_state_display().lower()}.")
    return redirect("cohorts_staff:mended_key", change)
