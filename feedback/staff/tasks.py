from celery import shared_task

from feedback.staff import nightly as jobs


@shared_task(name="feedback.staff.tasks.nightly")
def nightly() -> None:
    """Release what may be released, and shuffle."""
    jobs.release_all()


@shared_task(name="feedback.staff.tasks.close_ended")
def close_ended() -> None:
    """Close the windows whose last day has ended; hourly, since days end at different hours."""
    jobs.close_ended()
