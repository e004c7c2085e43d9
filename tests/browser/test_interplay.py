"""What people do to forms: click twice, go back, come back after a day, or have no JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cohorts.practice.models import Attempt, Completion, Nomination, Seat
from feedback.network.models import Response
from feedback.practice.models import SurveyInvitation
from lms.practices.schema import enter
from tests.browser.visitor import PHONE
from tests.browser.world import PASSWORD
from tests.curriculum.factory import RIGHT

NOOR, IVO, ADA = (
    "noor.haddad@alder-oncology.example",
    "ivo.lang@birch-hematology.example",
    "ada.quist@birch-hematology.example",
)
BIRCH = "/practices/birch-hematology"


@pytest.fixture(scope="module")
def ivo(visitors, busy) -> Page:
    return visitors.signed_in(IVO, PASSWORD, PHONE)


@pytest.fixture(scope="module")
def sponsor(visitors, busy) -> Page:
    return visitors.signed_in("mona@alder.example", PASSWORD)


def sent_by(page: Page, act) -> int:
    """How many forms a page sends while `act` goes on, and a moment longer."""
    posts: list = []

    def is_form(request) -> bool:
        return request.method == "POST" and not request.url.endswith("/place/")

    def count(request) -> None:
        if is_form(request):
            posts.append(request.url)

    page.on("request", count)
    with page.expect_request(is_form):
        act()
    page.wait_for_timeout(400)
    page.remove_listener("request", count)
    return len(posts)


def test_lesson_is_completed_once_by_a_double_click(ivo, busy):
    practice, enrollment = busy.leaders[2]
    ivo.goto(f"{BIRCH}/lessons/{busy.tree.lessons[0].pk}/")
    assert sent_by(ivo, ivo.get_by_role("button", name="Mark lesson complete").dblclick) == 1
    expect(ivo.get_by_role("heading", level=1)).to_have_text("Five numbers")
    with enter(practice):
        assert Completion.objects.filter(record__person=enrollment.person).count() == 1


def test_check_is_one_attempt_by_a_double_click(ivo, busy):
    practice, enrollment = busy.leaders[2]
    ivo.goto(f"{BIRCH}/lessons/{busy.tree.checked.pk}/")
    check = ivo.get_by_role("region", name="Check yourself")
    check.get_by_label("It stays flat").check()
    check.get_by_label("The weather").check()
    assert sent_by(ivo, check.get_by_role("button", name="Check answers").dblclick) == 1
    expect(check.get_by_text("2 attempts left").first).to_be_visible()
    with enter(practice):
        assert Attempt.objects.filter(record__person=enrollment.person).count() == 1


def test_reply_is_sent_once_by_a_double_click(ivo, busy):
    practice, enrollment = busy.leaders[2]
    ivo.goto(f"{BIRCH}/sessions/{busy.coming.pk}/")
    ivo.get_by_label("I’ll be there").check()
    assert sent_by(ivo, ivo.get_by_role("button", name="Save reply").dblclick) == 1
    expect(ivo.get_by_text("You’re going").first).to_be_visible()
    with enter(practice):
        assert Seat.objects.filter(enrollment=enrollment, rsvp="going").count() == 1


def test_survey_is_sent_once_and_going_back_changes_nothing(visitors, busy):
    with enter(busy.alder):
        asked = SurveyInvitation.objects.get(person=busy.leela.person, window__module__isnull=False)
    page = visitors.signed_in("leela.raghunathan@alder-oncology.example", PASSWORD, PHONE)
    page.goto(f"/practices/alder-oncology/surveys/{asked.pk}/")
    before = Response.objects.count()
    page.get_by_role("group", name="I can use what this module taught").get_by_label("Agree", exact=True).check()
    assert sent_by(page, page.get_by_role("button", name="Send my answers").dblclick) == 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. You have answered.")
    page.go_back()
    again = page.get_by_role("button", name="Send my answers")
    if again.count():  # some browsers show the form once more, some ask for the page
        page.get_by_role("group", name="I can use what this module taught").get_by_label("Disagree", exact=True).check()
        again.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You have already answered")
    assert Response.objects.count() == before + 1


def test_nomination_is_sent_once_and_going_back_makes_no_second(sponsor, busy):
    sponsor.goto("/practices/alder-oncology/nominations/new/")
    fill_nomination(sponsor)
    assert sent_by(sponsor, sponsor.get_by_role("button", name="Send nomination").dblclick) == 1
    expect(sponsor.get_by_text("Dr. Vera Blum gets a mail now")).to_be_visible()
    sponsor.go_back()
    fill_nomination(sponsor)
    sponsor.get_by_role("button", name="Send nomination").click()
    expect(sponsor.get_by_text("This physician already has a nomination for this cohort.").first).to_be_visible()
    expect(sponsor.get_by_label("Name")).to_have_value("Vera Blum")
    with enter(busy.alder):
        assert Nomination.objects.filter(email="vera@alder.example").count() == 1


def fill_nomination(page: Page) -> None:
    page.get_by_label("Name").fill("Vera Blum")
    page.get_by_label("Email").fill("vera@alder.example")
    page.get_by_label("Why").fill("Calm in a storm.")
    page.get_by_label("The practice keeps these hours free").check()


def test_form_after_the_session_ended_leads_to_sign_in_and_back(visitors, busy):
    page = visitors.signed_in(NOOR, PASSWORD, PHONE)
    session = f"/practices/alder-oncology/sessions/{busy.coming.pk}/"
    page.goto(session)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("I can’t attend").check()
    page.get_by_role("button", name="Save reply").click()
    sign_in_again(page, NOOR)
    expect(page).to_have_url(busy.site.address + session)
    expect(page.get_by_role("button", name="Save reply")).to_be_visible()


def test_piece_of_a_page_after_the_session_ended_leads_to_sign_in_and_back(visitors, busy):
    page = visitors.signed_in(NOOR, PASSWORD, PHONE)
    lesson = f"/practices/alder-oncology/lessons/{busy.tree.checked.pk}/"
    page.goto(lesson)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Which number would start an argument?").fill("All of them.")
    page.get_by_role("button", name="Save reflection").click()
    sign_in_again(page, NOOR)
    expect(page).to_have_url(busy.site.address + lesson)


def sign_in_again(page: Page, email: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_text("You were signed out, so nothing was saved.")).to_be_visible()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_form_from_before_a_new_sign_in_is_refused_in_words(visitors, busy):
    page = visitors.signed_in(NOOR, PASSWORD, PHONE)
    page.goto(f"/practices/alder-oncology/sessions/{busy.coming.pk}/")
    page.context.clear_cookies()
    page.get_by_label("I can’t attend").check()
    page.get_by_role("button", name="Save reply").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Sign in").or_(page.get_by_role("button")).first).to_be_visible()


def test_leaders_way_works_without_javascript(visitors, busy):
    page = visitors.signed_in(ADA, PASSWORD, PHONE, java_script_enabled=False)
    expect(page).to_have_url(f"{busy.site.address}{BIRCH}/journey/")
    page.get_by_role("link", name="Start lesson 1").click()
    page.get_by_role("button", name="Mark lesson complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Five numbers")
    check = page.get_by_role("region", name="Check yourself")
    for right in (RIGHT, "Days in receivables", "Net drug margin"):
        check.get_by_label(right).check()
    check.get_by_role("button", name="Check answers").click()
    expect(check.get_by_text("Passed.")).to_be_visible()
    page.get_by_label("Which number would start an argument?").fill("Net margin.")
    page.get_by_role("button", name="Save reflection").click()
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    page.get_by_role("button", name="Mark lesson complete").click()
    expect(page.get_by_text("You completed Finance.")).to_be_visible()
    page.goto(reverse("cohorts_practice:cohort_session", args=["birch-hematology", busy.coming.pk]))
    page.get_by_label("I’ll be there").check()
    page.get_by_role("button", name="Save reply").click()
    expect(page.get_by_text("You’re going").first).to_be_visible()
    page.goto(f"{BIRCH}/surveys/")
    page.get_by_role("link", name="Answer the survey on Finance").click()
    page.get_by_role("group", name="I can use what this module taught").get_by_label("Strongly agree").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. You have answered.")
