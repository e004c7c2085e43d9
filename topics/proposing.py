"""What a proposer does: draft, propose, discard, agree to be named."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list

from lms import clock
from lms.practices.queries import practices_of
from topics.enums import TopicState
from topics.history import reach
from topics.models import Topic

WORDS = ("title", "destination", "why_now", "audience", "level", "format", "proposed_speakers", "evidence")
# What the board cannot do without; a draft may lack all of it but a title.
NEEDED = ("title", "destination", "why_now", "audience", "level", "format")


@transaction.atomic
def save_draft(*, proposer, pk: uuid.UUID, shows_proposer: bool = False, **words: str) -> Topic:
    """Keep a draft under `pk`, which the form chose, so that sending it twice keeps one.

    Raises ValidationError for one that was proposed meanwhile, PermissionError for somebody else's.
    """
    topic = Topic.objects.select_for_update().filter(pk=pk).first()
    if topic is None:
        topic = Topic(pk=pk, proposer=proposer, created_at=clock.now())
    if topic.proposer_id != proposer.pk:
        raise PermissionError("Not a topic of this proposer.")
    if topic.state != TopicState.DRAFT:
        raise ValidationError("This topic was proposed already, so its words stay as they are.")
    unknown = set(words) - set(WORDS)
    if unknown:
        raise TypeError(f"A topic has no {', '.join(sorted(unknown))}.")
    for name, value in words.items():
        setattr(topic, name, value.strip())
    topic.shows_proposer = shows_proposer
    topic.saved_at = clock.now()
    topic.full_clean(exclude=["proposer"], validate_constraints=False)
    topic.save()
    return topic


@transaction.atomic
def propose(*, topic: Topic) -> Topic:
    """Hand a draft to the advisory group; again changes nothing. Raises ValidationError, by field, for gaps."""
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.state != TopicState.DRAFT:
        return topic
    gaps = {name: "Fill this in before you propose it." for name in NEEDED if not getattr(topic, name)}
    if gaps:
        raise ValidationError(gaps)
    topic.proposed_at = clock.now()
    names = [practice.name for practice in practices_of(topic.proposer)]
    topic.practices = get_text_list(names, "and")[:300]
    reach(topic, TopicState.PROPOSED, by=topic.proposer)
    return topic


@transaction.atomic
def discard_draft(*, topic: Topic) -> None:
    """Delete a draft for good; one that is gone already is no fault. What was proposed stays.

    Raises ValidationError for one that was proposed.
    """
    found = Topic.objects.select_for_update().filter(pk=topic.pk).first()
    if found is None:
        return
    if found.state != TopicState.DRAFT:
        raise ValidationError("This topic was proposed already, so it stays. Write to program staff to take it back.")
    found.delete()


@transaction.atomic
def show_proposer(*, topic: Topic, agreed: bool) -> Topic:
    """Agree to stand beside the topic on the public list, or take that back; felt at the next look."""
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    topic.shows_proposer = agreed
    topic.save(update_fields=["shows_proposer"])
    return topic
