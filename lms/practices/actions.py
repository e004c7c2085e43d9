import datetime as dt
import itertools

from django.db import OperationalError, connection, transaction
from django.utils.text import slugify
from psycopg.errors import LockNotAvailable

from lms import clock
from lms.practices import ddl
from lms.practices.enums import PracticeRole
from lms.practices.models import Membership, Office, Practice
from lms.practices.schema import in_network

LOCK_TIMEOUT = "3s"  # of one try, for each lock
LOCK_TRIES = 5


def onboard_practice(
    *,
    name: str,
    city: str,
    state: str,
    joined_on: dt.date,
    time_zone: str = "America/Chicago",
    accent: str = "#0b5a66",
    offices: list[tuple[str, str]] | None = None,
) -> Practice:
    """Add a practice and make its schema, both or neither. `offices` are (name, city) in the same state.

    Tries again where busy tables were not free in time; raises OperationalError after LOCK_TRIES tries.
    """
    for left in reversed(range(LOCK_TRIES)):
        try:
            return _onboard(name, city, state, joined_on, time_zone, accent, offices or [(name, city)])
        except OperationalError as error:
            if left == 0 or not isinstance(error.__cause__, LockNotAvailable):
                raise
    raise AssertionError("The last try returns or raises.")


@transaction.atomic
def _onboard(name, city, state, joined_on, time_zone, accent, offices) -> Practice:
    slug = _free_slug(name)
    practice = Practice(
        name=name,
        slug=slug,
        schema_name="practice_" + slug.replace("-", "_")[:54],
        city=city,
        state=state,
        joined_on=joined_on,
        time_zone=time_zone,
        accent=accent,
    )
    practice.full_clean()
    with in_network():
        with connection.cursor() as cursor:
            # New keys into busy network tables wait for their locks; a queue behind us must not grow.
            cursor.execute("SET LOCAL lock_timeout = %s", [LOCK_TIMEOUT])
        practice.save()
        Office.objects.bulk_create(
            Office(practice=practice, name=office, city=where, state=state) for office, where in offices
        )
        ddl.replay(practice.schema_name)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    return practice


def _free_slug(name: str) -> str:
    """A slug that no practice has, numbered where two names differ in punctuation only."""
    base = slugify(name)[:50] or "practice"
    taken = set(Practice.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in itertools.chain([base], (f"{base}-{n}" for n in itertools.count(2))) if slug not in taken
    )


@transaction.atomic
def grant_membership(*, user, practice: Practice, role: PracticeRole | str) -> Membership:
    """Give `user` a role in `practice`; again changes nothing, after an end it begins anew."""
    membership, made = Membership.objects.get_or_create(
        user=user, practice=practice, role=PracticeRole(role), defaults={"started_at": clock.now()}
    )
    if not made and membership.ended_at is not None:
        membership.started_at, membership.ended_at = clock.now(), None
        membership.save(update_fields=["started_at", "ended_at"])
    return membership


@transaction.atomic
def end_membership(*, membership: Membership) -> None:
    """End one role; felt at the user's next request. Ending twice keeps the first date."""
    Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=clock.now())
