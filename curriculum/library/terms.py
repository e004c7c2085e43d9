"""Terms of the glossary in the index: each leads to its place on the glossary's page."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from curriculum.library.models import LibraryEntry
from curriculum.library.sources import Draft, Source
from curriculum.models import Term


def _ids() -> list[str]:
    return [str(pk) for pk in Term.objects.order_by("pk").values_list("pk", flat=True)]


def _drafts(ids: Sequence[str]) -> Iterator[Draft]:
    for term in Term.objects.filter(pk__in=map(int, ids)).order_by("pk"):
        others = ", ".join(term.words[1:])
        yield Draft(
            object_id=str(term.pk),
            title=term.name,
            summary=term.definition,
            # The meaning again, since a term found by another spelling is shown with the words around that.
            body=f"{term.definition} Also: {others}." if others else "",
        )


def _addresses(user, entries: Sequence[LibraryEntry]) -> dict[str, str]:
    glossary = reverse("curriculum:glossary")
    return {entry.object_id: f"{glossary}#term-{entry.object_id}" for entry in entries}


TERMS = Source("term", "Term", "Terms", "book-marked", _ids, _drafts, _addresses, can_be_saved=True)
