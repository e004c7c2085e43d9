"""What the journey's panel offers."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from certificates.network.models import Registry
from certificates.practice.panels import certificate_earned
from cohorts.practice.panels import panels_for, record_panels_for
from lms import clock
from lms.practices.schema import enter
from tests.certificates.leaders import complete_year, enroll, issued, work
from tests.cohorts.programs import make_cohort


@pytest.fixture
def leader(alder):
    return enroll(alder, make_cohort())


@pytest.fixture
def look(rf: RequestFactory, alder, leader):
    request = rf.get("/")
    request.practice, request.user = alder, leader.person.user

    def drawn() -> str:
        with enter(alder):
            given = certificate_earned(request, leader)
            return render_to_string(*given, request) if given else ""

    drawn.request = request
    return drawn


def test_panel_offers_the_pdf_and_the_public_page(alder, leader, look):
    assert look() == ""
    certificate = issued(alder, leader)
    drawn = look()
    assert f"/practices/alder-oncology/certificates/{certificate.pk}/certificate.pdf" in drawn
    assert f"/verify/{certificate.registry.number}/" in drawn
    assert "All 1 certificates" not in drawn


def test_panel_prefers_the_programs_certificate(alder, leader, look):
    complete_year(alder, leader, 1)
    complete_year(alder, leader, 2)
    work()
    assert Registry.objects.get(kind="program").number in look()
    assert "All 3 certificates" in look()


def test_panel_does_not_offer_a_revoked_certificate(alder, leader, look):
    issued(alder, leader)
    Registry.objects.update(revoked_on=clock.today("UTC"))
    assert look() == ""


def test_panel_stands_on_the_journey_and_on_the_page_about_a_leader(alder, leader, look):
    number = issued(alder, leader).registry.number
    with enter(alder):
        for panels in (panels_for, record_panels_for):
            assert any(number in drawn for drawn in panels(look.request, leader))
