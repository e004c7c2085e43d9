from django.db import transaction

from certificates.network.actions import revoke_entry
from certificates.network.enums import RevocationReason
from certificates.network.models import Registry
from certificates.practice.models import Certificate
from lms import clock
from lms.accounts.models import User
from lms.people.actions import record_access
from lms.practices.schema import enter


@transaction.atomic
def record_look(*, entry: Registry, viewer: User) -> None:
    """Write into the leader's access log that staff opened the certificate, while the practice is in the network."""
    if entry.practice is None:
        return
    with enter(entry.practice):
        certificate = Certificate.objects.select_related("person").filter(pk=entry.pk).first()
        if certificate is not None:
            what = f"Certificate {entry.number}"
            record_access(person=certificate.person, viewer=viewer, role="Program staff", what=what)


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
