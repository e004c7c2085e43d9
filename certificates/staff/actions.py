from django.db import transaction

from certificates.network.actions import revoke_entry
from certificates.network.enums import RevocationReason
from certificates.network.models import Registry
from certificates.practice.models import Certificate
from lms import clock
from lms.accounts.models import User
from lms.practices.schema import enter


@transaction.atomic
def revoke(*, entry: Registry, reason: RevocationReason | str, note: str, by: User) -> bool:
    """Revoke from today on, the day in `by`'s zone; says whether it was still standing. Again changes nothing.

    The reason is public. The note and who it was are kept in the practice, as long as that is in the network.
    """
    revoked = revoke_entry(entry=entry, reason=reason, on=clock.today(by.time_zone))
    if revoked and entry.practice is not None:
        with enter(entry.practice):
            Certificate.objects.filter(pk=entry.pk).update(revoked_note=note, revoked_by_name=by.name)
    return revoked
