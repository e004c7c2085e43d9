"""Every URL of the product, asked for by everybody: who is admitted gets a page, who is not is turned away."""

import re

import pytest

from tests.crawl.conftest import undone
from tests.crawl.doors import HELD_BY_PRACTICE, NOT_OURS, Door, ours, strange, values_for, walk
from tests.crawl.markers import leaks
from tests.crawl.people import IN_BIRCH, OUT, PEOPLE, is_rightful, roles_of, sees_practice
from tests.crawl.written import LOOKS, written

DOORS = ours()
SIGN_IN = re.compile(r"/accounts/login/\?next=")
OTHER_METHODS = ("head", "put", "patch", "delete", "options")
# A door that answers some methods only says so to everybody: that tells nothing.
TURNED_AWAY = {403, 404, 405}


def every_door(only=lambda door: True):
    return pytest.mark.parametrize("door", [door for door in DOORS if only(door)], ids=str)


def test_every_view_of_ours_says_whom_it_admits():
    assert [str(door) for door in walk() if door.is_ours and door.admits is None] == []


def test_every_exception_is_still_needed():
    routes = [door.route for door in walk() if not door.is_ours]
    assert [prefix for prefix in NOT_OURS if not any(route.startswith(prefix) for route in routes)] == []


def _is_refused(key: str, door: Door, response, *, may_see: bool) -> bool:
    status = response.status_code
    if key == OUT:
        return (status == 302 and bool(SIGN_IN.match(response.headers["Location"]))) or status == 405
    if door.in_practice and not may_see:
        return status == 404  # the same as for a practice that does not exist
    return status in TURNED_AWAY


@every_door(lambda door: "public" not in door.admits)
def test_wrong_person_is_turned_away(door, world, clients):
    path = door.path(values_for(door, world))
    wrong = []
    for key in (OUT, *PEOPLE):
        if is_rightful(key, door):
            continue
        tries = [("get", {}), ("post", {})]
        if key in (OUT, "physician"):
            tries += [(method, {}) for method in OTHER_METHODS]
        answers = {}
        for method, data in tries:
            response = getattr(clients[key], method)(path, data)
            answers[method] = response.status_code
            if not _is_refused(key, door, response, may_see=sees_practice(key)):
                wrong.append(f"{key}: {method} {path} -> {response.status_code}")
            wrong += leaks(key, path, response.content)
        if answers["get"] == answers["post"] == 405:
            wrong.append(f"{key}: {path} takes neither GET nor POST")
    assert not wrong, "\n".join(wrong)
    assert written() == {}


@every_door()
def test_rightful_person_gets_a_page(door, world, clients):
    path = door.path(values_for(door, world))
    wrong, admitted = [], 0
    for key in (OUT, *PEOPLE):
        if not is_rightful(key, door) or (door.in_practice and not sees_practice(key)):
            continue
        admitted += 1
        response = clients[key].get(path)
        # A link that opens one thing answers somebody else, who is signed in, with words of its own.
        has_words = door.admits == {"public"} and key != OUT and response.status_code < 500
        if response.status_code not in (200, 302, 405) and not has_words:
            wrong.append(f"{key}: GET {path} -> {response.status_code}")
        if response.status_code == 200 and not response.getvalue().strip():
            wrong.append(f"{key}: GET {path} is empty")
        body = b"" if response.streaming else response.content
        wrong += leaks(key, path, body)
    assert not wrong, "\n".join(wrong)
    assert admitted, "Nobody of the world may open this door."
    assert written(*LOOKS) == {}


@every_door()
def test_no_method_fails(door, world, clients):
    path = door.path(values_for(door, world))
    key = next(key for key in (*PEOPLE, OUT) if is_rightful(key, door))
    wrong = []
    for method in ("post", *OTHER_METHODS):
        with undone():
            response = getattr(clients[key], method)(path)
            if response.status_code >= 500:
                wrong.append(f"{key}: {method} {path} -> {response.status_code}")
    assert not wrong, "\n".join(wrong)


@every_door(lambda door: door.in_practice and HELD_BY_PRACTICE & set(door.parameters))
def test_a_row_of_another_practice_is_not_found(door, world, clients):
    """Birch's people, whatever they hold, ask for alder's rows under their own address."""
    path = door.path(values_for(door, world, home="birch"))
    wrong = []
    for key in (*IN_BIRCH, "staff"):
        if door.name == "cohorts_practice:peer" and key == "bea":
            continue  # a peer of the same cohort, whatever the practice
        for method in ("get", "post"):
            status = getattr(clients[key], method)(path).status_code
            admitted = bool(roles_of(key, "birch") & door.admits)
            if status not in ({404, 405} if admitted else TURNED_AWAY):
                wrong.append(f"{key}: {method} {path} -> {status}")
    assert not wrong, "\n".join(wrong)


@every_door(lambda door: any(True for _ in strange(door, {})))
def test_an_id_that_no_row_has_is_not_found(door, world, clients):
    key = next(key for key in (*PEOPLE, OUT) if is_rightful(key, door))
    wrong = []
    for name, values in strange(door, values_for(door, world)):
        path = door.path(values)
        statuses = [getattr(clients[key], method)(path).status_code for method in ("get", "post")]
        if set(statuses) - {404, 405} or 404 not in statuses:
            wrong.append(f"{key}: {path} with another {name} -> {statuses}")
    assert not wrong, "\n".join(wrong)
