from celery import shared_task

from topics import speaking


@shared_task(name="topics.tasks.remind_speakers")
def remind_speakers() -> None:
    """Remind speakers who have not answered, if it is time."""
    speaking.remind_speakers()
