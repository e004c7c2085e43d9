"""The story that the product is for, lived in a browser from the first invitation to the certificate."""

import datetime as dt
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pypdf
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from cohorts.network.models import Cohort, CohortSession
from cohorts.practice.models import Enrollment
from feedback.network.models import Answer, Response, Window
from feedback.network.windows import ends_at
from lms import clock
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.browser import world
from tests.browser.site import Site
from tests.browser.visitor import PHONE, Visitors
from tests.browser.world import PASSWORD
from tests.curriculum.factory import REASON, RIGHT, Tree, make_tree

ALDER = "/practices/alder-oncology"
STAFF, ADVISOR, REVIEWER = "tess@network.example", "ruth@network.example", "gabriel@network.example"
SPONSOR, LEADER = "mona@alder.example", "leela@alder.example"
COMMENT = "The negotiation role play was worth the drive."


@dataclass
class Story:
    """The people of the story, each at their own browser, and what they have come to."""

    site: Site
    visitors: Visitors
    tree: Tree
    alder: Practice
    staff: Page
    cohort: Cohort = field(init=False)
    leader: Page = field(init=False)
    peers: list[tuple[Practice, Enrollment]] = field(default_factory=list)
    number: str = ""

    def session(self, title: str) -> CohortSession:
        return CohortSession.objects.get(cohort=self.cohort, title=title)


@pytest.fixture(scope="module")
def story(site, visitors):
    call_command("start_network", staff_email=STAFF, staff_name="Tess Park")
    tree = make_tree()
    alder = Practice.objects.get(slug="alder-oncology")
    world.person(ADVISOR, "Ruth Adler", role=NetworkRole.PUBLISHER)
    world.person(REVIEWER, "Gabriel Monroe", role=NetworkRole.REVIEWER)
    world.managing_physician(alder, SPONSOR, "Mona Reyes")
    return Story(site, visitors, tree, alder, visitors.open())


def day(value: dt.date) -> str:
    return value.isoformat()


def test_staff_accept_the_first_invitation(story):
    page = story.staff
    page.goto(story.site.link(STAFF, "invitation"))
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page).to_have_url(f"{story.site.address}/staff/cohorts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cohorts")


def test_staff_lay_out_two_years_from_the_programs_template(story):
    page = story.staff
    page.get_by_role("link", name="New cohort").click()
    page.get_by_label("Name").fill("Cohort One")
    page.get_by_label("First day").fill(day(clock.now().date() + dt.timedelta(days=20)))
    page.get_by_role("button", name="Lay out the cohort").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan of Cohort One")
    story.cohort = Cohort.objects.get(name="Cohort One")
    first, second = page.get_by_role("region", name="Year 1"), page.get_by_role("region", name="Year 2")
    expect(first.get_by_role("heading", name="Finance")).to_be_visible()
    expect(first.get_by_role("link", name="Opening days")).to_be_visible()
    expect(second.get_by_role("heading", name="Speaking")).to_be_visible()
    expect(first.get_by_text("Opens ").first).to_contain_text("due ")


