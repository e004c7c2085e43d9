"""Keeping conferences."""

from django.core.exceptions import ValidationError
from django.db import transaction

from topics.models import Conference

FIELDS = ("name", "scope", "place", "starts_on", "ends_on", "time_zone", "audience")


@transaction.atomic
def save_conference(*, conference: Conference | None = None, **facts) -> Conference:
    """Make a conference, or change one. Raises ValidationError, by field, for a taken name and days out of order."""
    conference = Conference() if conference is None else Conference.objects.select_for_update().get(pk=conference.pk)
    unknown = set(facts) - set(FIELDS)
    if unknown:
        raise TypeError(f"A conference has no {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        setattr(conference, name, value)
    if conference.ends_on < conference.starts_on:
        raise ValidationError({"ends_on": "The last day is not before the first. Choose a later one."})
    if Conference.objects.filter(name=conference.name).exclude(pk=conference.pk).exists():
        raise ValidationError({"name": "Another conference has this name. Add its year, or choose a different one."})
    conference.full_clean()
    conference.save()
    return conference


@transaction.atomic
def remove_conference(*, conference: Conference) -> None:
    """Delete a conference without a program; one that is gone is no fault.

    Raises ValidationError while topics are on its program.
    """
    found = Conference.objects.select_for_update().filter(pk=conference.pk).first()
    if found is None:
        return
    count = found.topics.count()
    if count:
        topics = "1 topic is" if count == 1 else f"{count} topics are"
        raise ValidationError(f"{topics} on its program. Take them off first, or change the days instead.")
    found.delete()
