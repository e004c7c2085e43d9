"""A new network in an empty database."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from lms.accounts.models import User
from lms.accounts.queries import network_roles
from lms.outbox.models import OutboxRow
from tests.fixtures import signed_in


def start(**options) -> str:
    said = StringIO()
    call_command("start_network", **{"staff_email": "first@network.example", **options}, stdout=said)
    return said.getvalue()


def test_start_makes_a_network_that_the_first_of_the_staff_can_enter(db):
    said = start(staff_name="Tess Park")
    path = re.search(r"http://testserver(/invitations/\S+)", said).group(1)
    client = Client()
    form = {"password": "a sentence to keep", "name": "Tess Park", "time_zone": "America/Denver"}
    assert client.post(path, form).url == "/home/"
    assert client.get("/cms/").status_code == 200
    user = User.objects.get()
    assert network_roles(user) == {"staff"}
    assert client.get("/staff/people/").status_code == 200
    for page in ("/", "/help/", "/privacy/", "/accessibility/"):
        response = Client().get(page)
        assert response.status_code == 200, page
        words = response.content.decode()
        assert "NETWORK" not in words
        assert "OFFICE" not in words
    assert Site.objects.get().root_url == "http://testserver"


def test_start_again_changes_nothing(db):
    start()
    before = (Page.objects.count(), User.objects.count(), OutboxRow.objects.count())
    said = start()
    assert (Page.objects.count(), User.objects.count(), OutboxRow.objects.count()) == before
    assert "are there" in said


def test_start_names_a_second_staff_member_who_has_an_account(db, advisor):
    said = start(staff_email="ADVISOR@network.example")
    assert "signs in already" in said
    assert network_roles(User.objects.get()) == {"staff", "publisher"}


def test_start_refuses_another_network_in_words(db, settings):
    start()
    settings.BASE_URL = "https://other.example"
    with pytest.raises(CommandError, match="holds a network at http://testserver"):
        start()


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "\x00@x.example"])
def test_start_refuses_an_address_that_is_none(db, email):
    with pytest.raises(CommandError, match="valid email"):
        start(staff_email=email)
    assert not Page.objects.filter(slug="help").exists()


def test_404_and_403_are_our_own_pages(db, faculty):
    start()
    missing = Client().get("/no/such/page/")
    assert missing.status_code == 404
    assert "There is no page here for you" in missing.content.decode()
    closed = signed_in(faculty).get("/staff/people/")
    assert closed.status_code == 403
    assert "This page is not open to you" in closed.content.decode()


def test_500_is_our_own_page_and_needs_no_database(db, monkeypatch, advisor):
    def fail(request):
        raise ZeroDivisionError

    monkeypatch.setattr("lms.portal.homes.homes_of", fail)
    monkeypatch.setattr("lms.portal.views.homes_of", fail)
    client = signed_in(advisor)
    client.raise_request_exception = False
    response = client.get("/home/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_form_that_was_open_too_long_is_told_in_words(db, advisor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(advisor)
    response = client.post("/account/", {"name": "x"})
    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()
