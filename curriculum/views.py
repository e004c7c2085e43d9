"""Pages of our own about the curriculum, outside the page tree."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from curriculum.evidence import sections_of
from curriculum.models import LessonPage, ModulePage
from lms.accounts.queries import opens_cms
from lms.practices.access import admits


@admits("staff", "advisor")
@never_cache
@require_safe
def evidence(request, page):
    """What leaders did with a lesson or a module, and said about it. With ?panel only what the editor's panel shows."""
    found = Page.objects.type(LessonPage, ModulePage).filter(pk=page).first() if page < 2**31 else None
    if found is None:
        raise Http404("No such lesson or module.")
    subject = found.specific
    context = {
        "page": subject,
        "sections": sections_of(request, subject),
        "edits": opens_cms(request.user) and subject.permissions_for_user(request.user).can_edit(),
    }
    part = "panel" if "panel" in request.GET else "page"
    return render(request, f"curriculum/evidence/{part}.html", context)
