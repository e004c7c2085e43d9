"""Hostile input in addresses, query strings and forms is answered in words, never by a failure."""

import re
from urllib.parse import quote

import pytest

from tests.crawl.conftest import undone
from tests.crawl.doors import ours, values_for, walk
from tests.crawl.page import Page
from tests.crawl.people import OUT, PEOPLE, is_rightful

DOORS = ours()
VALUES = ("\x00", "x" * 4000, "-1", "9" * 400, "'\"><script>½</script>")
IN_PATHS = (*VALUES, "../../etc/passwd", "1\r\nX: y", "%zz")
# What views read from the address, gathered from their text, and the names that are worth a try in any case.
QUERY = [
    *("page", "q", "state", "cohort", "release", "change", "name", "number", "comment", "next", "month", "practice"),
    *("pace", "subject", "window", "module", "question", "year", "do", "requirement"),
]
# Wagtail's icons and its words for scripts: the same for everybody, and nothing of ours.
CMS_FURNITURE = ("/cms/jsi18n/", "/cms/sprite/")
INSTEAD_OF_CMS = ("/home/", "/accounts/login/", "/cms/login/", "/staff/people/")


def _key(door) -> str:
    return next(key for key in (*PEOPLE, OUT) if is_rightful(key, door))


@pytest.mark.parametrize("door", [door for door in DOORS if door.parameters], ids=str)
def test_hostile_addresses_never_fail(door, world, clients):
    values, wrong = values_for(door, world), []
    for name in door.parameters:
        for value in IN_PATHS:
            path = door.path({**values, name: quote(value, safe="/")})
            for key in {_key(door), OUT} if value in VALUES else {_key(door)}:
                with undone():
                    status = clients[key].get(path).status_code
                if status >= 500:
                    wrong.append(f"{key}: {name}={value[:20]!r} at {door} -> {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_hostile_queries_and_forms_never_fail(door, world, clients):
    key = _key(door)
    client, path, wrong = clients[key], door.path(values_for(door, world)), []
    with undone():
        first = client.get(path)
    fields = set()
    if first.status_code == 200 and first.headers["Content-Type"].startswith("text/html") and not first.streaming:
        fields = {name for form in Page(first.content.decode()).forms for name in form.fields}
    for value in VALUES:
        for method, data in (("get", dict.fromkeys(QUERY, value)), ("post", dict.fromkeys(fields, value))):
            with undone():
                status = getattr(client, method)(path, data).status_code
            if status >= 500:
                wrong.append(f"{key}: {method} {path} with {value[:20]!r} -> {status}")
    assert not wrong, "\n".join(wrong)


def _example(route: str) -> str:
    """A path of a route of Wagtail's or allauth's, with some value for each parameter."""
    route = re.sub(r"<(int|uuid|slug|str|path)?:?\w+>", lambda found: "1" if found[1] == "int" else "x", route)
    return "/" + re.sub(r"\(.*?\)|[\^$?*+\\]", "", route)


def test_no_page_of_the_cms_opens_to_others(world, clients):
    """Whoever may not enter goes home, or to the sign-in, from each of its addresses."""
    paths = sorted({_example(door.route) for door in walk() if door.route.startswith("cms/")} - set(CMS_FURNITURE))
    assert len(paths) > 100
    wrong = []
    for path in paths:
        for key in (OUT, "manager"):
            response = clients[key].get(path)
            leads_to = response.headers.get("Location", "")
            if response.status_code != 302 or not leads_to.startswith(INSTEAD_OF_CMS):
                wrong.append(f"{key}: {path} -> {response.status_code} {leads_to}")
    assert not wrong, "\n".join(wrong)


def test_no_page_of_sign_in_fails(world, clients):
    wrong = []
    for path in sorted({_example(door.route) for door in walk() if door.route.startswith("accounts/")}):
        for key in (OUT, "ada"):
            for method in ("get", "post"):
                with undone():
                    status = getattr(clients[key], method)(path).status_code
                if status >= 500:
                    wrong.append(f"{key}: {method} {path} -> {status}")
    assert not wrong, "\n".join(wrong)
