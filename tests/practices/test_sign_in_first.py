"""Whoever is not signed in is led to sign in, and then to where they were."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

PAGE = "/practices/alder-oncology/nominations/new/"
WORDS = "You were signed out, so nothing was saved."


def where_next(response, url: str = "") -> str:
    found = urlsplit(url or response.url)
    assert found.path == "/accounts/login/"
    return parse_qs(found.query)["next"][0]


@pytest.mark.parametrize("path", [PAGE + "?cohort=1", "/staff/cohorts/?page=2"])
def test_page_is_asked_for_again_after_sign_in(db, path):
    client = Client()
    assert where_next(client.get(path)) == path
    assert WORDS not in client.get("/accounts/login/").content.decode()


def test_form_leads_back_to_the_page_that_sent_it_and_says_that_nothing_was_saved(db):
    client = Client()
    sender = "http://testserver/practices/alder-oncology/lessons/7/?x=1"
    response = client.post("/practices/alder-oncology/lessons/7/complete/", headers={"referer": sender})
    assert where_next(response) == "/practices/alder-oncology/lessons/7/?x=1"
    assert WORDS in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "sender",
    ["https://elsewhere.example/", "//elsewhere.example/x", "http://testserver@elsewhere.example/", "\x00", None],
)
def test_form_sent_from_elsewhere_leads_home(db, sender):
    headers = {"referer": sender} if sender else {}
    assert where_next(Client().post(PAGE, headers=headers)) == "/home/"


def test_piece_of_a_page_takes_the_whole_page_to_sign_in(db):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/practices/alder-oncology/lessons/7/"}
    response = Client().post("/practices/alder-oncology/lessons/7/complete/", headers=headers)
    assert response.status_code == 200
    assert where_next(response, response["HX-Redirect"]) == "/practices/alder-oncology/lessons/7/"
