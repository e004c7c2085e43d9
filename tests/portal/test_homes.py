"""Where sign-in leads, and the frame around every page."""

import pytest
from django.db import connection
from django.test import Client

from curriculum.models import ProgramPage
from lms.portal.homes import homes_of
from lms.practices.actions import end_membership, grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.schema import enter
from tests.fixtures import make_user, signed_in


def test_home_asks_the_signed_out_to_sign_in(db):
    response = Client().get("/home/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/home/"


def test_home_of_advisor_is_the_advisory_page(advisor):
    ProgramPage.objects.update(live=False)
    client = signed_in(advisor)
    response = client.get("/home/")
    assert response.url == "/advisory/"
    page = client.get(response.url)
    assert page.status_code == 200
    assert "No program is published yet" in page.content.decode()


def test_home_of_a_physician_alone_is_the_library(alder):
    user = make_user("p@alder.example")
    grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
    client = signed_in(user)
    assert client.get("/home/").url == "/library/"
    assert 'href="/program/"' in client.get("/library/").content.decode()
    ProgramPage.objects.update(live=False)
    assert "Nothing is published yet" in client.get("/library/").content.decode()


def test_home_without_a_role_says_whom_to_write_to(db):
    response = signed_in(make_user("none@alder.example")).get("/home/")
    assert response.status_code == 200
    assert "You hold no role at the moment" in response.content.decode()
    assert "mailto:staff@demo.example" in response.content.decode()


def test_home_goes_with_the_membership(alder):
    user = make_user("p@alder.example")
    row = grant_membership(user=user, practice=alder, role=PracticeRole.PHYSICIAN)
    end_membership(membership=row)
    assert [home.kind for home in homes_of(user)] == []


@pytest.mark.parametrize("path", ["/advisory/"])
def test_advisory_page_is_closed_to_other_roles(path, staff, faculty, manager, outsider):
    for user in (staff, faculty, manager, outsider):
        response = signed_in(user).get(path)
        assert response.status_code == 403
        assert "not open to you" in response.content.decode()


def test_health_asks_nobody(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/health/")
    assert response.json() == {"up": True}


def test_ready_says_ok_when_all_is_there(db):
    response = Client().get("/ready/")
    assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "broker": "ok"}


def test_ready_says_in_words_that_the_broker_is_away(db, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    response = Client().get("/ready/")
    assert response.status_code == 503
    assert response.json()["broker"] == "The broker does not answer."


def test_ready_says_in_words_that_the_template_is_missing(db):
    from lms.practices.models import SchemaDDL

    SchemaDDL.objects.all().delete()
    response = Client().get("/ready/")
    assert response.status_code == 503
    assert "manage.py migrate" in response.json()["migrations"]


def test_ready_says_in_words_that_a_practice_is_behind(alder):
    with enter(alder), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
    response = Client().get("/ready/")
    assert response.status_code == 503
    assert response.json()["migrations"] == "1 practice is behind: run manage.py migrate."
