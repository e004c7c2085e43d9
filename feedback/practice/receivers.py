from django.dispatch import receiver

from cohorts.signals import module_completed
from feedback.network.actions import open_module_window
from feedback.practice.actions import invite_to_survey
from feedback.practice.queries import is_studying


@receiver(module_completed, dispatch_uid="feedback.ask_about_module")
def ask_about_module(sender, enrollment, requirement, **kwargs):
    """The first completion opens the cohort's window; each one asks the leader, until it ends."""
    window = open_module_window(requirement=requirement)
    if window is not None and is_studying(enrollment):
        invite_to_survey(person=enrollment.person, window=window)