def test_staff_add_edit_and_cancel_sessions(story):
    page = story.staff
    add_session(page, "Dinner talk", story.cohort.starts_on + dt.timedelta(days=50))
    add_session(page, "Case clinic", story.cohort.starts_on + dt.timedelta(days=70))
    page.get_by_role("link", name="Case clinic").click()
    page.get_by_role("link", name="Change session").click()
    page.get_by_label("Starts").fill("12:15")
    page.get_by_label("Ends").fill("13:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("12:15–1:00 pm").first).to_be_visible()
    to_plan(page)
    page.get_by_role("link", name="Dinner talk").click()
    page.get_by_role("link", name="Cancel session").click()
    page.get_by_role("button", name="Cancel the session").click()
    expect(page.get_by_text("Nobody owes it.")).to_be_visible()
    to_plan(page)
    expect(page.get_by_text("Cancelled")).to_have_count(1)


def add_session(page: Page, title: str, on: dt.date) -> None:
    to_plan(page)
    page.get_by_role("link", name="Add session").click()
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Virtual", exact=True).check()
    page.get_by_label("Day", exact=True).fill(day(on))
    page.get_by_label("Starts").fill("12:00")
    page.get_by_label("Ends").fill("13:00")
    page.get_by_label("Meeting link").fill("https://meet.example/room")
    page.get_by_role("button", name="Add session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    to_plan(page)


def to_plan(page: Page) -> None:
    page.get_by_role("navigation", name="Main").first.get_by_role("link", name="Cohorts").click()
    page.get_by_role("link", name="Plan and sessions of Cohort One").click()


def test_practice_leadership_nominates(story):
    page = story.visitors.signed_in(SPONSOR, PASSWORD)
    page.goto(f"{ALDER}/nominations/")
    page.get_by_role("link", name="Nominate a physician").click()
    page.get_by_label("Name").fill("Leela Raghunathan")
    page.get_by_label("Credentials").fill("MD, FACP")
    page.get_by_label("Email").fill(LEADER)
    page.get_by_label("Why").fill("Already the one whom colleagues ask.")
    page.get_by_label("Protected hours a month").fill("8")
    page.get_by_role("button", name="Send nomination").click()
    expect(page.get_by_text("The practice has to agree").first).to_be_visible()
    page.get_by_label("The practice keeps these hours free").check()
    page.get_by_role("button", name="Send nomination").click()
    expect(page.get_by_text("Dr. Leela Raghunathan gets a mail now")).to_be_visible()


def test_physician_confirms_by_the_mails_link_without_an_account(story):
    link = story.site.link(LEADER, "nominated you")
    page = story.visitors.open(PHONE)
    for _ in range(2):  # to look is not to answer
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text("Alder Oncology nominated you")
    page.get_by_role("button", name="Yes, I want to take part").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You said yes")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("You said yes")


def test_staff_accept_the_nomination(story):
    page = story.staff
    page.goto("/staff/nominations/")
    page.get_by_role("link", name="Leela Raghunathan").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Dr. Leela Raghunathan is in")).to_be_visible()


def test_invitation_leads_to_the_journey(story):
    page = story.leader = story.visitors.open(PHONE)
    page.goto(story.site.link(LEADER, "invitation"))
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page).to_have_url(f"{story.site.address}{ALDER}/journey/")
    expect(page.get_by_role("heading", name="Next up")).to_be_visible()
    expect(page.get_by_text("1 module").first).to_be_visible()


def test_advisor_sends_it_to_be_read_and_the_leader_sees_it_once_approved(story):
    begin_the_program(story)
    lesson = story.tree.lessons[0]
    reader = story.leader
    reader.goto(f"{ALDER}/lessons/{lesson.pk}/")
    expect(reader.get_by_text("The text of reading a packet.")).to_be_visible()
    editor = story.visitors.signed_in(ADVISOR, PASSWORD)
    editor.goto(f"/cms/pages/{lesson.pk}/edit/")
    text = editor.get_by_role("textbox").filter(has_text="The text of reading a packet.")
    text.click()
    editor.keyboard.press("ControlOrMeta+End")
    editor.keyboard.type(" Start with page two.")
    # The editor writes what is typed into its form a quarter of a second later.
    expect(editor.locator("input[type=hidden][value*='page two']")).to_have_count(1)
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit to Four eyes").click()
    expect(editor).to_have_url(f"{story.site.address}/reviews/{lesson.pk}/")
    second = story.visitors.open()
    second.goto(story.site.link(REVIEWER, "Please review"))
    second.get_by_label("Email").fill(REVIEWER)
    second.get_by_label("Password").fill(PASSWORD)
    second.get_by_role("button", name="Sign in", exact=True).click()
    second.get_by_role("button", name="Approve and publish").click()
    expect(second.get_by_text("Approved, and published.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("The text of reading a packet. Start with page two.")).to_be_visible()


def begin_the_program(story: Story) -> None:
    """Go to noon of the cohort's first day. Four more leaders are in it by then."""
    staff = User.objects.get(email=STAFF)
    birch, cedar = Practice.objects.get(slug="birch-hematology"), Practice.objects.get(slug="cedar-cancer-care")
    for practice, name in ((birch, "Noor Haddad"), (birch, "Ivo Lang"), (cedar, "Ada Quist"), (cedar, "Sam Osei")):
        story.peers.append((practice, world.leader(practice, story.cohort, staff, name)))
    story.site.go_to(dt.datetime.combine(story.cohort.starts_on, dt.time(12), ZoneInfo("America/Los_Angeles")))


def test_leader_completes_a_module_on_the_phone(story):
    page = story.leader
    page.goto(f"{ALDER}/journey/")
    page.get_by_role("link", name="Continue lesson 1").click()
    page.get_by_role("button", name="Mark lesson complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Five numbers")
    page.get_by_role("button", name="Mark lesson complete").click()
    expect(page.get_by_text("Pass the knowledge check of this lesson first.")).to_be_visible()
    check = page.get_by_role("region", name="Check yourself")
    check.get_by_label("It stays flat").check()
    check.get_by_label("The weather").check()
    check.get_by_role("button", name="Check answers").click()
    expect(check.get_by_text("0 of 2 right")).to_be_visible()
    expect(check.get_by_text(REASON)).to_have_count(0)
    check.get_by_label(RIGHT).check()
    check.get_by_label("The weather").uncheck()
    check.get_by_label("Days in receivables").check()
    check.get_by_label("Net drug margin").check()
    check.get_by_role("button", name="Check answers").click()
    expect(check.get_by_text("Passed.")).to_be_visible()
    page.get_by_label("Which number would start an argument?").fill("Days in receivables.")
    page.get_by_role("button", name="Save reflection").click()
    expect(page.get_by_text(re.compile("^Saved "))).to_be_visible()
    page.get_by_role("button", name="Mark lesson complete").click()
    expect(page.get_by_text("You completed Finance.")).to_be_visible()
    expect(page.get_by_text("2 of 2 lessons")).to_be_visible()


def test_leader_replies_and_takes_the_session_to_the_calendar(story):
    page = story.leader
    page.goto(f"{ALDER}/sessions/")
    page.get_by_role("link", name="Opening days").click()
    page.get_by_label("I’ll be there").check()
    page.get_by_role("button", name="Save reply").click()
    expect(page.get_by_text("You’re going").first).to_be_visible()
    with page.expect_download() as caught:
        page.get_by_role("link", name="Add to calendar").click()
    event = icalendar.Calendar.from_ical(Path(caught.value.path()).read_bytes()).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Opening days"
    assert event["DTSTART"].dt == story.session("Opening days").starts_at


def test_staff_record_attendance(story):
    story.site.go_to(story.session("Opening days").ends_at + dt.timedelta(hours=2))
    story.site.task("cohorts.network.tasks.announce_ended_sessions")
    record_attendance(story.staff, "Opening days", "In person")
    expect(story.staff.get_by_text("Everybody is recorded.")).to_be_visible()
    story.leader.goto(f"{ALDER}/sessions/")
    story.leader.get_by_role("link", name="Opening days").click()
    expect(story.leader.get_by_text("You attended in person.")).to_be_visible()


def record_attendance(page: Page, title: str, how: str) -> None:
    page.goto("/staff/sessions/")
    page.get_by_role("link", name=f"Attendance of {title}").click()
    page.get_by_role("group", name="Dr. Leela Raghunathan").get_by_label(how).check()
    page.get_by_role("button", name="Save, and everybody not recorded came").click()
    expect(page.get_by_text("Saved: 5 changed.")).to_be_visible()


def test_survey_is_answered_from_the_mails_link(story):
    page = story.visitors.open(PHONE)
    page.goto(story.site.link(LEADER, "Opening days: what was it worth"))
    first = page.get_by_role("group", name="The session was worth the time away from clinic.")
    expect(first).to_be_visible()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("Choose an answer, please").first).to_be_visible()
    first.get_by_label("Strongly agree").check()
    page.get_by_label("What helped you most?").fill(COMMENT)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. You have answered.")
    for number, (practice, enrollment) in enumerate(story.peers):
        words = f"What helped peer {number}."
        extra = {"session_change": "Shorter lunch."} if number < 2 else {}
        world.answer(practice, enrollment, session_useful=4, session_helped=words, **extra)
    assert Response.objects.count() == 5


def test_night_releases_and_staff_see_what_is_hidden(story):
    page = story.staff
    page.goto("/staff/feedback/")
    expect(page.get_by_text("nothing is released yet")).to_be_visible()
    assert COMMENT not in page.content()
    window = Window.objects.get(title="Opening days")
    story.site.go_to(ends_at(window) + dt.timedelta(hours=3))
    story.site.task("feedback.staff.tasks.nightly")
    page.goto("/staff/feedback/")
    until(page, "5 of 5 people asked had answered")
    expect(page.get_by_text(COMMENT, exact=True)).to_be_visible()
    hidden = page.get_by_role("region", name="What should change before it is held again?")
    expect(hidden.get_by_text("Fewer than 5 comments: hidden")).to_be_visible()
    assert "Shorter lunch" not in page.content()
    assert not Answer.objects.filter(text="Shorter lunch.").exists()


def until(page: Page, words: str) -> None:
    """Load the page again until it says so: a worker is at it."""
    for _ in range(40):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(250)
        page.reload()
    expect(page.get_by_text(words)).to_be_visible()


def test_what_was_done_about_it_is_on_the_journey(story):
    page = story.staff
    page.get_by_label(f"Answer this: {COMMENT}").check()
    page.get_by_role("button", name="Answer what is picked").click()
    page.get_by_label("Said").fill("Role play helps.")
    page.get_by_label("Did").fill("Every retreat has one now.")
    page.get_by_label("We do it").check()
    page.get_by_role("button", name="Publish to the cohort").click()
    expect(page.get_by_text("Published.").first).to_be_visible()
    story.leader.goto(f"{ALDER}/journey/")
    expect(story.leader.get_by_text("Every retreat has one now.")).to_be_visible()
    assert COMMENT not in story.leader.content()


def test_last_requirement_brings_the_certificate(story):
    story.site.go_to(story.session("Case clinic").ends_at + dt.timedelta(hours=2))
    record_attendance(story.staff, "Case clinic", "Virtually")
    page = story.leader
    page.goto(story.site.link(LEADER, "Your certificate"))
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download PDF").click()
    text = pypdf.PdfReader(BytesIO(Path(caught.value.path()).read_bytes())).pages[0].extract_text()
    assert "Leela Raghunathan" in text
    assert "Alder Oncology" in text
    with enter(story.alder):
        story.number = Enrollment.objects.get().person.certificates.get().registry.number
    assert story.number in text


def test_anybody_can_verify_the_certificate(story):
    page = story.visitors.open(PHONE)
    page.goto(f"/verify/{story.number}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    expect(page.get_by_text("Leela Raghunathan")).to_be_visible()
    expect(page.get_by_text("Alder Oncology").first).to_be_visible()


def test_practice_leadership_sees_milestones_and_no_feedback(story):
    page = story.visitors.signed_in(SPONSOR, PASSWORD)
    expect(page).to_have_url(f"{story.site.address}{ALDER}/")
    page.get_by_role("link", name="Dr. Leela Raghunathan").click()
    expect(page.get_by_text("Completed").first).to_be_visible()
    for path in (f"{ALDER}/", page.url):
        page.goto(path)
        words = page.content()
        assert COMMENT not in words
        assert "Days in receivables." not in words
        assert "Noor Haddad" not in words
    for path, status in (("/staff/feedback/", 403), ("/practices/birch-hematology/", 404)):
        answer = page.goto(path)
        assert answer.status == status
        expect(page.get_by_role("heading", level=1)).to_be_visible()
