"""A library of 2,000 texts, made of the demo's own sentences, and somebody who searches it."""

import random
import re
from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.test import Client
from django.utils.html import strip_tags

from curriculum.library.indexing import know_its_size, settle
from curriculum.library.models import LibraryEntry
from curriculum.library.sources import Draft, Source, register_source
from lms.accounts.actions import person_with_account
from lms.demo import cast
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice

TEXTS, SENTENCES = 2000, 40
# As people type: a phrase, a common word, one slip, two slips, a name.
ASKED = ("payor contract", "practice", "reimbersement of drugs", "payer negotation", "value-based care teams")


def make_texts() -> None:
    """2,000 entries of some 600 words each, kept by the index as any page is."""
    register_source(Source("measured", "Text", "Texts", "file-text", list, _drafts, _addresses))
    settle("measured", map(str, range(TEXTS)))
    know_its_size()


def _drafts(ids: Sequence[str]) -> Iterator[Draft]:
    blocks = [block for module in cast.curriculum() for lesson in module["lessons"] for block in lesson["body"]]
    text = " ".join(strip_tags(block["value"]) for block in blocks if isinstance(block.get("value"), str))
    sentences = re.findall(r"[^.!?]{20,}[.!?]", text)
    for object_id in ids:
        chosen = random.Random(object_id).choices(sentences, k=SENTENCES + 1)
        yield Draft(object_id, chosen[0].strip()[:80], chosen[1].strip(), " ".join(chosen[1:]), 1 + int(object_id) % 2)


def _addresses(user, entries: Sequence[LibraryEntry]) -> dict[str, str]:
    return {entry.object_id: f"/measured/{entry.object_id}/" for entry in entries}


def a_reader() -> Client:
    user = person_with_account(email="reader@bench.example", name="Measured Reader")
    grant_membership(user=user, practice=Practice.objects.all()[0], role=PracticeRole.PHYSICIAN)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def search(client: Client, number: int) -> None:
    assert client.get("/library/", {"q": ASKED[number % len(ASKED)]}).status_code == 200


def naive(number: int) -> list[LibraryEntry]:
    """What a library without an index would do: every word anywhere, no order of merit, no slip forgiven."""
    found = LibraryEntry.objects.all()
    for word in ASKED[number % len(ASKED)].split():
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word))
    found.count()
    return list(found.order_by("title")[:12])
