from cohorts.practice.enums import EnrollmentState
from cohorts.practice.models import Enrollment
from feedback.practice.models import SurveyInvitation

# Who has left, or is on leave, is not asked.
STUDYING = (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED)


def is_studying(enrollment: Enrollment) -> bool:
    """Whether the leader is asked for feedback now."""
    return enrollment.state in STUDYING


def own_invitations(user):
    """The surveys that `user` is asked to answer in this practice, with `receipt` for those answered.

    For the person alone: who has answered is shown to nobody else.
    """
    return (
        SurveyInvitation.objects.filter(person__user=user)
        .select_related("window__cohort", "window__survey", "receipt")
        .order_by("-window__closes_on", "window__title")
    )


def cohorts_of(user) -> list:
    """The cohorts in which `user` is a leader of this practice, unless they withdrew."""
    enrollments = Enrollment.objects.filter(person__user=user).exclude(state=EnrollmentState.WITHDRAWN)
    return [enrollment.nomination.cohort for enrollment in enrollments.select_related("nomination__cohort")]
