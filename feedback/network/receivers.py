from django.dispatch import receiver
from wagtail.signals import page_published

from feedback.network.to_dos import close_published


@receiver(page_published, dispatch_uid="feedback.close_to_dos")
def close_to_dos_when_published(sender, instance, revision, **kwargs):
    """The to-dos that wait for it close. Wagtail also announces what is only scheduled: that waits for its day."""
    if instance.live and instance.live_revision_id == revision.pk:
        close_published(page=instance, revision=revision)
