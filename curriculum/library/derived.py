"""Documents and faculty in the index: found only because a page that is found uses or names them."""

from collections.abc import Callable, Iterator, Sequence

from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction

from curriculum.library.models import LibraryEntry
from curriculum.library.pages import MODULES
from curriculum.library.sources import Draft, Source
from curriculum.models import ModuleFaculty


def _named(kind: str) -> Callable[[], list[str]]:
    """The ids of `kind` that any entry uses."""

    def ids() -> list[str]:
        names = {name for uses in LibraryEntry.objects.exclude(uses=[]).values_list("uses", flat=True) for name in uses}
        return sorted(name.partition(":")[2] for name in names if name.startswith(f"{kind}:"))

    return ids


def _users_of(kind: str, ids: Sequence[str]) -> dict[str, list[LibraryEntry]]:
    """The entries that use each of these, by title."""
    found: dict[str, list[LibraryEntry]] = {}
    names = [f"{kind}:{object_id}" for object_id in ids]
    for entry in LibraryEntry.objects.filter(uses__overlap=names).order_by("title", "object_id").defer("body", "words"):
        for name in set(entry.uses) & set(names):
            found.setdefault(name.partition(":")[2], []).append(entry)
    return found


def _document_drafts(ids: Sequence[str]) -> Iterator[Draft]:
    using = _users_of("document", ids)
    closed = [
        collection.pk
        for restriction in CollectionViewRestriction.objects.select_related("collection")
        for collection in restriction.collection.get_descendants(inclusive=True)
    ]
    for document in get_document_model().objects.filter(pk__in=map(int, using)).exclude(collection__in=closed):
        entries = using[str(document.pk)]
        tags = ", ".join(sorted(document.tags.names()))
        yield Draft(
            object_id=str(document.pk),
            title=document.title,
            summary=f"{document.file_extension.upper()}, in {_listed(entries)}",
            body="\n".join(filter(None, [document.filename, tags])),
            **_shared(entries),
        )


def _listed(entries: Sequence[LibraryEntry]) -> str:
    return ", ".join(f"“{entry.title}”" for entry in entries)


def _shared(entries: Sequence[LibraryEntry]) -> dict:
    """Filed under all that its users are under. It is found for as long as one of them is."""
    ends = [entry.until for entry in entries]
    return {
        "year": min((entry.year for entry in entries if entry.year), default=None),
        "modules": sorted({module for entry in entries for module in entry.modules}),
        "topics": sorted({topic for entry in entries for topic in entry.topics}),
        "until": None if None in ends else max(filter(None, ends), default=None),
    }


def _document_addresses(user, entries: Sequence[LibraryEntry]) -> dict[str, str]:
    documents = get_document_model().objects.in_bulk([int(entry.object_id) for entry in entries])
    return {str(pk): document.url for pk, document in documents.items()}


def _faculty_drafts(ids: Sequence[str]) -> Iterator[Draft]:
    using = _users_of("faculty", ids)
    modules = [int(entry.object_id) for entries in using.values() for entry in entries]
    rows: dict[str, list[ModuleFaculty]] = {}
    for row in ModuleFaculty.objects.filter(module__in=modules, user__in=list(using)).select_related("user"):
        rows.setdefault(str(row.user_id), []).append(row)
    for user_id, own in rows.items():
        user, entries = own[0].user, using[user_id]
        about = dict.fromkeys(row.about for row in sorted(own, key=lambda row: row.pk) if row.about)
        yield Draft(
            object_id=user_id,
            title=f"{user.name}, {user.credentials}" if user.credentials else user.name,
            summary=" ".join(about),
            body=f"Faculty of {_listed(entries)}",
            **_shared(entries),
        )


def _faculty_addresses(user, entries: Sequence[LibraryEntry]) -> dict[str, str]:
    """The first module that they teach: it says who they are."""
    first = {entry.object_id: str(entry.modules[0]) for entry in entries if entry.modules}
    shown = list(LibraryEntry.objects.filter(kind=MODULES.kind, object_id__in=first.values()).defer("body", "words"))
    at = MODULES.addresses(user, shown)
    return {object_id: f"{at[module]}#faculty" for object_id, module in first.items() if module in at}


DOCUMENTS = Source(
    "document",
    "Document",
    "Documents",
    "download",
    _named("document"),
    _document_drafts,
    _document_addresses,
    can_be_saved=True,
)
FACULTY = Source(
    "faculty", "Faculty", "Faculty", "graduation-cap", _named("faculty"), _faculty_drafts, _faculty_addresses
)
