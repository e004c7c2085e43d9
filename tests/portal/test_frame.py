"""The frame: the way around, homes to switch to, and what it costs."""

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from lms.accounts.actions import grant_network_role
from lms.accounts.models import User
from lms.outbox.models import OutboxRow
from lms.portal.context import page
from lms.portal.homes import homes_of
from lms.practices.actions import grant_membership
from tests.cohorts.samples import make_cohort, make_leader
from tests.fixtures import make_user, signed_in


def frame_of(user, path: str = "/account/") -> list[str]:
    """The statements that the frame of a page costs."""
    request = RequestFactory().get(path)
    request.user, request.practice, request.practice_roles = user, None, set()
    request.resolver_match = None
    with CaptureQueriesContext(connection) as seen:
        context = page(request)
        for name in ("nav_items", "account_links", "banners"):
            list(context.get(name, []))
    return [query["sql"] for query in seen.captured_queries if "search_path" not in query["sql"]]


def test_frame_costs_nothing_signed_out(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/accounts/login/").status_code == 200


def test_frame_costs_four_queries_at_most_for_whoever_holds_every_role(alder, birch, staff):
    cohort = make_cohort()
    make_leader(alder, cohort)
    for role in ("faculty", "publisher"):
        grant_network_role(user=staff, role=role)
    for practice in (alder, birch):
        grant_membership(user=staff, practice=practice, role="sponsor")
    assert len(frame_of(User.objects.get(pk=staff.pk))) <= 4


def test_staff_and_faculty_go_straight_to_theirs(staff, faculty):
    assert [home.kind for home in homes_of(staff)] == ["staff"]
    assert [home.kind for home in homes_of(faculty)] == ["faculty"]
    for user in (staff, faculty):
        client = signed_in(user)
        assert client.get(client.get("/home/").url).status_code == 200


def test_staff_alone_are_warned_while_the_mail_server_refuses(staff, faculty):
    from lms import clock

    OutboxRow.objects.create(kind="library_mail", refused_at=clock.now())
    assert "The mail server refuses our mail" in signed_in(staff).get("/account/").content.decode()
    assert "The mail server refuses our mail" not in signed_in(faculty).get("/account/").content.decode()


def test_roles_of_others_are_not_seen_in_the_menu(alder, manager):
    words = signed_in(make_user("p@x.example")).get("/home/").content.decode()
    assert "alder" not in words.lower()
