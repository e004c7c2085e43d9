from celery import shared_task

from cohorts.network import actions


@shared_task(name="cohorts.network.tasks.announce_ended_sessions")
def announce_ended_sessions() -> None:
    """Let every room know which sessions have ended since the last time."""
    actions.announce_ended_sessions()
