from django.dispatch import receiver

from cohorts.signals import session_ended
from feedback.staff.asking import ask_about_session


@receiver(session_ended, dispatch_uid="feedback.ask_about_session")
def ask_when_session_ended(sender, cohort_session, **kwargs):
    """Its end asks everybody who had not declined to come."""
    ask_about_session(cohort_session=cohort_session)
