"""The advisory group's to-dos: a list, one of them, and the ways in which one ends."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.models import Page

from cohorts.network.models import CohortSession
from curriculum.models import LessonPage, ModulePage
from feedback.network import to_dos as actions
from feedback.network.enums import ToDoState
from feedback.network.models import ToDo
from feedback.network.queries import released_comments, to_dos
from feedback.staff.forms import as_uuids
from feedback.staff.to_do_forms import NoteForm, SettleForm, ToDoForm
from lms.practices.access import admits

A_PAGE = 30


@admits("staff", "advisor")
def listed(request):
    """Open or settled to-dos; of one page, if asked."""
    settled = request.GET.get("state") == "settled"
    found = to_dos().exclude(state=ToDoState.OPEN) if settled else to_dos().filter(state=ToDoState.OPEN)
    if settled:
        found = found.order_by("-settled_at")
    pages = Page.objects.filter(pk__in=ToDo.objects.values("page")).order_by("path")
    chosen = request.GET.get("page_of", "")
    if chosen:
        if chosen not in {str(pk) for pk in pages.values_list("pk", flat=True)}:
            raise Http404("No to-do is about this page.")
        found = found.filter(page=chosen)
    context = {
        "settled": settled,
        "pages": pages,
        "chosen": chosen,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "feedback/to_dos.html", context)


@admits("staff", "advisor")
def new(request):
    """A to-do about the page or session of the query string, with the comments picked there."""
    if not {"page", "cohort_session"} & set(request.GET):
        messages.info(request, "A to-do begins beside the page that it is about.")
        return redirect("to_dos:listed")
    subject = _subject(request.GET)
    sent = request.method == "POST"
    picked = as_uuids(request.POST.getlist("comments") if sent else request.GET.getlist("comment"))
    comments = released_comments(subject).filter(pk__in=picked).order_by("pk")
    form = ToDoForm(
        request.POST if sent else None,
        comments=comments,
        initial={"comments": [str(comment.pk) for comment in comments]},
    )
    if sent and form.is_valid():
        key = "cohort_session" if isinstance(subject, CohortSession) else "page"
        try:
            made = actions.make_to_do(by=request.user, **{key: subject}, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The to-do is on the list.")
            return redirect("to_dos:to_do", made.pk)
    lede = "It stands on the advisory group’s list, and beside the page until it is closed."
    return _form(request, form, f"To do: {subject.title}", "Make the to-do", reverse("to_dos:listed"), lede)


@admits("staff", "advisor")
def to_do(request, to_do):
    """One to-do: what it is about, and how it ended or may end."""
    found = get_object_or_404(to_dos().select_related("created_by", "settled_by", "revision"), pk=to_do)
    context = {
        "to_do": found,
        "subject": actions.subject_of(found),
        "comments": found.comments.order_by("pk"),
        "decisions": found.decisions.select_related("cohort"),
        "cohorts": actions.cohorts_asked(found) if found.is_open else (),
    }
    return render(request, "feedback/to_do.html", context)


@admits("staff", "advisor")
def change(request, to_do):
    """Another title, somebody who does it, a day by which."""
    found = _found(to_do)
    initial = {"title": found.title, "assignee": found.assignee_id, "due_on": found.due_on}
    form = ToDoForm(request.POST if request.method == "POST" else None, initial=initial)
    done = _act(request, form, lambda: actions.change_to_do(to_do=found, **form.cleaned_data), "Saved.", found)
    return done or _form(request, form, "Change the to-do", "Save", _at(found))


@admits("staff", "advisor")
def publish(request, to_do):
    """Let the next publication of its page close it, with or without a note; or take that back."""
    found = _found(to_do)
    if found.page_id is None:
        raise Http404("A session is not published.")
    if request.method == "POST" and "keep" in request.POST:
        actions.keep_open(to_do=found)
        messages.success(request, "It stays open when the page is published.")
        return redirect(_at(found))
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"said": found.said, "did": found.did})
    words = f"It closes when “{actions.subject_of(found).title}” is next published."
    done = _act(
        request,
        form,
        lambda: actions.close_with_publication(to_do=found, by=request.user, **form.cleaned_data),
        words,
        found,
    )
    return done or _form(
        request,
        form,
        "Close it when the page is next published",
        "Close it with the next publication",
        _at(found),
        _told(found),
    )


@admits("staff", "advisor")
def settle(request, to_do):
    """Close it by hand, or decide against it."""
    found = _found(to_do)
    initial = {"said": found.said, "did": found.did}
    form = SettleForm(request.POST if request.method == "POST" else None, initial=initial)
    done = _act(
        request,
        form,
        lambda: actions.settle_to_do(to_do=found, by=request.user, **form.cleaned_data),
        "The to-do is closed.",
        found,
    )
    return done or _form(request, form, "Close the to-do", "Close it", _at(found), _told(found))


def _subject(asked):
    """The page or session that the query string names. Or 404."""
    page, cohort_session = asked.get("page", ""), asked.get("cohort_session", "")
    if page.isascii() and page.isdigit() and len(page) < 10:
        found = Page.objects.type(LessonPage, ModulePage).filter(pk=page).first()
        if found is not None:
            return found
    elif ids := as_uuids([cohort_session]):
        return get_object_or_404(CohortSession, pk=ids[0])
    raise Http404("No such page or session.")


def _found(pk) -> ToDo:
    """An open to-do; a settled one has no forms."""
    return get_object_or_404(to_dos().filter(state=ToDoState.OPEN), pk=pk)


def _told(to_do: ToDo) -> str:
    names = ", ".join(cohort.name for cohort in actions.cohorts_asked(to_do))
    if not names:
        return "No cohort was asked about it yet, so nobody reads a note: leave it empty."
    return f"A note is published to {names}. Leave both parts empty to publish none."


def _act(request, form, action, words: str, to_do: ToDo):
    """Do what a sent form asks for, and lead back; None while there is a form to show."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        action()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(request, words)
    return redirect(_at(to_do))


def _at(to_do: ToDo) -> str:
    return reverse("to_dos:to_do", args=[to_do.pk])


def _form(request, form, title: str, button: str, back: str, lede: str = ""):
    context = {"title": title, "lede": lede, "form": form, "button": button, "back": back}
    return render(request, "feedback/to_do_form.html", context, status=422 if form.errors else 200)
