"""Who sees certificates within a practice, and who opens the file."""

import uuid
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.network.models import Registry
from lms import clock
from lms.practices.actions import grant_membership
from lms.practices.schema import enter
from tests.certificates.leaders import enroll, issued
from tests.cohorts.programs import make_cohort
from tests.fixtures import make_user, signed_in

LIST = "/practices/alder-oncology/certificates/"


@pytest.fixture
def cohort(db):
    return make_cohort()


@pytest.fixture
def leader(alder, cohort):
    return enroll(alder, cohort)


@pytest.fixture
def certificate(alder, leader):
    return issued(alder, leader)


@pytest.fixture
def peer(alder, cohort):
    """Another leader of the same practice, with a certificate of their own."""
    enrollment = enroll(alder, cohort, email="sam@alder.example", name="Samuel Adeyemi")
    issued(alder, enrollment)
    return enrollment.person.user


def path(certificate) -> str:
    return f"{LIST}{certificate.pk}/certificate.pdf"


def looks(alder, certificate) -> list[tuple]:
    with enter(alder):
        return list(certificate.person.access_log.values_list("viewer_name", "viewer_role", "what"))


def test_leader_downloads_their_own_without_a_trace(alder, leader, certificate):
    response = signed_in(leader.person.user).get(path(certificate))
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="Leela Raghunathan - Physician Leadership Program, year one.pdf"'
    )
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert looks(alder, certificate) == []


def test_file_name_keeps_letters_and_drops_what_file_systems_refuse(alder, cohort):
    enrollment = enroll(alder, cohort, email="nguyen@alder.example", name='Nguyễn "An" Lê / Đỗ')
    response = signed_in(enrollment.person.user).get(path(issued(alder, enrollment)))
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition.split("''")[1]) == "Nguyễn An Lê Đỗ - Physician Leadership Program, year one.pdf"


def test_list_holds_a_leaders_own_and_links_to_the_public_page(leader, certificate, peer):
    page = signed_in(leader.person.user).get(LIST)
    text = page.content.decode()
    assert page.status_code == 200
    assert path(certificate) in text
    assert f"/verify/{certificate.registry.number}/" in text
    assert "Samuel Adeyemi" not in text
    assert Registry.objects.get(user_id=peer.pk).number not in text


def test_leadership_sees_all_of_its_own_leaders_and_a_look_is_written(alder, manager, certificate, peer):
    client = signed_in(manager)
    text = client.get(LIST).content.decode()
    assert "Dr. Leela Raghunathan" in text
    assert "Dr. Samuel Adeyemi" in text
    assert looks(alder, certificate) == []
    assert client.get(path(certificate)).status_code == 200
    assert looks(alder, certificate) == [
        ("Mona Reyes", "Managing physician", f"Certificate {certificate.registry.number}")
    ]


def test_staff_opens_any_and_a_look_is_written(alder, staff, certificate):
    assert signed_in(staff).get(LIST).status_code == 200
    assert signed_in(staff).get(path(certificate)).status_code == 200
    [(name, role, _what)] = looks(alder, certificate)
    assert (name, role) == ("Tess Park", "Program staff")


def test_another_leader_of_the_practice_gets_no_file(alder, certificate, peer):
    assert signed_in(peer).get(LIST).status_code == 200
    assert signed_in(peer).get(path(certificate)).status_code == 404
    assert looks(alder, certificate) == []


def test_physician_who_earned_none_is_turned_away(alder, certificate):
    physician = make_user("pat@alder.example")
    grant_membership(user=physician, practice=alder, role="physician")
    for address in (LIST, path(certificate)):
        assert signed_in(physician).get(address).status_code == 403


def test_others_find_no_such_practice(birch, certificate, outsider, faculty, advisor):
    for user in (outsider, faculty, advisor):
        for address in (LIST, path(certificate)):
            assert signed_in(user).get(address).status_code == 404
    elsewhere = path(certificate).replace("alder-oncology", "birch-hematology")
    assert signed_in(outsider).get(elsewhere).status_code == 404


def test_visitor_is_asked_to_sign_in(client, certificate):
    for address in (LIST, path(certificate)):
        assert client.get(address)["Location"].startswith("/accounts/login/?next=")


def test_unknown_certificate_and_lost_file_are_not_found(alder, manager, certificate):
    assert signed_in(manager).get(f"{LIST}{uuid.uuid4()}/certificate.pdf").status_code == 404
    with enter(alder):
        certificate.file = "certificates/gone.pdf"
        certificate.save()
    assert signed_in(manager).get(path(certificate)).status_code == 404
    assert looks(alder, certificate) == []


def test_practice_without_certificates_says_what_will_be_here(alder, manager):
    assert "No certificate yet" in signed_in(manager).get(LIST).content.decode()


def test_list_takes_as_many_queries_for_three_rows_as_for_one(alder, cohort, manager, certificate):
    client = signed_in(manager)
    counts = []
    for more in range(2):
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len([q for q in queries if "search_path" not in q["sql"]]))
        for number in range(2):
            issued(alder, enroll(alder, cohort, email=f"{number}{more}@alder.example", name=f"Leader {number}"))
    assert counts[0] == counts[1]


def test_revoked_certificate_is_shown_as_such(leader, certificate):
    Registry.objects.update(revoked_on=clock.today("UTC"), revoked_reason="issued_in_error")
    assert "Revoked" in signed_in(leader.person.user).get(LIST).content.decode()
