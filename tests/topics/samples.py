"""Topics for the tests of this area."""

import datetime as dt
import re
import uuid

from lms.outbox.models import OutboxRow
from lms.outbox.registry import Letter, writers
from topics.conferring import save_conference
from topics.enums import TopicState
from topics.models import Conference, Topic
from topics.moving import move
from topics.proposing import propose, save_draft
from topics.scoring import CRITERIA, give_score

WORDS = {
    "title": "Prior authorization without the fax",
    "destination": "regional",
    "why_now": "Two payors changed their portals this fall.",
    "audience": "Physicians and practice administrators",
    "level": "intermediate",
    "format": "panel",
    "proposed_speakers": "Phil Ottershaw",
    "evidence": "We measured 14 minutes a request.",
}


def a_draft(proposer, **changes) -> Topic:
    return save_draft(proposer=proposer, pk=uuid.uuid4(), **WORDS | changes)


def a_topic(proposer, **changes) -> Topic:
    """A proposed one."""
    return propose(topic=a_draft(proposer, **changes))


def typed(**changes) -> dict:
    """What the form posts."""
    return {"key": str(uuid.uuid4()), "do": "propose", **WORDS, **changes}


def mails(kind: str) -> list[Letter]:
    """The letters of `kind` that the outbox would write now, in the order of their promise."""
    rows = OutboxRow.objects.filter(kind=kind).order_by("created_at", "due_at")
    return [written for row in rows if (written := writers[kind](row.ids))]


def text(response) -> str:
    """What the page says, without its icons, which hold numbers."""
    body = response.content.decode()
    return " ".join(re.sub(r"<svg hidden.*?</svg>", "", body, flags=re.DOTALL).split())


def reviewed(topic: Topic, member, *states: str) -> Topic:
    """The topic, moved through `states` by `member`."""
    for state in states or ("in_review", "accepted"):
        topic = move(topic=topic, to=TopicState(state), by=member, seen=topic.state, reason="No room.")
    return topic


def a_conference(**changes) -> Conference:
    """Two days in Denver, seven months from now."""
    facts = {
        "name": "Mountain States Meeting 2026",
        "scope": "regional",
        "place": "Denver",
        "starts_on": dt.date(2026, 5, 8),
        "ends_on": dt.date(2026, 5, 9),
        "time_zone": "America/Denver",
        "audience": "",
    }
    return save_conference(**facts | changes)


def score(topic: Topic, member, *marks: int):
    return give_score(topic=topic, member=member, **dict(zip(CRITERIA, marks, strict=True)))
