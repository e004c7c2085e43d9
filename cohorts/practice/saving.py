"""What people saved of the library, kept in their practice. Curriculum offers it: see curriculum.library.saving."""

from django.db import transaction

from cohorts.practice.models import SavedItem
from cohorts.practice.queries import leads_in
from curriculum.library.saving import Kept
from curriculum.permissions import READING_ROLES
from lms import clock
from lms.people.actions import person_for
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.queries import held_memberships
from lms.practices.schema import enter

_KEPT = """
SELECT i.kind, i.object_id, i.saved_at FROM {s}.cohorts_practice_saveditem i
JOIN {s}.people_person p ON p.id = i.person_id
WHERE p.user_id = {user}"""


class PracticeKeeper:
    """Saves where a person leads, else in the first practice whose role lets them read; finds it in all of theirs."""

    def can_save(self, user) -> bool:
        return bool(_practices(user))

    def kept(self, user) -> list[Kept]:
        practices = _practices(user)
        rows = read_across(_KEPT, practices=practices, user=user.pk) if practices else []
        return [Kept(row["kind"], row["object_id"], row["saved_at"]) for row in rows]

    def save(self, *, user, kind: str, object_id: str) -> None:
        if any((row.kind, row.object_id) == (kind, object_id) for row in self.kept(user)):
            return
        practices = _practices(user)
        practice = next(iter([*leads_in(user, practices=practices), *practices]))
        with enter(practice), transaction.atomic():
            SavedItem.objects.get_or_create(
                person=person_for(user=user), kind=kind, object_id=object_id, defaults={"saved_at": clock.now()}
            )

    def forget(self, *, user, kind: str, object_id: str) -> None:
        for practice in _practices(user):
            with enter(practice):
                SavedItem.objects.filter(person__user=user, kind=kind, object_id=object_id).delete()


def _practices(user) -> list[Practice]:
    """The practices in which `user` holds a role that reads curriculum, by name."""
    held = held_memberships(user) if user.is_authenticated else []
    return list(dict.fromkeys(row.practice for row in held if row.role in READING_ROLES))
