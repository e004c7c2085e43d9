"""In the CMS: choosing a file for a new lesson, and looking at what was not carried over."""

from pathlib import PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from curriculum.models import BroughtIn, LessonPage, ModulePage
from curriculum.word.actions import bring_in_document, bring_in_word, settle
from curriculum.word.forms import BringInForm
from curriculum.word.opening import LOCKED, MACROS, Refused
from curriculum.word.panels import grouped
from curriculum.word.permissions import adds_lessons

REFUSED_KINDS = {
    **dict.fromkeys((".docm", ".dotm", ".pptm", ".potm", ".ppsm"), MACROS),
    **dict.fromkeys((".doc", ".ppt", ".rtf", ".odt", ".odp", ".pages", ".key"), LOCKED),
}
WHICH = "Choose a Word document (.docx), a PowerPoint presentation (.pptx) or a PDF."


@require_http_methods(["GET", "POST"])
def bring_in(request, module: int):
    """The form on a module that makes a draft lesson of a file."""
    page = get_object_or_404(ModulePage, pk=module)
    if not adds_lessons(request.user, page):
        raise PermissionDenied
    form = BringInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            lesson = _draft(page, form.cleaned_data, request.user)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("curriculum_word:review", lesson.pk)
    return render(request, "curriculum/word/bring_in.html", {"form": form, "module": page})


def _draft(module: ModulePage, data: dict, by) -> LessonPage:
    file = data["file"]
    match kind := PurePath(file.name).suffix.lower():
        case ".docx":
            take = data["changes"] == "take"
            return bring_in_word(module=module, file=file, file_name=file.name, by=by, take_changes=take)
        case ".pptx" | ".pdf":
            return bring_in_document(module=module, file=file, file_name=file.name, by=by)
    raise Refused(REFUSED_KINDS.get(kind, WHICH))


@require_http_methods(["GET", "POST"])
def review(request, page: int):
    """What was carried into a draft and what was not; a POST says that an editor has looked at it."""
    brought_in = get_object_or_404(BroughtIn.objects.select_related("page"), page=page)
    lesson = brought_in.page
    if not lesson.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        settle(brought_in=brought_in, by=request.user)
        messages.success(
            request, "Confirmed: this lesson can be sent for approval once its pictures and tables are described."
        )
        return redirect("wagtailadmin_pages:edit", lesson.pk)
    draft = lesson.get_latest_revision_as_object()
    context = {
        "brought_in": brought_in,
        "lesson": draft,
        "blocks": list(draft.body),
        "groups": grouped(brought_in.notes),
        "total": len(brought_in.notes),
    }
    return render(request, "curriculum/word/review.html", context)
