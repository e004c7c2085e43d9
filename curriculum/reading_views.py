"""Reading outside the page tree: what is taken home from a lesson, and the glossary."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curriculum.models import LessonPage, Term
from curriculum.permissions import reads_curriculum
from lms.practices.access import admits


@require_safe
@admits("anyone")
def checklist(request, page: int, block):
    """A lesson's checklist alone, made to be printed, for whoever reads curriculum. 404 where there is none such."""
    if not reads_curriculum(request.user):
        raise PermissionDenied
    lesson = LessonPage.objects.live().filter(pk=page).first() if page < 2**31 else None
    if lesson is None:
        raise Http404("No such lesson.")
    found = next((item for item in lesson.body if item.block_type == "checklist" and item.id == str(block)), None)
    if found is None:
        raise Http404("No such checklist.")
    context = {"lesson": lesson, "module": lesson.get_parent(), "checklist": found.value}
    return render(request, "curriculum/checklist.html", context)


@require_safe
@admits("anyone")
def glossary(request):
    """Every term of the glossary, for whoever reads curriculum."""
    if not reads_curriculum(request.user):
        raise PermissionDenied
    terms = sorted(Term.objects.all(), key=lambda term: term.name.casefold())
    letters: dict[str, list[Term]] = {}
    for term in terms:
        letters.setdefault(term.name[0].upper(), []).append(term)
    return render(request, "curriculum/glossary.html", {"letters": list(letters.items())})
