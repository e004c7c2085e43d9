from django.dispatch import receiver
from wagtail.signals import page_published

from cohorts.staff.regrading import COMPARE
from curriculum.models import LessonPage
from lms.outbox.actions import promise


@receiver(page_published, sender=LessonPage, dispatch_uid="cohorts.compare_keys")
def compare_when_published(sender, instance, **kwargs):
    """A lesson that comes out for the first time has no attempts to compare."""
    is_first = instance.first_published_at == instance.last_published_at
    if not is_first and any(block.block_type == "check" for block in instance.body):
        promise(kind=COMPARE, ids={"page": instance.pk})
