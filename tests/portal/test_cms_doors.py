"""The CMS has one door, and it is the product's own sign-in."""

import re

import pytest
from django.test import Client

from curriculum.actions import open_cms_to_roles
from lms.accounts.actions import grant_network_role
from tests.fixtures import make_user, signed_in


@pytest.fixture
def groups(db):
    open_cms_to_roles()


def test_signed_out_cms_leads_to_the_one_sign_in(groups):
    response = Client().get("/cms/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/cms/")


@pytest.mark.parametrize("path", ["/cms/login/", "/cms/password_reset/", "/cms/password_reset/confirm/a/b/"])
def test_wagtails_own_sign_in_and_reset_are_closed(groups, path):
    for response in (Client().get(path), Client().post(path, {"email": "a@b.example"})):
        assert (response.status_code, response.url) == (302, "/accounts/login/?next=/cms/")


def test_signed_in_without_the_cms_one_goes_home_with_a_sentence(groups, faculty):
    for path in ("/cms/", "/cms/pages/", "/cms/login/"):
        response = signed_in(faculty).get(path, follow=True)
        assert response.redirect_chain[0][0] == "/home/"
        assert response.status_code == 200
        assert "The CMS is for the advisory group and program staff." in response.content.decode()


@pytest.mark.parametrize("role", ["author", "reviewer", "publisher", "staff"])
def test_cms_opens_to_its_roles(groups, role):
    user = make_user("cms@network.example")
    grant_network_role(user=user, role=role)
    response = signed_in(user).get("/cms/")
    assert response.status_code == 200
    assert "script-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]


def test_own_pages_keep_the_strict_policy(db):
    policy = Client().get("/accounts/login/")["Content-Security-Policy"]
    assert "script-src 'self'" in [part.strip() for part in policy.split(";")]


def test_cms_account_has_no_name_address_or_password(groups, advisor):
    page = signed_in(advisor).get("/cms/account/").content.decode()
    for name in ("first_name", "email", "avatar", "current_time_zone", "old_password", "new_password1"):
        assert not re.search(f'name="[a-z_-]*{name}"', page)
    assert "submitted_notifications" in page


def test_cms_people_lead_an_advisor_home(groups, advisor):
    response = signed_in(advisor).get("/cms/users/", follow=True)
    assert [url for url, _ in response.redirect_chain] == ["/home/", "/advisory/"]
    assert "People are kept on the people page, not in the CMS." in response.content.decode()


def test_cms_makes_no_accounts(groups, staff):
    staff.is_superuser = True
    staff.save()
    for path in ("/cms/users/", "/cms/users/new/", f"/cms/users/edit/{staff.pk}/"):
        assert signed_in(staff).get(path).url == "/staff/people/"
