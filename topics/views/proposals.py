"""A proposer's own topics: write one, see what is like it, follow what becomes of it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lms.practices.access import admits
from topics import proposing
from topics.enums import PUBLIC_STATES, TopicState
from topics.forms import take_errors
from topics.forms.proposal import TopicForm
from topics.models import Topic
from topics.queries import likely_duplicates, topics_of
from topics.words import PILLS, happened, next_for

ALSO_LIKE = "Topics like yours are there already: read their titles below. If yours is another one, propose it anyway."


@admits("proposer")
@require_safe
def mine(request):
    """What the signed-in user proposed, drafts first, each with what happens next."""
    rows = [
        {"topic": topic, "pill": PILLS[TopicState(topic.state)], "next": next_for(topic)} for topic in _own(request)
    ]
    return render(request, "topics/mine.html", {"rows": rows})


def _own(request):
    return topics_of(request.user)


@admits("proposer")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """A new topic: kept as a draft, or proposed at once."""
    return _written(request, None)


@admits("proposer")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, topic):
    """Go on with a draft. What was proposed stays as it was read."""
    found = get_object_or_404(_own(request), pk=topic)
    if found.state != TopicState.DRAFT:
        messages.info(request, "This topic was proposed already, so its words stay as they are.")
        return redirect("topics:topic", found.pk)
    return _written(request, found)


def _written(request, topic: Topic | None):
    draft = request.POST.get("do") == "draft"
    form = TopicForm(request.POST if request.method == "POST" else None, topic=topic, draft=draft)
    likely = []
    if request.method == "POST" and form.is_valid():
        key = topic.pk if topic else form.cleaned_data["key"]
        likely = [] if draft else _unseen(request, form.cleaned_data["title"], key)
        if likely:
            form.add_error(None, ALSO_LIKE)
        else:
            try:
                saved = _save(request, form, key, draft)
            except ValidationError as error:
                take_errors(form, error)
            else:
                return redirect("topics:topic", saved.pk)
    elif form.is_bound:
        likely = likely_duplicates(request.POST.get("title", ""), besides=topic.pk if topic else None)
    context = {"form": form, "topic": topic, "likely": likely}
    return render(request, "topics/propose.html", context, status=422 if form.errors else 200)


def _unseen(request, title: str, key: uuid.UUID) -> list:
    """What is like it, if the page that was sent did not show all of that: then it is shown before anything is done."""
    likely = likely_duplicates(title, besides=key)
    seen = set(request.POST.getlist("seen"))
    return [] if all(str(one.id) in seen for one in likely) else likely


@transaction.atomic
def _save(request, form: TopicForm, key: uuid.UUID, draft: bool) -> Topic:
    already = _own(request).filter(pk=key).exclude(state=TopicState.DRAFT).first()
    if already is not None:  # the same form sent twice
        return already
    try:
        saved = proposing.save_draft(proposer=request.user, pk=key, **form.words())
    except PermissionError as error:
        raise ValidationError("This form belongs to somebody else. Open a new one from your topics.") from error
    if draft:
        messages.success(request, "Your draft is saved. Only you see it.")
        return saved
    proposed = proposing.propose(topic=saved)
    messages.success(request, "Your topic is with the advisory group. You hear from us at each step.")
    return proposed


@admits("proposer")
@require_safe
@never_cache
def likely(request):
    """The topics like the title being typed, as a part of the page: titles and states alone."""
    try:
        besides = uuid.UUID(request.GET.get("key", ""))
    except ValueError:
        besides = None
    context = {"likely": likely_duplicates(request.GET.get("title", ""), besides=besides), "asked": True}
    return render(request, "topics/includes/likely.html", context)


@admits("proposer")
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request, topic):
    """One's own topic: its words, its way so far, and whether one is named in public."""
    found = get_object_or_404(_own(request).select_related("cohort_session__cohort", "module"), pk=topic)
    if request.method == "POST":
        if found.state == TopicState.DRAFT:
            raise Http404("A draft has nothing to agree to yet.")
        agreed = request.POST.get("shows_proposer") == "on"
        proposing.show_proposer(topic=found, agreed=agreed)
        messages.success(request, "Your name may be shown." if agreed else "Your name is not shown in public.")
        return redirect(request.path)
    context = {
        "topic": found,
        "pill": PILLS[TopicState(found.state)],
        "next": next_for(found),
        "events": _way(found),
        "is_public": found.state in PUBLIC_STATES,
    }
    return render(request, "topics/topic.html", context)


def _way(topic: Topic) -> list[dict]:
    return [
        {"happened": happened(TopicState(event.state), first=not number), "words": event.words, "state": event.state}
        | {"at": event.at}
        for number, event in enumerate(topic.events.all())
    ]


@admits("proposer")
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, topic):
    """Ask, then delete a draft."""
    found = get_object_or_404(_own(request), pk=topic, state=TopicState.DRAFT)
    if request.method == "POST":
        try:
            proposing.discard_draft(topic=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "The draft is gone.")
        return redirect("topics:mine")
    context = {
        "title": f"Discard “{found.title}”?",
        "text": "The draft is deleted for good. Nobody else has seen it.",
        "action": request.path,
        "button": "Discard draft",
        "cancel_url": reverse("topics:topic", args=[found.pk]),
        "danger": True,
    }
    return render(request, "topics/confirm.html", context)
