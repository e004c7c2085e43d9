"""The leaders of a cohort as they see one another: name, practice, and the profile that each wrote."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from cohorts.network.models import Cohort
from cohorts.practice.enums import EnrollmentState
from lms.people.actions import record_access
from lms.people.models import Person
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.schema import enter

_PEERS = """
SELECT {practice} AS practice_id, e.id, u.id AS user_id, u.name, u.credentials, p.profile
FROM {s}.cohorts_practice_enrollment e
JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
JOIN {s}.people_person p ON p.id = e.person_id
JOIN accounts_user u ON u.id = p.user_id
WHERE n.cohort_id = {cohort} AND e.state <> {withdrawn} AND (NOT p.hidden_from_peers OR u.id = {user})"""


@dataclass(frozen=True)
class Peer:
    enrollment_id: uuid.UUID
    user_id: uuid.UUID
    name: str
    credentials: str
    profile: str
    practice: Practice


def peers_of(cohort: Cohort, user) -> list[Peer]:
    """Everybody in `cohort` whom `user`, one of them, may see, by name: two statements.

    Those who opted out are left out, except oneself; so are those who withdrew.
    """
    practices = {practice.pk: practice for practice in cohort.practices.all()}
    rows = read_across(
        _PEERS,
        practices=practices.values(),
        cohort=cohort.pk,
        withdrawn=EnrollmentState.WITHDRAWN.value,
        user=user.pk,
    )
    peers = [
        Peer(row["id"], row["user_id"], row["name"], row["credentials"], row["profile"], practices[row["practice_id"]])
        for row in rows
    ]
    return sorted(peers, key=lambda peer: (peer.name, str(peer.enrollment_id)))


@transaction.atomic
def look_at_peer(*, peer: Peer, viewer) -> None:
    """Write into the access log of `peer`, in their practice, that `viewer` of their cohort opened what they wrote."""
    with enter(peer.practice):
        person = Person.objects.get(user=peer.user_id)
        record_access(person=person, viewer=viewer, role="Leader of the same cohort", what="Profile for cohort peers")


def by_practice(peers: list[Peer], own: Practice) -> list[tuple[Practice, list[Peer]]]:
    """`peers` grouped by practice, one's own first, then by name."""
    groups: dict[uuid.UUID, list[Peer]] = {}
    for peer in peers:
        groups.setdefault(peer.practice.pk, []).append(peer)
    listed = [(group[0].practice, group) for group in groups.values()]
    return sorted(listed, key=lambda pair: (pair[0].pk != own.pk, pair[0].name))
