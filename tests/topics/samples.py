"""Topics for the tests of this area."""

import uuid

from lms.outbox.models import OutboxRow
from lms.outbox.registry import Letter, writers
from topics.models import Topic
from topics.proposing import propose, save_draft

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
    return " ".join(response.content.decode().split())
