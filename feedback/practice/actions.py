"""Asking and answering, within a practice. Nothing here is logged: a log would join a person and an answer."""

from django.core.exceptions import ValidationError
from django.db import transaction

from feedback.network.enums import QuestionKind
from feedback.network.models import Answer, Response, Window
from feedback.network.suppression import STEPS
from feedback.network.windows import ends_at, takes_answers
from feedback.practice.models import Receipt, SurveyInvitation
from lms import clock
from lms.outbox.actions import promise
from lms.people.models import Person
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.schema import current_practice

LONGEST = 2000


class AlreadyAnswered(Exception):
    """The person has answered this survey; nothing was changed."""


class WindowClosed(Exception):
    """The survey's last day has ended; nothing was kept."""


_ASKED = """
    SELECT invitation.id FROM {s}.feedback_practice_surveyinvitation AS invitation
    JOIN {s}.people_person AS person ON person.id = invitation.person_id
    WHERE person.user_id = {user} AND invitation.window_id = {window}
"""


@transaction.atomic
def invite_to_survey(*, person: Person, window: Window) -> SurveyInvitation | None:
    """Ask `person` of this practice in `window`, once, and promise the mail that says so.

    None for somebody whom the window asks already in a practice they were in before: its responses are people.
    """
    others = Practice.objects.filter(memberships__user=person.user_id).exclude(pk=current_practice().pk).distinct()
    if others and read_across(_ASKED, practices=others, user=person.user_id, window=window.pk):
        return None
    invitation, made = SurveyInvitation.objects.get_or_create(
        person=person, window=window, defaults={"invited_on": clock.today(window.cohort.westernmost_zone)}
    )
    if made:
        promise(
            kind="survey-invitation",
            practice=current_practice(),
            ids={"invitation": str(invitation.pk)},
            key=f"survey-invitation:{invitation.pk}",
            expires_at=ends_at(window),
        )
    return invitation


@transaction.atomic
def submit_response(*, invitation: SurveyInvitation, answers: dict[str, int | str | None]) -> None:
    """Keep one person's answers for good: {question key: value, or words for a text}.

    Receipt and response commit together, and share nothing but that. Answers left out, None or blank are not kept.
    Raises AlreadyAnswered or WindowClosed, which change nothing, and ValidationError for answers the survey
    did not ask for, or a required one that is missing.
    """
    # Of two submits at once, one waits here and then finds the other's receipt.
    SurveyInvitation.objects.select_for_update().get(pk=invitation.pk)
    if Receipt.objects.filter(pk=invitation.pk).exists():
        raise AlreadyAnswered
    # The close takes the same lock: it sees this response, or this submit sees the window closed.
    window = (
        Window.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort")
        .get(pk=invitation.window_id)
    )
    if not takes_answers(window):
        raise WindowClosed
    given = _checked(window.questions, answers)
    Receipt.objects.create(invitation=invitation)
    response = Response.objects.create(window=window)
    Answer.objects.bulk_create(Answer(response=response, question_key=key, **words) for key, words in given.items())


def _checked(questions: list[dict], answers: dict[str, int | str | None]) -> dict[str, dict]:
    known = {question["key"]: question for question in questions}
    if unknown := set(answers) - set(known):
        raise ValidationError(f"This survey has no question {', '.join(sorted(unknown))}.")
    given: dict[str, dict[str, int | str]] = {}
    for key, question in known.items():
        answer = answers.get(key)
        if question["kind"] == QuestionKind.TEXT:
            words = str(answer or "").replace("\x00", "").strip()
            if len(words) > LONGEST:
                raise ValidationError(f"Keep each comment to {LONGEST} characters.")
            if words:
                given[key] = {"text": words}
        elif answer is not None:
            if answer not in STEPS[QuestionKind(question["kind"])]:
                raise ValidationError(f"“{question['text']}” does not take {answer!r}.")
            given[key] = {"value": answer}
        if question["required"] and key not in given:
            raise ValidationError(f"Answer “{question['text']}”.")
    if not given:
        raise ValidationError("Answer at least one question.")
    return given
