"""What to tell about a certificate today."""

import datetime as dt

from django.db.models import Q

from certificates.network.enums import RegistryState
from certificates.network.models import Registry
from certificates.rendering import Statement
from lms import clock

# A last day ends for everybody once it has ended here, the network's westernmost zone.
LAST_ZONE = "Pacific/Honolulu"


def statement_of(entry: Registry) -> Statement | None:
    """What the certificate states, or None if the entry cannot be read."""
    try:
        return Statement.from_json(entry.statement)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def state_of(entry: Registry | None, *, on: dt.date | None = None) -> RegistryState:
    """The state `on` a day (today): revoked before superseded before expired; never valid if it cannot be read."""
    if entry is None:
        return RegistryState.UNKNOWN
    if entry.revoked_on is not None:
        return RegistryState.REVOKED
    if entry.superseded_by_id is not None:
        return RegistryState.SUPERSEDED
    if entry.expires_on is not None and entry.expires_on < (on or today()):
        return RegistryState.EXPIRED
    if statement_of(entry) is None:
        return RegistryState.UNKNOWN
    return RegistryState.VALID


def in_state(state: RegistryState | str) -> Q:
    """The same order for the database. What cannot be read is only found by reading, so it counts as valid here."""
    revoked = Q(revoked_on__isnull=False)
    superseded = Q(superseded_by__isnull=False)
    expired = Q(expires_on__isnull=False, expires_on__lt=today())
    return {
        RegistryState.REVOKED: revoked,
        RegistryState.SUPERSEDED: superseded & ~revoked,
        RegistryState.EXPIRED: expired & ~superseded & ~revoked,
        RegistryState.VALID: ~expired & ~superseded & ~revoked,
    }[RegistryState(state)]


def today() -> dt.date:
    return clock.today(LAST_ZONE)
