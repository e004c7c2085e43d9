"""Each role finds its home, and the way around follows the page."""

import datetime as dt
import re

from cohorts.practice.enrolling import withdraw_enrollment
from lms.accounts.actions import grant_network_role
from lms.accounts.models import User
from lms.portal.homes import homes_of
from lms.practices.actions import grant_membership
from lms.practices.schema import enter
from tests.cohorts.samples import make_cohort, make_leader, make_session
from tests.fixtures import make_user, signed_in


def test_leader_goes_straight_to_the_journey(alder):
    user = make_leader(alder, make_cohort()).person.user
    response = signed_in(user).get("/home/")
    assert response.url == "/practices/alder-oncology/journey/"


def test_who_left_finds_their_record_and_meets_no_closed_door(alder):
    leader = make_leader(alder, make_cohort())
    with enter(alder):
        withdraw_enrollment(enrollment=leader)
    client = signed_in(leader.person.user)
    assert client.get("/home/").url == "/practices/alder-oncology/journey/"
    page = client.get("/practices/alder-oncology/journey/").content.decode()
    assert "You left this program" in page
    assert "Next up" not in page
    addresses = set(re.findall(r'href="(/practices/[^"#]*)"', page))
    assert "/practices/alder-oncology/certificates/" in addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_leadership_goes_straight_to_the_practice(manager):
    assert signed_in(manager).get("/home/").url == "/practices/alder-oncology/"


def test_several_roles_are_each_shown_with_a_switch(alder, birch):
    user = make_leader(alder, make_cohort()).person.user
    grant_membership(user=user, practice=alder, role="managing_physician")
    grant_membership(user=user, practice=birch, role="sponsor")
    grant_network_role(user=user, role="faculty")
    client = signed_in(user)
    response = client.get("/home/")
    words = response.content.decode()
    assert "You hold several roles" in words
    homes = homes_of(User.objects.get(pk=user.pk))
    assert [(home.kind, home.practice) for home in homes] == [
        ("leader", alder),
        ("leadership", alder),
        ("leadership", birch),
        ("faculty", None),
    ]
    menu = re.search(r'<details name="bar" class="menu">(.*?)</details>', words, re.S).group(1)
    for home in homes:
        assert f'href="{home.url}"' in menu
        assert client.get(home.url).status_code == 200


def test_way_around_follows_the_role_of_the_page(alder):
    user = make_leader(alder, make_cohort()).person.user
    grant_membership(user=user, practice=alder, role="managing_physician")
    grant_network_role(user=user, role="publisher")
    client = signed_in(user)
    as_leader = client.get("/practices/alder-oncology/journey/").context["nav_items"]
    assert [link.label for link in as_leader] == [
        "Journey",
        "Modules",
        "Sessions",
        "Feedback",
        "Certificates",
        "Library",
        "Topics",
    ]
    assert [link.current for link in as_leader] == [True, *[False] * 6]
    as_leadership = client.get("/practices/alder-oncology/").context["nav_items"]
    assert [link.label for link in as_leadership] == ["Practice", "Nominations", "Certificates", "Library", "Topics"]
    as_advisor = client.get("/advisory/").context["nav_items"]
    assert as_advisor[0].label == "Advisory group"
    assert not client.get("/account/").context["nav_items"]
    # The library is every reader's: it stands under the first home that leads there.
    in_library = client.get("/library/").context["nav_items"]
    assert [link.label for link in in_library if link.current] == ["Library"]
    assert in_library[0].label == "Journey"


def test_practice_color_is_on_its_pages_only(alder, manager):
    client = signed_in(manager)
    assert f"--brand:{alder.accent}" in client.get("/practices/alder-oncology/").content.decode()
    assert "--brand" not in client.get("/account/").content.decode()


def test_pages_without_room_on_a_phone_are_in_the_menu(staff):
    links = signed_in(staff).get("/staff/people/").context["account_links"]
    assert [link.label for link in links] == [
        *("Feedback", "Certificates", "Outbox", "Topics"),
        *("Edit the curriculum", "Account"),
    ]


def test_leadership_finds_the_curriculum_and_an_administrator_does_not(alder, manager):
    client = signed_in(manager)
    assert "/library/" in [link.url for link in client.get("/practices/alder-oncology/").context["nav_items"]]
    assert client.get("/library/").status_code == 200
    administrator = make_user("office@alder.example")
    grant_membership(user=administrator, practice=alder, role="administrator")
    client = signed_in(administrator)
    links = client.get("/practices/alder-oncology/").context["nav_items"]
    assert [link.label for link in links] == ["Practice", "Nominations", "Certificates"]
    assert client.get("/library/").status_code == 403


def test_session_and_curriculum_stand_under_their_link(faculty):
    cohort_session = make_session(make_cohort(), "Media lab", dt.datetime(2026, 2, 5, 23, 30, tzinfo=dt.UTC))
    cohort_session.faculty.add(faculty)
    client = signed_in(faculty)
    for path, label in (
        (f"/staff/sessions/{cohort_session.pk}/", "Sessions"),
        (f"/staff/sessions/{cohort_session.pk}/attendance/", "Sessions"),
        ("/program/", "Library"),
    ):
        links = client.get(path).context["nav_items"]
        assert [link.label for link in links if link.current] == [label]
