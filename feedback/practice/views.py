"""Answering a survey: after signing in, or by the mail's link. A request with an answer in it is written to no log."""

import contextlib

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from feedback.network.queries import ledger_of
from feedback.network.windows import takes_answers
from feedback.practice.actions import AlreadyAnswered, WindowClosed, submit_response
from feedback.practice.forms import SurveyForm
from feedback.practice.links import read_token
from feedback.practice.models import SurveyInvitation
from feedback.practice.queries import cohorts_of, own_invitations
from lms.practices.access import admits
from lms.practices.models import Practice
from lms.practices.schema import enter


@never_cache
@admits("leader")
def surveys(request, practice):
    """The leader's surveys: to answer, and answered (which only they see), and what became of what was said."""
    invitations = list(own_invitations(request.user))
    answered = [invitation for invitation in invitations if hasattr(invitation, "receipt")]
    return render(
        request,
        "feedback/surveys.html",
        {
            "practice": practice,
            "open": [one for one in invitations if one not in answered and takes_answers(one.window)],
            "answered": answered,
            "ledger": ledger_of(cohorts_of(request.user)),
        },
    )


@sensitive_post_parameters()
@never_cache
@admits("leader")
def survey(request, practice, invitation):
    """One survey of the signed-in leader."""
    found = get_object_or_404(own_invitations(request.user), pk=invitation)
    return _answer(request, practice, found, back=True)


@sensitive_post_parameters()
@never_cache
@admits("public")
def survey_by_link(request, token):
    """The same by the mail's link, without signing in. It opens this one survey, and shows nothing of the person."""
    with contextlib.suppress(BadSignature):
        practice_id, invitation_id = read_token(token)
        practice = Practice.objects.filter(pk=practice_id).first()
        if practice is not None:
            with enter(practice):
                found = (
                    SurveyInvitation.objects.select_related("window__cohort", "window__survey", "receipt")
                    .filter(pk=invitation_id)
                    .first()
                )
            if found is not None:
                return _answer(request, practice, found, back=False)
    return render(request, "feedback/link_unknown.html", status=404)


def _answer(request: HttpRequest, practice: Practice, invitation: SurveyInvitation, *, back: bool) -> HttpResponse:
    context = {"practice": practice, "invitation": invitation, "window": invitation.window, "back": back}
    sends = request.method == "POST"
    if hasattr(invitation, "receipt"):
        # A second sending changes nothing, and says so.
        return render(request, "feedback/answered.html", context | {"again": sends}, status=409 if sends else 200)
    if not takes_answers(invitation.window):
        return render(request, "feedback/closed.html", context, status=409 if sends else 200)
    form = SurveyForm(request.POST if sends else None, questions=invitation.window.questions)
    if sends and form.is_valid():
        try:
            with enter(practice):
                submit_response(invitation=invitation, answers=form.cleaned_data)
        except AlreadyAnswered:
            return render(request, "feedback/answered.html", context | {"again": True}, status=409)
        except WindowClosed:
            return render(request, "feedback/closed.html", context, status=409)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(request.path)
    return render(request, "feedback/survey.html", context | {"form": form}, status=422 if form.errors else 200)
