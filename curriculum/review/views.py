"""The review of one page, where the buttons are, and the list of what waits."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from curriculum.changes import mark_of
from curriculum.impact import reach_in_words, reach_of
from curriculum.models import LessonPage, ModulePage
from curriculum.review import asking, deciding, forms
from curriculum.review.eyes import Refused
from curriculum.review.models import Clearance
from curriculum.review.pages import Reviewed
from curriculum.review.queries import open_emergencies, sent_by, waiting_for
from curriculum.review.standing import standing_of
from curriculum.review.words import in_words
from lms.practices.access import admits
from lms.ui.dates import day


@admits("advisor", "staff")
@require_safe
def reviews(request):
    """What waits for the viewer, what of theirs waits for others, and emergencies to look at."""
    context = {
        "waiting": waiting_for(request.user),
        "sent": sent_by(request.user),
        "emergencies": open_emergencies(),
    }
    return render(request, "curriculum/review/list.html", context)


@admits("advisor", "staff")
@require_safe
def page(request, page: int):
    """The text to read, with what the viewer may do about it."""
    return _shown(request, _page(page))


@admits("advisor", "staff")
@require_POST
def submit(request, page: int):
    return _act(request, page, "submit", forms.SubmitForm, _submit)


@admits("advisor", "staff")
@require_POST
def due(request, page: int):
    return _act(request, page, "due", forms.DueForm, _due)


@admits("advisor", "staff")
@require_POST
def approve(request, page: int):
    return _act(request, page, "approve", forms.ApproveForm, _approve)


@admits("advisor", "staff")
@require_POST
def changes(request, page: int):
    return _act(request, page, "changes", forms.ChangesForm, _changes)


@admits("advisor", "staff")
@require_POST
def emergency(request, page: int):
    return _act(request, page, "emergency", forms.EmergencyForm, _emergency)


@admits("advisor", "staff")
@require_POST
def look(request, page: int):
    return _act(request, page, "look", forms.LookForm, _look)


def _page(page_id: int) -> Page:
    found = get_object_or_404(Page.objects.filter(pk__lte=2**31 - 1), pk=page_id).specific
    if not isinstance(found, Reviewed):
        raise Http404
    return found


def _act(request, page_id: int, name: str, form_class, act):
    """Validate, act, and say so; a refusal is the page again, with the sentence on it and what was typed kept."""
    found = _page(page_id)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            said = act(found, request.user, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as refused:
            return _shown(request, found, refused=in_words(refused), status=409, **{name: form})
        else:
            messages.success(request, said)
            return redirect("curriculum_review:page", page=found.pk)
    return _shown(request, found, status=422, **{name: form})


def _submit(found, user, data) -> str:
    state = asking.submit(
        page=found, revision_id=data["revision"], by=user, due_on=data["due_on"], note=data["note"].strip()
    )
    return f"Sent. An answer is wanted by {day(state.due_on)}."


def _due(found, user, data) -> str:
    state = asking.change_due(page_id=found.pk, due_on=data["due_on"], by=user)
    return f"An answer is wanted by {day(state.due_on)} now."


def _approve(found, user, data) -> str:
    deciding.approve(page_id=found.pk, revision_id=data["revision"], by=user, comment=data["comment"].strip())
    found.refresh_from_db()
    return "Approved, and published." if found.live and not found.approved_schedule else "Approved, and scheduled."


def _changes(found, user, data) -> str:
    deciding.request_changes(page_id=found.pk, revision_id=data["revision"], by=user, comment=data["comment"].strip())
    return "Sent back, with your comment."


def _emergency(found, user, data) -> str:
    deciding.publish_in_emergency(page_id=found.pk, revision_id=data["revision"], by=user, reason=data["reason"])
    return "Published. Everybody who reviews is asked to look at it afterward."


def _look(found, user, data) -> str:
    clearance = get_object_or_404(Clearance, pk=data["clearance"], revision__object_id=str(found.pk))
    deciding.look_at_emergency(clearance=clearance, by=user, note=data["note"].strip())
    return "Noted that you looked at it."


def _touched(found: Page, revision) -> dict:
    """Who reads or has read what would be published; and what its author says about the change, if it is one."""
    if not isinstance(found, LessonPage | ModulePage):
        return {}
    reach = reach_of([found])[found.pk]
    marked = isinstance(found, LessonPage) and revision is not None and found.first_published_at is not None
    kind, note = mark_of(revision) if marked else (None, "")
    return {"touched": reach_in_words(reach), "change_kind": kind, "change_note": note}


def _shown(request, found: Page, *, refused: str = "", status: int = 200, **bound):
    found = type(found).objects.get(pk=found.pk)
    standing = standing_of(found, request.user)
    names = {"revision": standing.revision.pk if standing.revision else None}
    context = {
        "standing": standing,
        **_touched(found, standing.revision),
        "page_title": found.get_admin_display_title(),
        "refused": refused,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[found.pk]),
        "submit_form": bound.get("submit")
        or forms.SubmitForm(initial={**names, "due_on": asking.default_due(request.user)}),
        "due_form": bound.get("due")
        or forms.DueForm(initial={"due_on": standing.review.due_on if standing.review else None}),
        "approve_form": bound.get("approve") or forms.ApproveForm(initial=names),
        "changes_form": bound.get("changes") or forms.ChangesForm(initial=names),
        "emergency_form": bound.get("emergency") or forms.EmergencyForm(initial=names),
        "look_form": bound.get("look")
        or forms.LookForm(initial={"clearance": standing.emergency.pk if standing.emergency else None}),
    }
    return render(request, "curriculum/review/page.html", context, status=status)
