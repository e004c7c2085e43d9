import datetime as dt

from django.db import transaction

from lms import clock
from lms.accounts.models import User
from lms.people.models import AccessLogEntry, Person

SAME_LOOK = dt.timedelta(minutes=10)


def person_for(*, user: User) -> Person:
    """The person of `user` in the practice that was entered, made at need."""
    return Person.objects.get_or_create(user=user)[0]


@transaction.atomic
def record_access(*, person: Person, viewer: User, role: str, what: str) -> None:
    """Write that `viewer`, acting as `role`, saw `what` of `person`.

    The person's own looks are not written; a reload within ten minutes is the same look.
    """
    if person.user_id == viewer.pk:
        return
    now = clock.now()
    seen = AccessLogEntry.objects.filter(person=person, viewer_id=viewer.pk, what=what, at__gt=now - SAME_LOOK)
    if not seen.exists():
        AccessLogEntry.objects.create(
            person=person, viewer_id=viewer.pk, viewer_name=viewer.name, viewer_role=role, what=what, at=now
        )
