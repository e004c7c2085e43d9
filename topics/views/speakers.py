"""A speaker's answer, behind a signed link, without an account."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.practices.access import admits
from topics import speaking
from topics.enums import PUBLIC_STATES, SpeakerState
from topics.models import Speaker
from topics.speaker_links import read_link


@never_cache
@admits("public")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """What one is asked to speak about, and a yes or a no. Looking changes nothing."""
    link = read_link(token)
    speaker = None
    if link is not None:
        found = Speaker.objects.select_related("topic__conference", "topic__cohort_session", "asked_by")
        speaker = found.filter(pk=link.speaker_id).first()
    if link is None or speaker is None:
        return render(request, "topics/speaker_link_unknown.html", status=404)
    if link.generation != speaker.generation or (link.expired and speaker.state == SpeakerState.ASKED):
        context = {"speaker": speaker, "replaced": link.generation != speaker.generation}
        return render(request, "topics/speaker_link_ended.html", context, status=410)
    open_now = speaker.topic.state in PUBLIC_STATES and not speaking.has_taken_place(speaker.topic)
    if request.method == "POST":
        if open_now and request.POST.get("answer") in ("yes", "no"):
            yes = request.POST["answer"] == "yes"
            speaking.answer(speaker=speaker, yes=yes, named_in_public=request.POST.get("named") == "on")
        return redirect(request.path)
    context = {"speaker": speaker, "topic": speaker.topic, "open_now": open_now}
    return render(request, "topics/speaker_answer.html", context)
