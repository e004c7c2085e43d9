"""What a person saved of the library. A practice keeps it; cohorts registers who does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ValidationError

from curriculum.library.models import LibraryEntry
from curriculum.library.searching import Hit, hits_of, visible_to
from curriculum.library.sources import SOURCES


@dataclass(frozen=True)
class Kept:
    """Something saved: no key, so what is deleted or unpublished stays a kind and an id that lead nowhere."""

    kind: str
    object_id: str
    at: dt.datetime


class Keeper(Protocol):
    """Who keeps what is saved."""

    def can_save(self, user) -> bool:
        """Whether there is a practice to keep it in."""

    def kept(self, user) -> Iterable[Kept]:
        """What `user` saved, in whatever practice."""

    def save(self, *, user, kind: str, object_id: str) -> None:
        """Keep it, once."""

    def forget(self, *, user, kind: str, object_id: str) -> None:
        """Keep it no longer; nothing happens if it is not kept."""


_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> Keeper:
    """Register the one that keeps what is saved; a later one takes its place."""
    _keepers[:] = [keeper]
    return keeper


def can_save(user) -> bool:
    return user.is_authenticated and any(keeper.can_save(user) for keeper in _keepers)


def kept_by(user) -> set[tuple[str, str]]:
    """Kind and id of all that `user` saved. Kept on the user, who lives for one request."""
    return {(row.kind, row.object_id) for row in _rows(user)}


def _rows(user) -> list[Kept]:
    if not hasattr(user, "_kept"):
        user._kept = [row for keeper in _keepers for row in keeper.kept(user)] if user.is_authenticated else []
    return user._kept


def saved_hits(user) -> tuple[list[Hit], int]:
    """What `user` saved and may read now, the newest first, and how many are not in the library any more."""
    newest = sorted(_rows(user), key=lambda row: row.at, reverse=True)
    names = list(dict.fromkeys((row.kind, row.object_id) for row in newest))
    found = visible_to(user).filter(object_id__in=[object_id for _, object_id in names])
    keys = {(kind, object_id): pk for kind, object_id, pk in found.values_list("kind", "object_id", "pk")}
    hits = hits_of(user, [keys[name] for name in names if name in keys])
    return hits, len(names) - len(hits)


def save(*, user, kind: str, object_id: str) -> LibraryEntry:
    """Save what `user` may find. Raises ValidationError for what cannot be saved, or not by them."""
    entry = visible_to(user).filter(kind=kind, object_id=object_id).defer("body", "words").first()
    if entry is None or not SOURCES[kind].can_be_saved:
        raise ValidationError("This is not in the library any more, so it was not saved.")
    if not can_save(user):
        raise ValidationError("Only physicians of a practice save here: your practice would keep what you saved.")
    for keeper in _keepers:
        keeper.save(user=user, kind=kind, object_id=object_id)
    user.__dict__.pop("_kept", None)
    return entry


def forget(*, user, kind: str, object_id: str) -> None:
    """Save it no longer, whether it is still in the library or not."""
    for keeper in _keepers:
        keeper.forget(user=user, kind=kind, object_id=object_id)
    user.__dict__.pop("_kept", None)
