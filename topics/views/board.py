"""The advisory group's board, and one topic on it.

Program staff read along without scores, give topics their place and ask speakers.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe

from lms.accounts.queries import is_advisor, is_staff
from lms.practices.access import admits
from topics import becoming, board, moving, scoring, speaking
from topics.board_file import board_csv
from topics.enums import PUBLIC_STATES, TopicState
from topics.forms import board as forms
from topics.forms import take_errors
from topics.models import Speaker, Topic
from topics.words import PILLS

LOADED = ("proposer", "conference", "cohort_session__cohort", "module")


@admits("advisor", "staff")
@require_safe
def topics(request):
    """Columns of topics, narrowed as asked."""
    form, chosen = _chosen(request)
    whole = request.GET.get("state", "")
    found = board.columns(request.user, board.board_topics(**chosen), only=_only(form), whole=whole)
    context = {
        "form": form,
        "columns": found,
        "whole": whole,
        "total": sum(column.count for column in found),
        "is_member": is_advisor(request.user),
        "narrowed": any(form.cleaned_data.values()),
        "query": request.GET.urlencode(),
    }
    return render(request, "topics/board.html", context)


def _chosen(request) -> tuple[forms.BoardFilter, dict]:
    given = MultiValueDict({name: [value.replace("\x00", "")[:200]] for name, value in request.GET.items()})
    form = forms.BoardFilter(given)
    form.is_valid()
    return form, {name: form.cleaned_data.get(name) or empty for name, empty in _UNCHOSEN.items()}


_UNCHOSEN = {"q": "", "destination": "", "conference": None}


def _only(form: forms.BoardFilter) -> str:
    return form.cleaned_data.get("only") or ""


@admits("advisor", "staff")
@require_safe
def export(request):
    """What the board shows, as a file: scores where the viewer sees them, and words where not."""
    form, chosen = _chosen(request)
    found = list(board.board_topics(**chosen))
    stands = scoring.standings(request.user, found)
    if _only(form) == "to_score":
        found = [topic for topic in found if stands[topic.pk].may_score]
    response = HttpResponse(board_csv(found, stands), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="topics.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


# What can be done on a topic's page: its form, and whether program staff may do it too.
DEEDS = {
    "move": (None, False),
    "decline": (forms.DeclineForm, False),
    "score": (forms.ScoreForm, False),
    "conflict": (forms.ConflictForm, False),
    "comment": (forms.CommentForm, False),
    "place": (forms.PlaceForm, True),
    "session": (forms.SessionForm, True),
    "module": (forms.ModuleForm, True),
    "speaker": (forms.SpeakerForm, True),
    "ask_again": (None, True),
    "remove": (None, True),
}


@admits("advisor", "staff")
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request, topic):
    """One topic: what was proposed, what the group thinks, where it goes. Each form sends what it does as `do`."""
    proposed = Topic.objects.exclude(state=TopicState.DRAFT)
    found = get_object_or_404(proposed.select_related(*LOADED), pk=topic)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    bound = None
    if do in DEEDS and (DEEDS[do][1] or is_advisor(request.user)):
        kind = DEEDS[do][0]
        bound = kind(request.POST) if kind else None
        if bound is None or bound.is_valid():
            try:
                messages.success(request, _done(do, request, found, bound))
            except ValidationError as error:
                if bound is not None and hasattr(error, "error_dict"):
                    take_errors(bound, error)
                else:
                    # It is about where the topic stands now: the page may not even show this form any more.
                    messages.error(request, " ".join(error.messages))
                    return _back(request)
            else:
                return _back(request)
    elif request.method == "POST":
        messages.error(request, "Nothing was done. Use one of the buttons on this page.")
        return redirect(request.path)
    return _shown(request, found, do, bound)


def _back(request):
    """To the board for a click that was made there, else to the topic's page."""
    return redirect("topics:board" if request.POST.get("from") == "board" else request.path)


def _done(do: str, request, found: Topic, form) -> str:
    """Do it, and say so. Raises ValidationError where it cannot be done."""
    by = request.user
    if do in ("move", "decline"):
        return _moved(do, request, found, form)
    if do == "score":
        scoring.give_score(topic=found, member=by, **form.cleaned_data)
        return "Your scores are kept. Below is what the others gave."
    if do == "conflict":
        scoring.declare_conflict(topic=found, member=by, why=form.cleaned_data["why"])
        return "Your conflict is declared. A score of yours does not count here."
    if do == "comment":
        scoring.say(topic=found, by=by, text=form.cleaned_data["text"])
        return "Said."
    if do == "place":
        conference = form.cleaned_data["conference"]
        moving.place(topic=found, conference=conference, by=by)
        return f"It is on the program of {conference.name}. The proposer hears of it."
    if do == "session":
        made = becoming.make_session(topic=found, cohort=form.cleaned_data["cohort"], by=by)
        return f"It is a session of {made.cohort.name}. Check its time and place."
    if do == "module":
        becoming.make_module(topic=found, program=form.cleaned_data["program"], by=by)
        return "It is a draft module in the CMS. Nothing is published yet."
    return _about_speaker(do, request, found, form)


def _moved(do: str, request, found: Topic, form) -> str:
    to = TopicState.DECLINED if do == "decline" else request.POST.get("to", "")
    if to not in TopicState.values:
        raise ValidationError("Choose where the topic goes with one of the buttons.")
    moved = moving.move(
        topic=found,
        to=TopicState(to),
        by=request.user,
        seen=request.POST.get("seen", ""),
        reason=form.cleaned_data["reason"] if form else "",
    )
    return f"“{moved.title}” is {moved.get_state_display().lower()} now. The proposer hears of it."


def _about_speaker(do: str, request, found: Topic, form) -> str:
    if do == "speaker":
        speaker = speaking.ask_speaker(topic=found, by=request.user, **form.cleaned_data)
        return f"{speaker.name} is asked by mail."
    speaker = _speaker(found, request.POST.get("speaker", ""))
    if do == "ask_again":
        speaking.send_link_again(speaker=speaker)
        return f"A new link is on its way to {speaker.email}. Older links no longer work."
    speaking.remove_speaker(speaker=speaker)
    return f"{speaker.name} is off the topic, and their link no longer works."


def _speaker(found: Topic, pk: str) -> Speaker:
    for speaker in found.speakers.all():
        if str(speaker.pk) == pk:
            return speaker
    raise ValidationError("This speaker is not on the topic any more.")


def _shown(request, found: Topic, do: str, bound):
    stands = scoring.standing(request.user, found)
    made = {name: kind(auto_id=f"{name}_%s") for name, (kind, _) in DEEDS.items() if kind and name != do}
    if bound is not None:
        bound.auto_id = f"{do}_%s"
        made[do] = bound
    context = {
        "topic": found,
        "pill": PILLS[TopicState(found.state)],
        "stands": stands,
        "card": board.card(found, stands),
        "may_decline": stands.may_decide and TopicState.DECLINED in moving.MOVES[TopicState(found.state)],
        "may_place": found.state in PUBLIC_STATES,
        "is_member": is_advisor(request.user),
        "opens_sessions": is_staff(request.user),
        "comments": scoring.discussion(request.user, found),
        "speakers": list(found.speakers.select_related("asked_by")),
        "has_taken_place": speaking.has_taken_place(found),
        "events": list(found.events.select_related("by")),
        "forms": made,
        "failed": do if bound is not None and bound.errors else "",
    }
    status = 422 if context["failed"] else 200
    return render(request, "topics/board_topic.html", context, status=status)
