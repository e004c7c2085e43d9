from celery import shared_task

from curriculum.review import deciding, reminding
from lms.practices.schema import in_network


@shared_task(name="curriculum.review.tasks.publish_due")
def publish_due() -> None:
    """Publish what is scheduled, by the product's clock."""
    with in_network():
        deciding.publish_due()


@shared_task(name="curriculum.review.tasks.remind")
def remind() -> None:
    """Remind those who were asked, on the morning of the day on which a review is due."""
    with in_network():
        reminding.remind_of_due()
