"""Bounces that the mail service reports later, through anymail's webhook."""

from anymail.signals import AnymailTrackingEvent, tracking
from django.dispatch import receiver

from lms import clock
from lms.accounts.models import User

BOUNCES = {"bounced", "rejected"}


@receiver(tracking, dispatch_uid="mark_bounced")
def mark_bounced(sender, event: AnymailTrackingEvent, esp_name, **kwargs):
    """Mark the address, so that staff see it beside the person and can correct it."""
    if event.event_type in BOUNCES and event.recipient:
        User.objects.filter(email__iexact=event.recipient).update(bounced_at=clock.now())
