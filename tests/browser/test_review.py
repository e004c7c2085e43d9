"""Writing, reviewing and publishing with four eyes, in the browser: a phone for who reads, a desk for who writes."""

import os
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from curriculum.models import LessonPage
from lms.accounts.enums import NetworkRole
from tests.browser import world
from tests.browser.site import Site
from tests.browser.visitor import PHONE, Visitors
from tests.curriculum.factory import make_tree

PASSWORD = world.PASSWORD
AUTHOR, REVIEWER, CHAIR = "ines@network.example", "gabriel@network.example", "ruth@network.example"


@dataclass
class Group:
    site: Site
    visitors: Visitors
    lesson: LessonPage


@pytest.fixture(scope="module")
def group(site, visitors) -> Group:
    world.person(AUTHOR, "Ines Carvalho", role=NetworkRole.AUTHOR)
    world.person(REVIEWER, "Gabriel Monroe", role=NetworkRole.REVIEWER)
    world.person(CHAIR, "Ruth Adler", role=NetworkRole.PUBLISHER)
    return Group(site, visitors, make_tree().lessons[0])


def write(page: Page, lesson: LessonPage, words: str) -> None:
    """Type at the end of the lesson's first paragraph."""
    page.goto(f"/cms/pages/{lesson.pk}/edit/")
    page.get_by_role("textbox").filter(has_text="The text of reading a packet.").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(words)
    # The editor writes what is typed into its form a quarter of a second later.
    expect(page.locator(f"input[type=hidden][value*='{words.strip()}']")).to_have_count(1)


def look(page: Page, name: str) -> None:
    """Keep a picture where REVIEW_PICTURES says, to be looked at by a person."""
    if folder := os.environ.get("REVIEW_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_author_writes_and_sends_and_the_reviewer_approves_from_the_mail(group):
    editor = group.visitors.signed_in(AUTHOR, PASSWORD)
    write(editor, group.lesson, " Start with page two.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit to Four eyes").click()
    expect(editor).to_have_url(f"{group.site.address}/reviews/{group.lesson.pk}/")
    expect(editor.get_by_text("somebody else answers")).to_be_visible()
    look(editor, "author-1280")
    phone = group.visitors.open(PHONE)
    phone.goto(group.site.link(REVIEWER, "Please review"))
    phone.get_by_label("Email").fill(REVIEWER)
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone).to_have_url(f"{group.site.address}/reviews/{group.lesson.pk}/")
    text = phone.frame_locator("iframe.review-text")
    expect(text.get_by_text("The text of reading a packet. Start with page two.")).to_be_visible()
    look(phone, "reviewer-390")
    phone.get_by_role("button", name="Approve and publish").click()
    expect(phone.get_by_text("Approved, and published.")).to_be_visible()
    phone.goto(group.lesson.url)
    expect(phone.get_by_text("Start with page two.")).to_be_visible()


def test_chair_does_not_publish_their_own_text_but_in_an_emergency_that_all_see(group):
    editor = group.visitors.signed_in(CHAIR, PASSWORD)
    write(editor, group.lesson, " The rates changed today.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor).to_have_url(f"{group.site.address}/reviews/{group.lesson.pk}/")
    expect(editor.get_by_text("nobody approves their own")).to_be_visible()
    editor.get_by_label("Why can this not wait for somebody else?").fill("The session that uses it begins at noon.")
    look(editor, "chair-1280")
    editor.get_by_role("button", name="Publish without a review").click()
    editor.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("asked to look at it afterward")).to_be_visible()
    reader = group.visitors.signed_in(REVIEWER, PASSWORD, PHONE)
    for address in ("/cms/", "/advisory/", "/reviews/"):
        reader.goto(address)
        expect(reader.get_by_text(re.compile("begins at noon"))).to_be_visible()
        look(reader, f"emergency{address.replace('/', '-')}390")
    reader.get_by_role("link", name="Reading a packet").first.click()
    look(reader, "look-390")
    reader.get_by_role("button", name="I have read it, and it may stand").click()
    expect(reader.get_by_text("Noted that you looked at it.")).to_be_visible()
    reader.goto("/advisory/")
    expect(reader.get_by_text("begins at noon")).to_have_count(0)
