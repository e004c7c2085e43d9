"""A leader's speaker page: writing it, looking at it before others do, and the page itself."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.links import absolute
from lms.practices.access import admits
from topics import speaker_pages
from topics.forms import take_errors
from topics.forms.speaker_page import SpeakerPageForm, TalkForm
from topics.models import SpeakerPage


@admits("any leader", "page holder")
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """One's own page: its words, talks, and whether others see it. Each form sends what it does as `do`."""
    page = SpeakerPage.objects.filter(user=request.user).first()
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = SpeakerPageForm(request.POST if do == "save" else None, user=request.user, page=page)
    talk_form = TalkForm(request.POST if do == "add_talk" else None, auto_id="talk_%s")
    bound = {"save": form, "add_talk": talk_form}.get(do)
    if request.method == "POST" and (bound is None or bound.is_valid()):
        try:
            messages.success(request, _done(do, request, bound))
            return redirect(request.path)
        except ValidationError as error:
            if bound is None or not hasattr(error, "error_dict"):
                messages.error(request, " ".join(error.messages))
                return redirect(request.path)
            take_errors(bound, error)
    context = {
        "page": page,
        "address": absolute(reverse("topics:speaker", args=[page.slug])) if page else "",
        "form": form,
        "talk_form": talk_form,
        "talks": speaker_pages.talks_of(page) if page else [],
    }
    status = 422 if bound is not None and bound.errors else 200
    return render(request, "topics/speaker_page_mine.html", context, status=status)


def _done(do: str, request, bound) -> str:
    user = request.user
    if do == "save":
        page = speaker_pages.save_page(user=user, **bound.cleaned_data)
        return "Saved, and public as it stands." if page.published_at else "Saved. Nobody else sees it yet."
    if do == "add_talk":
        speaker_pages.add_talk(user=user, **bound.cleaned_data)
        return "The talk is on your page."
    if do == "publish":
        speaker_pages.publish(user=user)
        return "Your page is public. Share its address as you like."
    if do == "take_down":
        speaker_pages.take_down(user=user)
        return "Your page is down. Its address leads nowhere now."
    if do == "remove_talk":
        speaker_pages.remove_talk(user=user, pk=_uuid(request.POST.get("talk", "")))
        return "The talk is off your page."
    raise ValidationError("Nothing was done. Use one of the buttons on this page.")


def _uuid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError as error:
        raise ValidationError("This talk is not on your page any more.") from error


@admits("any leader", "page holder")
@require_safe
def preview(request):
    """One's page as others would see it."""
    page = SpeakerPage.objects.select_related("user").filter(user=request.user).first()
    if page is None:
        messages.info(request, "Write and save your page first; then look at it.")
        return redirect("topics:speaker_page")
    return _shown(request, page, is_preview=True)


@admits("public")
@require_safe
@never_cache
def speaker(request, slug):
    """A published page; one that was taken down does not exist."""
    published = SpeakerPage.objects.select_related("user").exclude(published_at=None)
    return _shown(request, get_object_or_404(published, slug=slug, user__is_active=True), is_preview=False)


def _shown(request, page: SpeakerPage, *, is_preview: bool):
    context = {
        "page": page,
        "talks": speaker_pages.talks_of(page),
        "practice_shown": speaker_pages.practice_shown(page),
        "is_preview": is_preview,
    }
    return render(request, "topics/speaker_page.html", context)
