"""An account begins with an invitation's link."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.signing import Signer
from django.test import Client

from lms import clock
from lms.accounts.actions import end_access, invite, person_with_account, send_invitation_again
from lms.accounts.invitations import SALT, token_of
from lms.accounts.models import Invitation, User
from lms.outbox.delivery import deliver
from lms.outbox.models import OutboxRow
from lms.people.actions import person_for
from lms.practices.schema import enter
from tests.fixtures import make_user, signed_in

GOOD = {"password": "a sentence to keep", "name": "Priya Nair", "credentials": "MD", "time_zone": "America/Denver"}


@pytest.fixture
def invited(db) -> Invitation:
    user = person_with_account(email="Priya@alder.example", name="Priya Nayr")
    return invite(user=user, key="k", leads_to="/account/")


def link(row: Invitation) -> str:
    return f"/invitations/{token_of(row, row.generation)}/"


def test_invitation_mail_holds_the_link(invited, settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(str(OutboxRow.objects.get(kind="invitation").pk))
    assert mail.outbox[0].to == ["priya@alder.example"]
    path = re.search(r"http://testserver(/invitations/\S+/)", mail.outbox[0].body).group(1)
    assert "Welcome, Priya Nayr" in Client().get(path).content.decode()


def test_invitation_mail_of_a_practice_leaves_a_line_there(alder, settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    user = person_with_account(email="p@alder.example", name="Priya Nair")
    row = invite(user=user, key="k", practice=alder)
    send_invitation_again(invitation=row)
    first, again = OutboxRow.objects.filter(kind="invitation").order_by("created_at")
    assert again.practice == alder
    deliver(str(first.pk))
    deliver(str(again.pk))
    assert len(mail.outbox) == 1  # the replaced one is dropped
    with enter(alder):
        line = person_for(user=user).mail_lines.get()
        assert (line.kind, line.address) == ("invitation", "p@alder.example")
        assert "http" not in line.subject


def test_opening_the_link_changes_nothing(invited):
    response = Client().get(link(invited))
    assert response.status_code == 200
    assert "Welcome, Priya Nayr" in response.content.decode()
    invited.refresh_from_db()
    assert invited.accepted_at is None
    assert not invited.user.has_usable_password()


def test_accepting_sets_the_password_signs_in_and_lands(invited):
    client = Client()
    response = client.post(link(invited), GOOD)
    assert (response.status_code, response.url) == (302, "/account/")
    assert client.get("/account/").status_code == 200
    user = User.objects.get()
    assert user.check_password("a sentence to keep")
    assert (user.name, user.credentials, user.time_zone) == ("Priya Nair", "MD", "America/Denver")
    assert EmailAddress.objects.get(user=user, email="priya@alder.example", verified=True, primary=True)
    there = {"login": "priya@alder.example", "password": "a sentence to keep"}
    assert Client().post("/accounts/login/", there).url == "/home/"


def test_link_works_once(invited):
    Client().post(link(invited), GOOD)
    response = Client().post(link(invited), GOOD | {"password": "another sentence here"})
    assert response.status_code == 410
    assert "This invitation was accepted" in response.content.decode()
    assert User.objects.get().check_password("a sentence to keep")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": ""}, "Fill this in"),
        ({"password": "short"}, "too short"),
        ({"password": "priya@alder.example"}, "too similar"),
        ({"name": ""}, "Fill this in"),
        ({"name": "Priya \u202eNair"}, "changes the direction"),
        ({"name": "Priya\x00Nair"}, "characters that cannot be kept"),
        ({"name": "x" * 100_000}, "150"),
        ({"time_zone": "Mars/Olympus"}, "Choose one"),
        ({"credentials": "MD\u202e"}, "changes the direction"),
    ],
)
def test_what_cannot_be_is_refused_in_place_and_the_rest_kept(invited, settings, change, words):
    settings.AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 10},
        },
    ]
    response = Client().post(link(invited), GOOD | {"credentials": "FACP"} | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    if "credentials" not in change:
        assert 'value="FACP"' in page
    assert GOOD["password"] not in page
    user = User.objects.get()
    assert not user.has_usable_password()
    assert user.name == "Priya Nayr"


def test_joiners_in_a_name_are_kept(invited):
    name = "نعمت‌الله ک"
    Client().post(link(invited), GOOD | {"name": name})
    assert User.objects.get().name == name


def test_expired_link_can_be_asked_for_again_once(invited):
    with clock.at(clock.now() + dt.timedelta(days=15)):
        response = Client().get(link(invited))
        assert response.status_code == 410
        assert "has expired" in response.content.decode()
        assert "priya@alder.example" not in response.content.decode()
        old = link(invited)
        for _ in range(2):
            page = Client().post(f"{old}again/", follow=True).content.decode()
            assert "A newer invitation was sent" in page
        invited.refresh_from_db()
        assert invited.generation == 2
        assert Client().get(link(invited)).status_code == 200


def test_link_that_has_not_expired_sends_nothing_again(invited):
    assert Client().post(f"{link(invited)}again/").status_code == 302
    invited.refresh_from_db()
    assert invited.generation == 1
    assert Client().get(f"{link(invited)}again/").status_code == 405


def test_replaced_link_no_longer_works(invited):
    old = link(invited)
    send_invitation_again(invitation=invited)
    response = Client().post(old, GOOD)
    assert response.status_code == 410
    assert "A newer invitation was sent" in response.content.decode()
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5_000, "..%2f", "💉:a:b"])
def test_broken_link_is_told_in_words(db, token):
    response = Client().get(f"/invitations/{token}/")
    assert response.status_code == 404


@pytest.mark.parametrize("content", [["no uuid", 1], ["0" * 32, 1]])
def test_signed_link_to_nothing_is_told_in_words(db, content):
    token = Signer(salt=SALT).sign_object(content)
    response = Client().get(f"/invitations/{token}/")
    assert response.status_code == 404
    assert "This link is not complete" in response.content.decode()
    assert Client().post(f"/invitations/{token}/again/").status_code == 302


def test_link_signed_for_something_else_is_not_taken(invited):
    token = Signer(salt="another").sign_object([invited.pk.hex, 1])
    assert Client().get(f"/invitations/{token}/").status_code == 404


def test_link_of_ended_access_opens_nothing(invited, staff):
    end_access(user=invited.user, by=staff)
    response = Client().post(link(invited), GOOD)
    assert response.status_code == 403
    assert "Access to this account has ended" in response.content.decode()


def test_person_with_an_account_signs_in_and_accepts(db):
    user = make_user("p@alder.example")
    row = invite(user=user, key="k", leads_to="/account/")
    page = Client().get(link(row)).content.decode()
    assert "You have an account already" in page
    assert f"/accounts/login/?next={link(row)}".replace(":", "%3A") in page
    assert Client().post(link(row), GOOD).status_code == 200
    assert User.objects.get().check_password("demo")
    client = signed_in(user)
    assert "Accept and go on" in client.get(link(row)).content.decode()
    row.refresh_from_db()
    assert row.accepted_at is None
    assert client.post(link(row)).url == "/account/"
    row.refresh_from_db()
    assert row.accepted_at is not None


def test_invitation_of_somebody_else_is_not_accepted(invited, outsider):
    client = signed_in(outsider)
    response = client.post(link(invited), GOOD)
    assert response.status_code == 200
    page = response.content.decode()
    assert "This invitation is for somebody else" in page
    assert "priya" not in page.lower()
    invited.refresh_from_db()
    assert invited.accepted_at is None


def test_landing_never_leaves_the_site(db):
    user = person_with_account(email="p@alder.example", name="Priya Nair")
    row = invite(user=user, key="k", leads_to="//evil.example/")
    assert Client().post(link(row), GOOD).url == "/home/"


def test_same_promise_makes_one_invitation(invited):
    assert invite(user=invited.user, key="k") == invited
    assert OutboxRow.objects.filter(kind="invitation").count() == 1
