"""One sign-in, no sign-up, and no word on which addresses exist."""

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client

from lms.accounts.models import User
from lms.outbox.models import OutboxRow
from tests.fixtures import make_user


@pytest.fixture(autouse=True)
def _no_tries_yet(settings):
    cache.clear()
    settings.EMAIL_BACKEND = "lms.outbox.backends.OutboxBackend"  # which the test runner replaces


def sign_in(client: Client, email: str, password: str = "demo", **extra):
    return client.post("/accounts/login/", {"login": email, "password": password}, **extra)


def test_sign_in_leads_home(advisor):
    response = sign_in(Client(), "ADVISOR@network.example")
    assert (response.status_code, response.url) == (302, "/home/")


def test_sign_in_leads_to_the_page_that_was_asked_for(advisor):
    response = Client().post(
        "/accounts/login/?next=/account/", {"login": advisor.email, "password": "demo", "next": "/account/"}
    )
    assert response.url == "/account/"


def test_sign_in_leads_to_no_other_site(advisor):
    there = {"login": advisor.email, "password": "demo", "next": "https://evil.example/"}
    assert Client().post("/accounts/login/", there).url == "/home/"


def test_sign_in_says_the_same_of_a_wrong_password_and_an_unknown_address(advisor):
    known = sign_in(Client(), advisor.email, "wrong").content.decode()
    unknown = sign_in(Client(), "nobody@network.example", "wrong").content.decode()
    assert _bare(known, advisor.email) == _bare(unknown, "nobody@network.example")
    assert "not correct" in known


def _bare(page: str, email: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page).replace(email, "")


def test_sign_in_takes_five_wrong_tries_for_an_address(advisor):
    for _ in range(5):
        sign_in(Client(), advisor.email, "wrong")
    response = sign_in(Client(), advisor.email, "demo")
    assert response.status_code == 200
    assert "Too many" in response.content.decode()


def test_sign_in_limit_is_not_moved_by_a_forged_address(advisor):
    for number in range(11):
        sign_in(Client(), f"somebody{number}@network.example", "wrong", headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert "Too many" in sign_in(Client(), advisor.email, "demo").content.decode()


@pytest.mark.parametrize("value", ["\x00", "a" * 100_000, "‮@network.example", "💉"])
def test_sign_in_takes_hostile_input_in_words(db, value):
    response = sign_in(Client(), value, value)
    assert response.status_code == 200
    assert "error" in response.content.decode()


def test_sign_up_is_closed_in_words(db):
    for response in (Client().get("/accounts/signup/"), Client().post("/accounts/signup/", {"email": "x@y.example"})):
        page = response.content.decode()
        assert "Accounts come by invitation" in page
        assert 'name="email"' not in page
    assert not User.objects.exists()


def test_password_reset_says_the_same_of_known_and_unknown_addresses(advisor):
    client = Client()
    known = client.post("/accounts/password/reset/", {"email": advisor.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@network.example"})
    assert (
        (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, "/accounts/password/reset/done/")
    )
    assert "If the program knows that address" in client.get(known.url).content.decode()
    assert [json.loads(row.body)["to"] for row in OutboxRow.objects.all()] == [advisor.email]


def test_password_reset_is_not_mailed_where_access_was_ended(advisor):
    User.objects.update(is_active=False)
    Client().post("/accounts/password/reset/", {"email": advisor.email})
    assert not OutboxRow.objects.exists()


def test_password_reset_link_is_on_our_own_host_and_works_once(advisor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.post("/accounts/password/reset/", {"email": advisor.email}, headers={"host": "evil.example"})
    mail = json.loads(OutboxRow.objects.get().body)
    assert "evil.example" not in mail["body"]
    assert "example.com" not in mail["body"]
    path = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail["body"]).group(1)
    form = client.get(path)
    response = client.post(form.url, {"password1": "a sentence to keep", "password2": "a sentence to keep"})
    assert response.status_code == 302
    assert sign_in(Client(), advisor.email, "a sentence to keep").url == "/home/"
    assert "no longer works" in Client().get(path, follow=True).content.decode()


def test_limits_are_counted_on_the_network(advisor):
    sign_in(Client(), advisor.email, "wrong")
    keys = [key for key in cache._cache if "login" in key]
    assert keys
    assert all(":public:" in key for key in keys)


def test_own_address_and_its_confirmation_are_not_changed_by_oneself(advisor):
    client = Client()
    client.force_login(advisor)
    for path in ("/accounts/email/", "/accounts/confirm-email/", "/accounts/confirm-email/abc/"):
        response = client.post(path, {"email": "other@x.example", "action_add": ""})
        assert (response.status_code, response.url) == (302, "/account/")
    assert User.objects.get().email == advisor.email


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/password/change/",
    ],
)
def test_two_step_pages_open_without_inline_scripts(advisor, path):
    client = Client()
    sign_in(client, advisor.email)
    response = client.get(path, follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    for script in re.findall(r"<script([^>]*)>", page):
        assert "src=" in script or 'type="application/json"' in script
    assert " on" + "click=" not in page


def test_passkey_button_stands_on_the_sign_in_page(db):
    page = Client().get("/accounts/login/").content.decode()
    assert "Sign in with a passkey" in page


def test_ended_access_signs_in_to_words_only(db):
    make_user("gone@network.example", is_active=False)
    response = sign_in(Client(), "gone@network.example")
    assert response.url == "/accounts/inactive/"


def test_sign_in_refuses_the_demos_password_outside_the_demo(advisor, settings, client):
    settings.DEMO = False
    page = client.post("/accounts/login/", {"login": advisor.email, "password": "demo"})
    assert page.status_code == 200
    assert "This is the demo’s password" in page.content.decode()
    assert "_auth_user_id" not in client.session
