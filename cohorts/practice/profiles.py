from django.db import transaction

from lms.people.models import Person


@transaction.atomic
def save_profile(*, person: Person, profile: str, hidden_from_peers: bool) -> Person:
    """Keep what `person` wrote for their cohort peers, and whether peers see them at all."""
    person.profile, person.hidden_from_peers = profile, hidden_from_peers
    person.save(update_fields=["profile", "hidden_from_peers"])
    return person
