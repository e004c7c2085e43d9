"""The public pages: what they say, to whom, and how often."""

import datetime as dt
import html
import re
from itertools import product

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client

from certificates import numbers
from certificates.network.actions import revoke_entry
from certificates.network.enums import RegistryState
from certificates.network.limits import A_MINUTE
from certificates.network.models import Registry
from certificates.network.states import in_state, state_of
from lms import clock
from lms.practices.schema import enter
from tests.certificates.leaders import enroll, issued
from tests.certificates.samples import statement
from tests.cohorts.programs import make_cohort

NUMBER = "7K2-M0Q-4ZT-HW9-3X4-DG8"
ISSUED = dt.date(2026, 8, 21)


@pytest.fixture(autouse=True)
def fresh_minute():
    caches["shared"].clear()


def entry(number: str = NUMBER, **fields) -> Registry:
    values = {
        "number": number,
        "user_id": "6a1f4d3e-0f0e-4c8f-9f6a-0d5a8b1c2d3e",
        "kind": "year",
        "subject": number,
        "statement": statement(number=number).as_json(),
        "sha256": "0123456789abcdef" * 4,
        "issued_on": ISSUED,
    }
    return Registry.objects.create(**values | fields)


def words(response) -> str:
    main = response.content.decode().split('<main class="')[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def ask(number: str = NUMBER):
    return Client().get(f"/verify/{number}/")


def test_valid_certificate_is_told_with_everything_that_it_states(db):
    found = entry()
    response = ask()
    assert response.status_code == 200
    text = words(response)
    assert "This certificate is valid" in text
    stated = statement(number=NUMBER)
    for part in (
        stated.printed_name,
        stated.award_title,
        stated.context_line,
        *stated.counted,
        stated.practice_name,
        stated.practice_place,
        stated.printed_date,
        stated.issuer,
        found.number,
        found.sha256,
        *(f"{name}, {title}" for name, title in stated.signatories),
    ):
        assert part in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_page_says_the_same_as_the_pdf_and_nothing_else_of_the_leader(alder):
    leader = enroll(alder, make_cohort())
    certificate = issued(alder, leader)
    text = words(ask(certificate.registry.number))
    assert "Leela Raghunathan, MD" in text
    assert certificate.registry.sha256 in text
    for private in ("leela@alder.example", str(leader.pk), str(leader.person.user_id), "Opening retreat"):
        assert private not in text


def test_certificate_is_verified_after_the_practice_has_left(alder):
    certificate = issued(alder, enroll(alder, make_cohort()))
    with enter(alder):
        certificate.delete()
    Registry.objects.update(practice=None)
    text = words(ask(certificate.registry.number))
    assert "This certificate is valid" in text
    assert "Alder Oncology" in text


def test_states_are_told_in_their_order(db):
    newer = entry(numbers.new_number(), subject="newer")
    found = entry(expires_on=dt.date(2026, 9, 1))
    today = dt.date(2026, 9, 1)
    assert state_of(found, on=today) == RegistryState.VALID
    assert state_of(found, on=dt.date(2026, 9, 2)) == RegistryState.EXPIRED
    found.superseded_by = newer
    assert state_of(found, on=dt.date(2026, 9, 2)) == RegistryState.SUPERSEDED
    found.revoked_on = today
    assert state_of(found, on=dt.date(2026, 9, 2)) == RegistryState.REVOKED
    found.revoked_on = found.superseded_by = found.expires_on = None
    found.statement = {"name": "half"}
    assert state_of(found) == RegistryState.UNKNOWN
    assert state_of(None) == RegistryState.UNKNOWN


@pytest.mark.parametrize("broken", [{}, {"name": 1}, [], "text", 7, {**statement().as_json(), "issued_on": "soon"}])
def test_statement_that_cannot_be_read_is_never_called_valid(db, broken):
    entry(statement=broken)
    response = ask()
    assert response.status_code == 200
    assert "We cannot say right now" in words(response)
    assert "is valid" not in words(response)


def test_database_agrees_with_the_order(db):
    past, day = clock.today("UTC") - dt.timedelta(days=9), clock.today("UTC")
    for number, (expires, superseded, revoked) in enumerate(product((None, past), (False, True), (None, day))):
        newer = entry(numbers.new_number(), subject=f"newer {number}") if superseded else None
        entry(numbers.new_number(), subject=f"{number}", expires_on=expires, superseded_by=newer, revoked_on=revoked)
    for state in (RegistryState.REVOKED, RegistryState.SUPERSEDED, RegistryState.EXPIRED, RegistryState.VALID):
        found = set(Registry.objects.filter(in_state(state)))
        assert found == {one for one in Registry.objects.all() if state_of(one) == state}


def test_revoked_certificate_gives_day_and_reason_and_no_more(db):
    found = entry()
    assert revoke_entry(entry=found, reason="issued_in_error", on=dt.date(2026, 9, 3))
    assert not revoke_entry(entry=found, reason="holder_request", on=dt.date(2026, 9, 4))
    text = words(ask())
    assert "No longer valid The program revoked this certificate on September 3, 2026." in text
    assert "Reason Issued in error" in text
    assert "Questions Write to the program office" in text
    assert "certificate is valid" not in text


def test_superseded_certificate_leads_to_the_newer_one(db):
    newer = entry(numbers.new_number(), subject="newer", issued_on=dt.date(2026, 10, 2))
    entry(superseded_by=newer)
    response = ask()
    assert "A newer certificate was issued on October 2, 2026" in words(response)
    assert f'href="/verify/{newer.number}/"' in response.content.decode()


def test_expired_certificate_says_until_when(db):
    entry(expires_on=dt.date(2026, 9, 1))
    with clock.at(dt.datetime(2026, 9, 3, tzinfo=dt.UTC)):
        assert "It was valid until September 1, 2026." in words(ask())


def test_registry_that_does_not_answer_is_said_so(db, monkeypatch):
    def down(*_args, **_kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(Registry.objects, "select_related", down)
    response = ask()
    assert response.status_code == 503
    assert "This says nothing about the certificate." in words(response)


def test_number_is_read_kindly(db):
    entry()
    typed = NUMBER.lower().replace("-", " ").replace("0", "o")
    response = Client().get("/verify/", {"number": f"  {typed} "})
    assert (response.status_code, response["Location"]) == (302, f"/verify/{NUMBER}/")
    assert Client().get(f"/verify/{NUMBER.lower()}/")["Location"] == f"/verify/{NUMBER}/"


def test_number_never_issued_is_not_found_in_words(db):
    entry()
    response = ask(numbers.new_number())
    assert response.status_code == 404
    assert "We have no such certificate" in words(response)
    assert "noindex" in response["X-Robots-Tag"]


HOSTILE = [
    "\x00",
    "7K2\x00",
    "' OR 1=1 --",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "９" * 18,
    "٣" * 18,
    "A" * 100_000,
    "%",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_number_gets_a_hint_and_comes_back_escaped(db, typed):
    response = Client().get("/verify/", {"number": typed})
    assert response.status_code == 422
    assert "Check the number: it has six groups" in words(response)
    assert "<script>alert" not in response.content.decode()
    assert len(response.content) < 60_000


@pytest.mark.parametrize("number", ["abc", "7K2-M0Q-4ZT-HW9-3X4-D4S", "7K2-M0Q-4ZT-HW9-3X4-D4R-7", "%00", "-"])
def test_mistyped_address_gets_the_form_with_what_was_typed(db, number):
    response = Client().get(f"/verify/{number}/")
    assert response.status_code == 404
    assert "Check the number" in words(response)


def test_empty_form_says_what_to_type(db):
    assert Client().get("/verify/").status_code == 200
    response = Client().get("/verify/", {"number": " "})
    assert response.status_code == 422
    assert "Type the number that is printed beside the QR code." in words(response)


def test_only_reading_is_answered(db):
    assert Client().post(f"/verify/{NUMBER}/").status_code == 405


def test_one_address_is_slowed_down_and_another_is_not(db):
    entry()
    with clock.at(dt.datetime(2026, 9, 1, 12, 0, 10, tzinfo=dt.UTC)):
        for _again in range(A_MINUTE):
            assert ask().status_code == 200
        refused = ask()
        assert (refused.status_code, refused["Retry-After"]) == (429, "50")
        assert "Wait a minute, then check again" in words(refused)
        assert Client().get("/verify/", {"number": NUMBER}).status_code == 429
        assert Client(REMOTE_ADDR="203.0.113.9").get(f"/verify/{NUMBER}/").status_code == 200
    with clock.at(dt.datetime(2026, 9, 1, 12, 1, tzinfo=dt.UTC)):
        assert ask().status_code == 200
