"""Which kinds of thing the library holds. A kind is added by registering a Source, in an AppConfig's ready."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from curriculum.library.models import LibraryEntry


@dataclass(frozen=True)
class Draft:
    """What the index holds about one thing. All of it may be read by whoever reads curriculum.

    `modules` are ids of module pages, `topics` competencies; `uses` names what is found only because this is,
    as "kind:id". After `until` it is found no more.
    """

    object_id: str
    title: str
    summary: str = ""
    body: str = ""
    year: int | None = None
    modules: Sequence[int] = ()
    topics: Sequence[str] = ()
    uses: Sequence[str] = ()
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Source:
    """A kind of thing to find.

    `ids()` are those that may be found now; `drafts(ids)` what the index holds about these, nothing for those that
    may not be found; `addresses(user, entries)` where `user` reads each, by object id. All ids are text.
    """

    kind: str
    label: str
    plural: str
    icon: str
    ids: Callable[[], Iterable[str]]
    drafts: Callable[[Sequence[str]], Iterable[Draft]]
    addresses: Callable[[object, Sequence[LibraryEntry]], Mapping[str, str]]
    can_be_saved: bool = False


# In this order the index is made: what others are found through comes first.
SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> Source:
    SOURCES[source.kind] = source
    return source
