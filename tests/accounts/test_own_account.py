"""What a person says about themselves."""

import pytest
from django.test import Client

from tests.fixtures import make_user, signed_in

GOOD = {"name": "Priya Nair", "credentials": "MD, FACP", "time_zone": "America/Denver"}


@pytest.fixture
def person(db):
    return make_user("p@alder.example", "P Nair")


def test_account_asks_the_signed_out_to_sign_in(db):
    assert Client().get("/account/").url == "/accounts/login/?next=/account/"


def test_account_saves_name_credentials_and_zone(person):
    response = signed_in(person).post("/account/", GOOD | {"name": "  Priya \t Nair "})
    assert (response.status_code, response.url) == (302, "/account/")
    person.refresh_from_db()
    assert (person.name, person.credentials, person.time_zone) == ("Priya Nair", "MD, FACP", "America/Denver")


def test_account_changes_nobody_else_and_nothing_else(person, staff):
    signed_in(person).post("/account/", GOOD | {"email": "x@y.example", "is_superuser": "1", "id": str(staff.pk)})
    person.refresh_from_db()
    staff.refresh_from_db()
    assert (person.email, person.is_superuser, staff.name) == ("p@alder.example", False, "Tess Park")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Fill this in"),
        ("name", "Priya\x07Nair", "U+0007"),
        ("name", "Priya\x00Nair", "U+0000"),
        ("name", "\u202eriaN", "U+202E"),
        ("name", "123", "at least one letter"),
        ("name", "x" * 100_000, "150"),
        ("credentials", "M\u2066D", "U+2066"),
        ("credentials", "x" * 61, "60"),
        ("time_zone", "Europe/Paris", "Choose one"),
        ("time_zone", "", "Choose one"),
    ],
)
def test_account_refuses_in_place_and_keeps_what_was_typed(person, field, value, words):
    response = signed_in(person).post("/account/", GOOD | {field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    if field != "credentials":
        assert 'value="MD, FACP"' in page
    person.refresh_from_db()
    assert person.name == "P Nair"


@pytest.mark.parametrize("name", ["Łucja Nowak-Žižek", "Nguyễn Thị Ánh", "O’Neil", "نعمت‌الله ک", "क्‍ष राव"])
def test_account_keeps_names_of_all_scripts(person, name):
    assert signed_in(person).post("/account/", GOOD | {"name": name}).status_code == 302
    person.refresh_from_db()
    assert person.name == name


def test_account_links_to_password_and_two_step_sign_in(person):
    page = signed_in(person).get("/account/").content.decode()
    assert "/accounts/password/change/" in page
    assert "/accounts/2fa/" in page


def test_account_says_once_that_a_name_is_too_long(advisor):
    page = signed_in(advisor).post("/account/", {"name": "x" * 151, "time_zone": "America/Chicago"}).content.decode()
    assert "Shorten the name to 150 characters or fewer." in page
    assert "Ensure this value" not in page
    assert "One thing to fix" in page


def test_password_form_speaks_our_words(advisor):
    client = signed_in(advisor)
    page = client.get("/accounts/password/change/").content.decode()
    assert "Present password" in page
    assert "New Password" not in page
    sent = {"oldpassword": "wrong", "password1": "a-new-long-secret", "password2": "a-new-long-secret"}
    assert (
        "Enter your present password as it is now." in client.post("/accounts/password/change/", sent).content.decode()
    )
