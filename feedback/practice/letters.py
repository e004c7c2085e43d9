from feedback.network.enums import SubjectKind
from feedback.network.windows import takes_answers
from feedback.practice.links import survey_link
from feedback.practice.models import SurveyInvitation
from lms.outbox.registry import Letter, letter
from lms.practices.schema import current_practice
from lms.ui.dates import day


@letter("survey-invitation")
def survey_invitation(ids: dict) -> Letter | None:
    """Asks for feedback while the window is open.

    Also of those who have answered meanwhile: a mail that is left out would tell who has.
    """
    invitation = (
        SurveyInvitation.objects.select_related("window__cohort", "window__survey", "person__user")
        .filter(pk=ids["invitation"])
        .first()
    )
    if invitation is None or not takes_answers(invitation.window):
        return None
    window = invitation.window
    if window.survey.about == SubjectKind.SESSION:
        occasion = f"The session “{window.title}” is over."
    else:
        occasion = f"You have finished the module “{window.title}”."
    return Letter(
        to=invitation.person.user.email,
        subject=f"{window.title}: what was it worth to you?",
        paragraphs=[
            f"{occasion} A few questions, one minute: what you and your cohort say decides what changes next.",
            "Your answers are kept without your name or practice.",
            f"You can answer until {day(window.closes_on)}.",
            "The link opens this one survey without signing in, so please do not pass it on.",
        ],
        why=f"You get this because you are a leader of the cohort {window.cohort.name}.",
        button=("Answer the survey", survey_link(current_practice(), invitation)),
        person=invitation.person,
    )
