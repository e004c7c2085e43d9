"""The library: search, browse, and what one saved."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from curriculum.library import saving
from curriculum.library.forms import SearchForm
from curriculum.library.searching import Found, closed_modules, search
from curriculum.library.sources import SOURCES
from curriculum.models import ProgramPage
from lms.practices.access import admits

SAVED_SHOWN = 5


@require_safe
@admits("reader")
def library(request):
    """Search everything there is to read; without a question, the programs and what one saved."""
    form = SearchForm(request.GET)
    asked = form.asked
    is_search = bool(asked.q.strip()) or asked.is_filtered
    found = search(request.user, asked, request.GET.get("page")) if is_search else Found()
    context = {
        "form": form,
        "filters": [form[name] for name in ("topic", "year", "kind")],
        "offered": [(SOURCES[kind], found.kinds[kind]) for kind in SOURCES if kind in found.kinds],
        "suggestions": form.modules,
        "asked": asked,
        "is_search": is_search,
        "found": found,
        "opening": sorted(set(closed_modules(request.user).values()))[:1],
        **_around(request.user),
    }
    if not is_search:
        context["programs"] = ProgramPage.objects.live().public().order_by("title")
        if context["can_save"]:
            context["saved"] = saving.saved_hits(request.user)[0][:SAVED_SHOWN]
    return render(request, "library/library.html", context)


@require_safe
@admits("reader")
def saved(request):
    """All that one saved."""
    hits, gone = saving.saved_hits(request.user)
    return render(request, "library/saved.html", {"hits": hits, "gone": gone, **_around(request.user)})


@require_POST
@admits("reader")
def save(request):
    """Save a thing of the library; again changes nothing."""
    kind, object_id = _named(request)
    try:
        entry = saving.save(user=request.user, kind=kind, object_id=object_id)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if not request.htmx:
            messages.success(request, f"Saved: {entry.title}. You find it in the library.")
    return _answer(request, kind, object_id)


@require_POST
@admits("reader")
def forget(request):
    """Save it no longer."""
    kind, object_id = _named(request)
    saving.forget(user=request.user, kind=kind, object_id=object_id)
    if not request.htmx:
        messages.success(request, "It is not among what you saved any more.")
    return _answer(request, kind, object_id)


def _named(request) -> tuple[str, str]:
    return tuple(request.POST.get(name, "").replace("\x00", "")[:64] for name in ("kind", "id"))  # type: ignore[return-value]


def _around(user) -> dict:
    return {"can_save": saving.can_save(user), "kept": saving.kept_by(user)}


def _answer(request, kind: str, object_id: str):
    """With htmx the button as it is now; else the page that one came from."""
    if request.htmx:
        context = {
            "kind": kind,
            "object_id": object_id,
            "title": request.POST.get("title", ""),
            "next": request.POST.get("next", ""),
            "is_saved": (kind, object_id) in saving.kept_by(request.user),
        }
        answer = render(request, "library/includes/save.html", context)
        answer.write(render_to_string("includes/toasts.html", {}, request))
        return answer
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and "\x00" not in back else "curriculum_library:library")
