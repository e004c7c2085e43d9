from cohorts.practice.enums import EnrollmentState
from feedback.network.queries import ledger_of
from feedback.network.windows import takes_answers
from feedback.practice.queries import own_invitations


def journey_panel(request, enrollment):
    """Beside the leader's journey: surveys that wait for them, and the newest answer to their cohort. Two queries.

    Nothing for who has left: the pages that it leads to are closed to them.
    """
    if enrollment.person.user_id != request.user.pk or enrollment.state == EnrollmentState.WITHDRAWN:
        return None
    cohort = enrollment.nomination.cohort
    asked = own_invitations(request.user).filter(window__cohort=cohort, window__closed_at=None, receipt=None)
    waiting = [invitation for invitation in asked if takes_answers(invitation.window)]
    newest = ledger_of([cohort]).first()
    if not waiting and newest is None:
        return None
    return "feedback/journey_panel.html", {
        "practice": request.practice,
        "waiting": waiting[0] if waiting else None,
        "others": len(waiting) - 1,
        "newest": newest,
    }
