"""Reads that repeat: what is like a topic, what is public."""

import uuid
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramSimilarity, TrigramWordSimilarity
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest

from topics.enums import PUBLIC_STATES, SpeakerState, TopicState
from topics.models import Conference, Speaker, Topic

FEWEST_LETTERS = 6
# Titles are short: at 0.3 two of five words are the same, at 0.6 one title stands within the other with a slip or two.
LIKE, WITHIN = 0.3, 0.6
LONGEST_COMPARED = 150


@dataclass(frozen=True)
class Likely:
    """What a proposer sees of a topic that is like theirs: no name, no practice, no words but the title."""

    id: uuid.UUID
    title: str
    state: TopicState

    @property
    def label(self) -> str:
        return self.state.label


def likely_duplicates(title: str, *, besides: uuid.UUID | None = None, most: int = 5) -> list[Likely]:
    """Proposed topics whose title or reason is like `title`, likeliest first; none for a few letters.

    Found by trigrams (typing slips) and by PostgreSQL's full text (other forms of the same words). One query.
    """
    typed = title.replace("\x00", " ").strip()[:LONGEST_COMPARED]
    if len(typed) < FEWEST_LETTERS:
        return []
    found = (
        Topic.objects.exclude(state=TopicState.DRAFT)
        .annotate(
            near=TrigramSimilarity("title", typed),
            within=TrigramWordSimilarity(typed, "title"),
            text=SearchVector("title", "why_now", config="english"),
        )
        .filter(
            Q(near__gte=LIKE)
            | Q(within__gte=WITHIN)
            | Q(text=SearchQuery(typed, config="english", search_type="plain"))
        )
        .annotate(likeness=Greatest(F("near"), F("within")))
        .order_by("-likeness", "title")
    )
    if besides is not None:
        found = found.exclude(pk=besides)
    return [Likely(pk, name, TopicState(state)) for pk, name, state in found.values_list("pk", "title", "state")[:most]]


def topics_of(proposer) -> QuerySet[Topic]:
    """Everything that `proposer` wrote, drafts first, then the newest proposal."""
    own = Topic.objects.filter(proposer=proposer).select_related("conference")
    return own.order_by(F("proposed_at").desc(nulls_first=True), "-saved_at")


def public_topics() -> QuerySet[Topic]:
    """Accepted and scheduled topics, as the public list shows them."""
    found = Topic.objects.filter(state__in=PUBLIC_STATES).select_related("conference", "proposer")
    return found.order_by("-proposed_at", "title")


def conferences_with_topics() -> QuerySet[Conference]:
    """Every conference, the next first, with what is on its program."""
    named = Speaker.objects.filter(state=SpeakerState.CONFIRMED, named_in_public=True)
    program = public_topics().prefetch_related(Prefetch("speakers", named, to_attr="named_speakers"))
    return Conference.objects.prefetch_related(Prefetch("topics", program.order_by("title"), to_attr="program"))
