"""Topics in a browser: proposing on a phone, the board with two members, and every page of both against WCAG."""

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from cohorts.network.actions import create_cohort
from lms import clock
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice
from tests.browser import world
from tests.browser.test_accessibility import AXE, looked_at
from tests.browser.visitor import PHONE
from tests.browser.world import PASSWORD
from tests.curriculum.factory import make_tree
from tests.topics.samples import a_conference, a_draft, a_topic, reviewed, score
from topics.becoming import make_module, make_session
from topics.models import Speaker, Topic
from topics.moving import place
from topics.scoring import say
from topics.speaker_links import path_to_answer
from topics.speaker_pages import add_talk, publish, save_page
from topics.speaking import ask_speaker
from topics.strategy import make_strategy_page

PHYSICIAN, LEADER = "phil@alder.example", "leela.raghunathan@alder-oncology.example"
CHAIR, REVIEWER, STAFF = "ruth@network.example", "vera@network.example", "tess@network.example"


@dataclass
class Stand:
    """Whom and what the pages are about."""

    physician: User
    chair: User
    reviewer: User
    proposed: Topic
    draft: Topic
    placed: Topic
    speaker: Speaker


@pytest.fixture(scope="module")
def stand(site) -> Stand:
    call_command("start_network", staff_email="office@network.example", staff_name="The Office", verbosity=0)
    tree = make_tree()
    alder = Practice.objects.get(slug="alder-oncology")
    staff = world.person(STAFF, "Tess Park", role=NetworkRole.STAFF)
    chair = world.person(CHAIR, "Ruth Adler", role=NetworkRole.PUBLISHER)
    reviewer = world.person(REVIEWER, "Vera Lindqvist", role=NetworkRole.REVIEWER)
    physician = world.person(PHYSICIAN, "Phil Ottershaw")
    grant_membership(user=physician, practice=alder, role=PracticeRole.PHYSICIAN)
    today = clock.now().date()
    cohort = create_cohort(program=tree.program, name="Cohort One", starts_on=today - dt.timedelta(days=60))
    leela = world.leader(alder, cohort, staff, "Leela Raghunathan").person.user
    _publish_page(leela)
    make_strategy_page(
        parent=tree.front,
        title="Education strategy",
        lede="What we want.",
        aims=[{"title": "New voices", "text": "Every other speaker.", "by": "Next fall"}],
        body="<p>How we choose.</p>",
    )
    placed = _placed(physician, chair, reviewer, staff, cohort, tree.program)
    declined = a_topic(leela, title="A tour of the building")
    reviewed(declined, chair, "in_review", "declined")
    return Stand(
        physician,
        chair,
        reviewer,
        proposed=a_topic(leela, title="Biosimilars: what to tell a worried patient"),
        draft=a_draft(physician, title="Night calls"),
        placed=placed,
        speaker=placed.speakers.get(),
    )


def _publish_page(user: User) -> None:
    save_page(user=user, line="Reads numbers.", topics="Margins\nMeetings", practice_name="Alder Oncology")
    add_talk(user=user, title="What a vial costs", place="Reno", given_on=dt.date(2024, 4, 2))
    publish(user=user)


def _placed(physician, chair, reviewer, staff, cohort, program) -> Topic:
    """A topic with everything on its page."""
    today = clock.now().date()
    topic = a_topic(physician, shows_proposer=True)
    score(topic, chair, 5, 4, 5)
    score(topic, reviewer, 4, 4, 3)
    say(topic=topic, by=reviewer, text="We need this.")
    reviewed(topic, chair)
    days = {"starts_on": today + dt.timedelta(days=70), "ends_on": today + dt.timedelta(days=71)}
    place(topic=topic, conference=a_conference(**days), by=chair)
    past = {"starts_on": today - dt.timedelta(days=70), "ends_on": today - dt.timedelta(days=69)}
    a_conference(name="Earlier Meeting", **past)
    ask_speaker(topic=topic, name="Sol Speaker", email="sol@speaker.example", by=chair)
    make_session(topic=topic, cohort=cohort, by=staff)
    make_module(topic=topic, program=program, by=chair)
    return Topic.objects.get(pk=topic.pk)


def at(name: str, *args) -> str:
    return reverse(f"topics:{name}", args=args)


def test_physician_proposes_on_a_phone_and_sees_what_is_like_it(visitors, stand):
    page = visitors.signed_in(PHYSICIAN, PASSWORD, PHONE)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Topics").last.click()
    page.get_by_role("link", name="Propose a topic").click()
    title = page.get_by_label("Title")
    title.press_sequentially("Prior autorization by one click", delay=5)
    likely = page.locator("#likely")
    expect(likely).to_contain_text("Prior authorization without the fax")
    expect(likely).to_contain_text("(scheduled)")
    expect(likely).not_to_contain_text("Phil")
    page.get_by_label("A regional conference").check()
    page.get_by_role("button", name="Propose topic").click()
    expect(page.get_by_role("alert").first).to_contain_text("Why now")
    expect(title).to_have_value("Prior autorization by one click")
    page.get_by_label("Why now").fill("The portals changed.")
    page.get_by_label("Audience").fill("Everybody")
    page.get_by_label("Level").select_option("introductory")
    page.get_by_label("Format").select_option("talk")
    page.get_by_role("button", name="Propose anyway").click()
    expect(page.get_by_role("heading", name="Prior autorization by one click")).to_be_visible()
    expect(page.get_by_text("You proposed it")).to_be_visible()
    assert Topic.objects.get(title__startswith="Prior autorization").state == "proposed"


