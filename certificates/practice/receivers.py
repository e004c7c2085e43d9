from django.dispatch import receiver

from certificates.practice.actions import promise_certificates
from cohorts.signals import year_completed


@receiver(year_completed, dispatch_uid="certificates")
def promise_the_certificate(sender, *, year_completion, **_rest) -> None:
    """In the transaction that completed the year: both are kept, or neither."""
    promise_certificates(year_completion=year_completion)
