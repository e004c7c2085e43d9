"""Every URL of the product, out of Django's resolver, and how its parameters are filled in from the world."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

from cohorts.practice.nomination_links import path_to_answer
from feedback.practice.links import survey_link
from lms.accounts import invitations
from tests.crawl.world import World
from topics.speaker_links import path_to_answer as path_of_speaker

# Doors that are not ours and say by other means who may come in; each with where that is proven.
NOT_OURS = {
    "accounts/": "allauth's own pages: tests/accounts; below, that none of them fails",
    "cms/": "Wagtail's admin, behind its own permission: below, that nobody else enters",
    "documents/": "Wagtail's documents: curriculum.serving refuses; tests/curriculum/test_doors.py",
    "^": "Wagtail's pages: curriculum.serving refuses; below",
}


@dataclass(frozen=True)
class Door:
    """One URL pattern. `admits` is None where the view does not say who may open it."""

    name: str
    route: str
    parameters: dict[str, Any]  # name -> converter
    admits: frozenset[str] | None
    is_ours: bool

    @property
    def in_practice(self) -> bool:
        return "practice" in self.parameters

    def __str__(self):
        return self.name or self.route

    def path(self, values: dict[str, Any]) -> str:
        """The path with `values`, written as they are: the caller quotes what needs it."""
        path = "/" + self.route
        for name, converter in self.parameters.items():
            kind = next((written for written in (f"<{_kind(converter)}:{name}>", f"<{name}>") if written in path), None)
            assert kind is not None, f"{self}: cannot find {name} in {self.route}"
            path = path.replace(kind, str(values[name]))
        return path


def _kind(converter) -> str:
    return {"IntConverter": "int", "UUIDConverter": "uuid", "SlugConverter": "slug", "PathConverter": "path"}.get(
        type(converter).__name__, "str"
    )


def walk(resolver: URLResolver | None = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Door]:
    """Every pattern that the site's URLs lead to, in their order."""
    for found in (resolver or get_resolver()).url_patterns:
        route = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from walk(found, route, (*spaces, found.namespace) if found.namespace else spaces)
        elif isinstance(found, URLPattern):
            admits = getattr(found.callback, "admits", None)
            yield Door(
                name=":".join((*spaces, found.name)) if found.name else "",
                route=route,
                parameters=_converters(resolver, found, route),
                admits=admits,
                is_ours=admits is not None or not route.startswith(tuple(NOT_OURS)),
            )


def _converters(resolver, found: URLPattern, route: str) -> dict[str, Any]:
    converters: dict[str, Any] = {}
    # The includes above have parameters of their own: one pattern of the whole route knows them all.
    if isinstance(found.pattern, RoutePattern) and "^" not in route and "(" not in route:
        converters = dict(RoutePattern(route, is_endpoint=True).converters)
    return converters


def ours() -> list[Door]:
    """Our doors that say whom they admit. One that does not is test_doors' to refuse."""
    return [door for door in walk() if door.admits is not None]


HELD_BY_PRACTICE = frozenset(
    {"nomination", "enrollment", "certificate", "ruling", "record", "completion", "faculty_question"}
)


def values_for(door: Door, world: World, home: str = "alder") -> dict[str, Any]:
    """A value for each parameter of the door, by name: rows of alder, under the slug of `home`."""
    rows, chosen = world.rows, {}
    fill: dict[str, Callable[[], Any]] = {
        "practice": lambda: getattr(world, home).slug,
        "cohort": lambda: rows["cohort"].pk,
        "cohort_session": lambda: rows["coming"].pk if "attendance" not in door.route else rows["opening"].pk,
        "nomination": lambda: rows["submitted"].pk,
        "enrollment": lambda: rows["ada" if "completion" in door.parameters else _leader(door)],
        "asked_in": lambda: getattr(world, home).slug,
        "faculty_question": lambda: rows["faculty_question"],
        "page_answer": lambda: rows["page_answer"],
        "completion": lambda: rows["completion"],
        "ruling": lambda: rows["ruling"],
        "record": lambda: rows["record"],
        "page": lambda: rows["module"].pk if "/modules/" in door.route else rows["lesson"].pk,
        "change": lambda: rows["key_change"].pk,
        "check": lambda: rows["check"].id,
        "block": lambda: rows["checklist" if door.route.startswith("checklists/") else "block"],
        "invitation": lambda: rows["invitation"].pk,
        "certificate": lambda: rows["certificate"].pk,
        "user": lambda: world.people["ada"].pk,
        "role": lambda: world.people["faculty"].network_roles.get().pk,
        "membership": lambda: world.people["ada"].memberships.get().pk,
        "row": lambda: rows["row"],
        # Only a page is published; the session's holds a comment.
        "to_do": lambda: rows["page_to_do" if door.name == "to_dos:publish" else "to_do"].pk,
        "token": lambda: _token(door, world),
        "number": lambda: rows["certificate"].registry.number,
        "question": lambda: "session-helped",
        "name": lambda: next(Path(settings.MAIL_FOLDER).glob("*.eml")).name,
        "path": lambda: rows["path"],
        "video": lambda: rows["video"],
        "topic": lambda: rows["draft"].pk if "/mine/" in door.route else rows["topic"].pk,
        "conference": lambda: rows["conference"].pk,
        "slug": lambda: rows["speaker_page"].slug,
        "rest": lambda: "1/",
    }
    for name in door.parameters:
        assert name in fill, f"{door} has a parameter “{name}”: say in tests/crawl/doors.py which row fills it in."
        chosen[name] = fill[name]()
    return chosen


def _leader(door: Door) -> str:
    return "abe" if "/leaders/" in door.route else "ada"


def _token(door: Door, world: World) -> str:
    """The token of a signed link, signed once: it holds the moment."""
    kind = door.route.partition("/")[0]
    tokens = world.rows.setdefault("tokens", {})
    return tokens[kind] if kind in tokens else tokens.setdefault(kind, _signed(door, world))


def _signed(door: Door, world: World) -> str:
    if door.route.startswith("nominations/"):
        return path_to_answer(practice=world.alder, nomination=world.rows["submitted"]).split("/")[-2]
    if door.route.startswith("surveys/"):
        return survey_link(world.alder, world.rows["invitation"]).split("/")[-2]
    if door.route.startswith("speakers/"):
        return path_of_speaker(world.rows["speaker"]).split("/")[-2]
    invitation = world.rows["account_invitation"]
    return invitations.token_of(invitation, invitation.generation)


def strange(door: Door, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each parameter that names a row: its name, and `values` with an id that no row has."""
    for name, converter in door.parameters.items():
        if isinstance(converter, UUIDConverter):
            yield name, {**values, name: uuid.uuid4()}
        elif isinstance(converter, IntConverter):
            yield name, {**values, name: 999_999}