def test_without_script_the_page_that_is_sent_shows_what_is_like_it(visitors, stand):
    page = visitors.signed_in(PHYSICIAN, PASSWORD, PHONE, java_script_enabled=False)
    page.goto(at("propose"))
    page.get_by_label("Title").fill("Biosimilars for a worried patient")
    page.get_by_label("The curriculum").check()
    page.get_by_label("Why now").fill("They ask.")
    page.get_by_label("Audience").fill("Everybody")
    page.get_by_label("Level").select_option("introductory")
    page.get_by_label("Format").select_option("lessons")
    page.get_by_role("button", name="Propose topic").click()
    expect(page.get_by_role("alert").first).to_contain_text("propose it anyway")
    expect(page.locator("#likely")).to_contain_text("Biosimilars: what to tell a worried patient")
    page.get_by_role("button", name="Propose anyway").click()
    expect(page.get_by_text("You proposed it")).to_be_visible()


def test_two_members_score_before_they_see_each_other(visitors, stand):
    path = at("board_topic", stand.proposed.pk)
    first, second = visitors.signed_in(CHAIR, PASSWORD, PHONE), visitors.signed_in(REVIEWER, PASSWORD)
    for page, marks, others in ((first, "543", None), (second, "335", "Ruth Adler")):
        page.goto(path)
        scores = page.get_by_role("region", name="Scores").or_(page.locator("section[aria-labelledby=scores]")).first
        if others:
            expect(scores).not_to_contain_text(others)
        for name, mark in zip(("Relevance", "Evidence", "Reach"), marks, strict=True):
            page.get_by_role("group", name=name).get_by_label(mark, exact=True).check()
        page.get_by_role("button", name="Keep my scores").click()
        expect(page.get_by_role("row", name="Mean of")).to_be_visible()
        if others:
            expect(scores).to_contain_text(others)
    expect(second.get_by_role("row", name="Mean of 2")).to_contain_text("4.0")
    second.get_by_label("Your word").fill("Ready for review.")
    second.get_by_role("button", name="Say it").click()
    first.reload()
    expect(first.get_by_text("Ready for review.")).to_be_visible()
    first.goto(at("board"))
    first.get_by_label("Words").press_sequentially("worried", delay=20)
    # The file holds what the board shows.
    expect(first.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("q=worried"))
    first.get_by_role("button", name=re.compile("Take into review.*Biosimilars: what to tell")).focus()
    first.keyboard.press("Enter")
    expect(first.get_by_text("is in review now")).to_be_visible()


def test_speaker_answers_from_the_mail(visitors, stand, site):
    page = visitors.open(PHONE)
    page.goto(site.link("sol@speaker.example", "Will you speak about"))
    page.get_by_label("my name may stand on the public program").check()
    page.get_by_role("button", name="Yes, I will").click()
    expect(page.get_by_role("heading", name="You said yes")).to_be_visible()
    page.goto(at("conferences"))
    expect(page.get_by_text("Dr. Sol Speaker")).to_be_visible()


def public(stand: Stand) -> list[str]:
    answers = [path_to_answer(stand.speaker), at("answer", "no-such-link")]
    return [at("topics"), at("conferences"), "/strategy/", at("speaker", "leela-raghunathan"), *answers]


def physician(stand: Stand) -> list[str]:
    own = Topic.objects.filter(proposer=stand.physician, state="scheduled").get()
    return [
        *(at(name) for name in ("mine", "propose")),
        *(at(name, stand.draft.pk) for name in ("topic", "edit", "discard")),
        at("topic", own.pk),
    ]


def chair(stand: Stand) -> list[str]:
    conference = stand.placed.conference_id
    return [
        "/advisory/",
        *(at(name) for name in ("board", "manage", "new_conference")),
        *(at("board_topic", topic.pk) for topic in Topic.objects.exclude(state="draft")),
        *(at(name, conference) for name in ("edit_conference", "remove_conference")),
    ]


def leader(stand: Stand) -> list[str]:
    return [at("speaker_page"), at("speaker_preview"), at("mine")]


def staff(stand: Stand) -> list[str]:
    return [at("board"), at("board_topic", stand.placed.pk), f"/staff/sessions/{stand.placed.cohort_session_id}/"]


WHO = {public: None, physician: PHYSICIAN, chair: CHAIR, leader: LEADER, staff: STAFF}


@pytest.mark.parametrize("pages", WHO, ids=lambda pages: pages.__name__)
def test_pages_about_topics_keep_to_wcag(visitors, stand, pages):
    options = {"bypass_csp": True, "reduced_motion": "reduce"}
    email = WHO[pages]
    page = visitors.signed_in(email, PASSWORD, PHONE, **options) if email else visitors.open(PHONE, **options)
    page.add_init_script(AXE)
    faults: list[str] = []
    for path in pages(stand):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (200, 404), path
        faults += looked_at(page, path)
    assert not faults, "\n".join(faults)
