"""Staff across practices: find, revoke, and answer for years that were taken back."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.network.models import Registry
from certificates.practice.models import Certificate
from certificates.staff.queries import search, taken_back
from lms import clock
from lms.accounts.models import User
from lms.practices.schema import enter
from tests.certificates.leaders import complete_year, enroll, issued, take_back, work
from tests.cohorts.programs import make_cohort
from tests.fixtures import signed_in

HOME = "/staff/certificates/"


@pytest.fixture
def cohort(db):
    return make_cohort()


@pytest.fixture
def leela(alder, cohort):
    return enroll(alder, cohort)


@pytest.fixture
def certificate(alder, leela):
    return issued(alder, leela)


@pytest.fixture
def sam(birch, cohort):
    """Another practice's certificate."""
    return issued(birch, enroll(birch, cohort, email="sam@birch.example", name="Samuel Adeyemi"))


def test_list_holds_every_practices_certificates(staff, certificate, sam):
    text = signed_in(staff).get(HOME).content.decode()
    for words in ("Dr. Leela Raghunathan", "Alder Oncology", "Dr. Samuel Adeyemi", "Birch Hematology"):
        assert words in text
    assert f"/practices/birch-hematology/certificates/{sam.pk}/certificate.pdf" in text


def test_certificate_is_found_by_name_and_by_number_typed_kindly(certificate, sam):
    assert list(search("raghuna")) == [certificate.registry]
    assert list(search(sam.registry.number.lower().replace("-", " "))) == [sam.registry]
    assert list(search(sam.registry.number[:7].lower())) == [sam.registry]
    assert list(search("nobody")) == []
    # The words are looked for as they are: no pattern.
    assert list(search("%")) == []


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 5000,
        "state=gone",
        "state=unknown",
        "page=99999999999999999999",
        "page=x",
        "q=%25&state=valid",
    ],
)
def test_hostile_search_is_answered_in_place(staff, certificate, query):
    response = signed_in(staff).get(f"{HOME}?{query}")
    assert response.status_code == 200


def test_list_is_filtered_by_state(staff, certificate, sam):
    client = signed_in(staff)
    client.post(f"{HOME}{sam.pk}/revoke/", {"reason": "issued_in_error"})
    text = client.get(HOME, {"state": "revoked"}).content.decode()
    assert "Samuel Adeyemi" in text
    assert "Leela" not in text


def test_list_takes_as_many_queries_for_three_rows_as_for_one(staff, alder, cohort, certificate):
    client, counts = signed_in(staff), []
    client.get(HOME)
    for more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        counts.append(len([q for q in queries if "search_path" not in q["sql"]]))
        for number in range(2):
            issued(alder, enroll(alder, cohort, email=f"{more}{number}@alder.example", name=f"Leader {number}"))
    assert counts[0] == counts[1]


def test_revoking_asks_for_a_reason_and_keeps_the_note_to_staff(staff, alder, certificate, client):
    page = f"{HOME}{certificate.pk}/revoke/"
    browser = signed_in(staff)
    assert "Revoke this certificate?" in browser.get(page).content.decode()
    refused = browser.post(page, {"note": "A double."})
    assert refused.status_code == 422
    assert "A double." in refused.content.decode()
    assert browser.post(page, {"reason": "because", "note": ""}).status_code == 422
    assert Registry.objects.get().revoked_on is None
    with clock.at(dt.datetime(2026, 9, 3, 2, tzinfo=dt.UTC)):  # still September 2 for staff, in Chicago
        assert browser.post(page, {"reason": "issued_in_error", "note": "A double."})["Location"] == HOME
        browser.post(page, {"reason": "holder_request", "note": "again"})
    entry = Registry.objects.get()
    assert (entry.revoked_on, entry.revoked_reason) == (dt.date(2026, 9, 2), "issued_in_error")
    with enter(alder):
        kept = Certificate.objects.get()
    assert (kept.revoked_note, kept.revoked_by_name) == ("A double.", "Tess Park")
    assert "A double." in browser.get(page).content.decode()
    public = client.get(f"/verify/{entry.number}/").content.decode()
    assert "Issued in error" in public
    assert "A double." not in public
    assert "Tess Park" not in public


