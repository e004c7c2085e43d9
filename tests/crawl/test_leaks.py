"""What may not be told is told by nothing: pages read the same whether it is there or not."""

import re

import pytest
from django.db import connection

from certificates.network.models import Registry
from cohorts.practice.models import Attempt, PageRecord, Reflection
from feedback.network.models import Decision, Response, Window
from feedback.practice.models import Receipt, SurveyInvitation
from lms.practices.schema import enter, in_network
from tests.crawl.conftest import undone
from tests.crawl.doors import ours, values_for
from tests.crawl.markers import REFLECTION, UNRELEASED, leaks
from tests.crawl.people import IN_ALDER, PEOPLE, is_rightful, sees_practice

TOKEN = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|\bcsrf-token" content="[^"]*"'
    rb'|name="key" value="[^"]*"'  # of a form that has not been sent yet
)
# A signed link shows its one thing to whoever holds it. Reading others' pages is what the access log shows.
APART = ("accounts/", "ready/", "surveys/", "nominations/", "invitations/")
PAGES = [door for door in ours() if not door.route.startswith(APART) and not door.name.endswith("access_log")]


def _bodies(keys, world, clients) -> dict[tuple[str, str], bytes]:
    """Every page that those people may open, as they read it before any of them has."""
    found = {}
    for door in PAGES:
        path = door.path(values_for(door, world))
        for key in keys:
            if is_rightful(key, door) and (not door.in_practice or sees_practice(key)):
                with undone():  # a leader's first look at a lesson would count in what others see
                    response = clients[key].get(path)
                if response.status_code == 200 and not response.streaming:
                    found[key, path] = TOKEN.sub(b"", response.content)
    return found


def _differences(before: dict, after: dict) -> list:
    return [place for place in before if before[place] != after.get(place)]


def test_nobody_but_the_person_sees_who_answered(world, clients):
    others = [key for key in PEOPLE if key not in ("ada", "nobody")]
    before = _bodies(others, world, clients)
    assert len(before) > 100
    with enter(world.alder):
        assert Receipt.objects.filter(invitation__person__user=world.people["ada"]).delete()[0] == 1
    assert _differences(before, _bodies(others, world, clients)) == []


def test_practice_leadership_sees_no_feedback_no_answer_and_no_reflection(world, clients):
    leadership = [key for key, roles in IN_ALDER.items() if "leadership" in roles]
    before = _bodies(leadership, world, clients)
    with enter(world.alder):
        for model in (Receipt, SurveyInvitation, Attempt, Reflection):
            assert model.objects.all().delete()[0] > 0
        PageRecord.objects.update(attempts_asked_at=None, extra_attempts=3)
    with in_network():
        assert Response.objects.exists()
        Decision.objects.all().delete()
        Response.objects.all().delete()
        with connection.cursor() as cursor:  # windows of birch's and cedar's invitations stay, emptied
            cursor.execute("DELETE FROM feedback_network_release")
        Window.objects.update(title="Nothing was asked")
    assert _differences(before, _bodies(leadership, world, clients)) == []


def test_staff_see_no_reflection_and_no_unreleased_answer(world, clients):
    everybody = [key for key in PEOPLE if key != "ada"]
    bodies = _bodies(everybody, world, clients)
    hidden = (REFLECTION.encode(), UNRELEASED.encode())
    assert [place for place, body in bodies.items() if any(word in body for word in hidden)] == []


def test_the_person_reads_their_own(world, clients):
    """The markers do stand where they may be read: a test that finds none of them anywhere would prove nothing."""
    bodies = b"".join(_bodies(["ada", "manager", "staff"], world, clients).values())
    for words in ("zanzibarreflection", "marzipanreason", "saffroncomment", "tamarindwhy", "juniperruling"):
        assert words.encode() in bodies, words
    assert leaks("physician", "/x/", b"Ada Quillfeather zanzibarreflection") == [
        "physician reads “zanzibarreflection” at /x/",
        "physician reads “Ada Quillfeather” at /x/",
    ]


@pytest.mark.parametrize("page", ["module", "lesson", "program"])
def test_curriculum_is_closed_to_those_without_a_role(page, world, clients):
    path = world.rows[page].get_url()
    statuses = {key: clients[key].get(path).status_code for key in (*PEOPLE, "signed out")}
    refused = {key for key, status in statuses.items() if status == 403}
    assert refused == {"administrator", "birch_administrator", "nobody"}
    assert clients["signed out"].get(path).headers["Location"].startswith("/accounts/login/")


def test_the_certificate_page_states_what_the_certificate_states_and_no_more(world, clients):
    entry = world.rows["certificate"].registry
    with undone():
        before = clients["signed out"].get(f"/verify/{entry.number}/").content
        with in_network():
            assert Registry.objects.count() == 2
        for other in ("Bea Wintergreen", "ada@alder.example", str(entry.user_id)):
            assert other.encode() not in before