def test_certificate_of_a_practice_that_left_is_listed_and_can_be_revoked(staff, certificate):
    Registry.objects.update(practice=None)
    browser = signed_in(staff)
    text = browser.get(HOME).content.decode()
    assert "Alder Oncology, left the network" in text
    assert "certificate.pdf" not in text
    browser.post(f"{HOME}{certificate.pk}/revoke/", {"reason": "replaced"})
    assert Registry.objects.get().revoked_reason == "replaced"
    assert browser.get(f"{HOME}{certificate.pk}/revoke/").status_code == 200
    assert browser.post(f"{HOME}{certificate.pk}/keep/").status_code == 404


def test_entry_that_cannot_be_read_does_not_break_the_list(staff, certificate):
    Registry.objects.update(statement={})
    assert "Cannot be read" in signed_in(staff).get(HOME).content.decode()


def test_year_taken_back_is_asked_about_and_nothing_is_revoked_by_itself(staff, alder, leela):
    completion = complete_year(alder, leela)
    work()
    assert taken_back() == []
    take_back(alder, completion)
    [asked] = taken_back()
    assert (asked.entry, asked.year, asked.withdrawn_by) == (Registry.objects.get(), 1, "Tess Park")
    assert asked.entry.revoked_on is None
    text = signed_in(staff).get(HOME).content.decode()
    assert "Years taken back: keep or revoke?" in text
    assert "The attendance was another’s." in text


def test_year_completed_again_is_no_question(alder, leela):
    take_back(alder, complete_year(alder, leela))
    complete_year(alder, leela)
    work()
    assert taken_back() == []


def test_kept_certificate_is_asked_about_again_only_after_another_time(staff, alder, leela):
    completion = complete_year(alder, leela)
    work()
    take_back(alder, completion)
    entry = Registry.objects.get()
    browser = signed_in(staff)
    assert browser.post(f"{HOME}{entry.pk}/keep/")["Location"] == HOME
    assert taken_back() == []
    assert Registry.objects.get().revoked_on is None
    again = complete_year(alder, leela)
    take_back(alder, again, at=clock.now() + dt.timedelta(days=1))
    assert len(taken_back()) == 1


def test_revoking_answers_the_question(staff, alder, leela):
    completion = complete_year(alder, leela)
    work()
    take_back(alder, completion)
    signed_in(staff).post(f"{HOME}{Registry.objects.get().pk}/revoke/", {"reason": "issued_in_error"})
    assert taken_back() == []


def test_programs_certificate_is_asked_about_with_each_of_its_years(alder, leela):
    first = complete_year(alder, leela, 1)
    complete_year(alder, leela, 2)
    work()
    take_back(alder, first)
    assert sorted(asked.entry.kind for asked in taken_back()) == ["program", "year"]
    assert {asked.year for asked in taken_back()} == {1}


@pytest.mark.parametrize("role", ["manager", "outsider", "faculty", "advisor", "leader"])
def test_others_are_turned_away(role, request, alder, leela, certificate, staff):
    user = User.objects.get(pk=leela.person.user_id) if role == "leader" else request.getfixturevalue(role)
    browser = signed_in(user)
    for path in (HOME, f"{HOME}{certificate.pk}/revoke/"):
        assert browser.get(path).status_code == 403
    for what in ("revoke", "keep"):
        assert browser.post(f"{HOME}{certificate.pk}/{what}/", {"reason": "replaced"}).status_code == 403
    assert Registry.objects.get().revoked_on is None


def test_nothing_acts_on_get_and_unknown_ones_are_not_found(staff, certificate):
    browser = signed_in(staff)
    assert browser.get(f"{HOME}{certificate.pk}/keep/").status_code == 405
    browser.get(f"{HOME}{certificate.pk}/revoke/", {"reason": "replaced"})
    assert Registry.objects.get().revoked_on is None
    assert browser.get(f"{HOME}{uuid.uuid4()}/revoke/").status_code == 404
    assert browser.post(f"{HOME}{uuid.uuid4()}/keep/").status_code == 404


def test_opening_a_certificate_to_revoke_it_is_recorded_where_the_leader_reads_it(staff, alder, leela, certificate):
    signed_in(staff).get(HOME)
    with enter(alder):
        assert not leela.person.access_log.exists()
    signed_in(staff).get(f"{HOME}{certificate.pk}/revoke/")
    with enter(alder):
        entry = leela.person.access_log.get()
    assert (entry.viewer_role, entry.what) == ("Program staff", f"Certificate {certificate.registry.number}")
