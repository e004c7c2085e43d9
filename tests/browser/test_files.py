"""Lessons out of Word and questions out of Moodle, in the browser: what an author does with a file that others made."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from curriculum.banks.gift import read_gift
from curriculum.checking import checks_of
from curriculum.models import LessonPage
from lms.accounts.enums import NetworkRole
from tests.browser import world
from tests.browser.site import Site
from tests.browser.test_accessibility import AXE, RUN
from tests.browser.visitor import DESKTOP, PHONE, Visitors
from tests.curriculum.factory import Tree, make_tree
from tests.curriculum.word.shapes import blip, docx, p, picture, run

AUTHOR = "ines@network.example"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GIFT = Path(__file__).parents[1] / "curriculum" / "gift" / "02-kinds.gift"
OURS = "{include: [['main']], exclude: [['.messages']]}"  # what is around it is Wagtail's, and so are its messages
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Desk:
    site: Site
    visitors: Visitors
    tree: Tree

    def sit(self) -> Page:
        """The author at a desk."""
        return self.visitors.signed_in(AUTHOR, world.PASSWORD, reduced_motion="reduce")


@pytest.fixture(scope="module")
def desk(site, visitors) -> Desk:
    world.person(AUTHOR, "Ines Carvalho", role=NetworkRole.AUTHOR)
    return Desk(site, visitors, make_tree())


def written_in_word() -> bytes:
    proposed = '<w:ins w:author="Ruth Adler"><w:r><w:t> Rates rise in May.</w:t></w:r></w:ins>'
    return docx(
        p(run("Reading a remittance"), style="berschrift1"),
        p(run("Every payment comes with a page that explains it."), proposed),
        p(blip('r:embed="rId7"')),
        rels={"rId7": ("image", "media/a.png")},
        parts={"word/media/a.png": picture()},
    )


def look(page: Page, name: str) -> None:
    """Whether axe finds fault with our part of the page, on a phone and a desktop, light and dark."""
    faults = []
    page.evaluate(AXE)  # where it is asked for alone: the CMS brings its own, with rules of its own
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += page.evaluate(RUN.replace("axe.run(document", f"axe.run({OURS}"), LEVELS)
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=f"{folder}/{name}-{size['width']}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    assert not faults, f"{name}: " + "\n".join(faults)


def test_word_document_is_brought_in_saved_settled_described_and_sent(desk):
    page = desk.sit()
    page.goto(f"/cms/pages/{desk.tree.modules[0].pk}/")
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("link", name="New lesson from Word").click()
    expect(page.get_by_role("button", name="Make a draft")).to_be_visible()
    look(page, "word-form")
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_text("Choose a file first")).to_be_visible()
    look(page, "word-form-refused")
    file = page.get_by_label("File")
    file.set_input_files({"name": "remittance.docx", "mimeType": DOCX, "buffer": b"PK\x03\x04 not a whole file"})
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_text("damaged")).to_be_visible()
    file.set_input_files({"name": "remittance.docx", "mimeType": DOCX, "buffer": written_in_word()})
    page.get_by_role("button", name="Make a draft").dblclick()

    expect(page.get_by_role("heading", name="Reading a remittance")).to_be_visible()
    expect(page.get_by_text("Ruth Adler")).to_be_visible()
    expect(page.get_by_text("Rates rise in May.")).to_be_visible()
    look(page, "word-review")
    lesson = LessonPage.objects.get(title="Reading a remittance")  # one, however often the button was clicked
    page.get_by_role("link", name="Open the draft").click()
    expect(page.get_by_text("held 2 things that are not here")).to_be_visible()
    page.get_by_role("textbox", name="Summary").fill("What a payor says about the money.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("has been updated").or_(page.get_by_text("Page saved")).first).to_be_visible()

    page.get_by_role("link", name="Look at the list and confirm it").click()
    page.get_by_role("button", name="I have looked at all of it").click()
    expect(page.get_by_text("Confirmed:")).to_be_visible()
    expect(page.get_by_text("that are not here")).to_have_count(0)
    send(page)
    expect(page.get_by_text("Please add some alt text")).to_be_visible()
    page.get_by_role("textbox", name="Alt text").fill("The first page of a remittance")
    send(page)
    expect(page).to_have_url(f"{desk.site.address}/reviews/{lesson.pk}/")
    expect(page.get_by_text("somebody else answers")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to Four eyes").click()


def test_gift_file_is_read_agreed_to_imported_copied_and_exported(desk):
    page = desk.sit()
    page.goto("/cms/question_bank/new/")
    page.get_by_label("Name").fill("Governance")
    page.get_by_role("button", name="Create", exact=True).click()
    page.get_by_role("link", name="Governance").first.click()
    expect(page.get_by_text("This bank is empty")).to_be_visible()
    look(page, "bank-empty")
    page.get_by_role("link", name="Import GIFT").click()
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("Choose a file in GIFT format")).to_be_visible()
    look(page, "gift-refused")
    page.get_by_label("GIFT file").set_input_files(GIFT)
    page.get_by_role("button", name="Read the file").dblclick()
    expect(page.get_by_text("6 questions can be imported")).to_be_visible()
    look(page, "gift-review")
    bring = page.get_by_role("button", name="Import 6 questions")
    bring.click()
    expect(page.get_by_text("Agree to leave these out")).to_be_visible()
    page.get_by_role("checkbox", name="Leave out the 4 blocks").check()
    bring.dblclick()
    expect(page.get_by_text("6 added, 4 left out")).to_be_visible()
    look(page, "bank-full")

    marked = page.get_by_role("checkbox", name="True with both feedbacks")
    marked.check()
    page.get_by_role("button", name="Copy into the check").click()
    expect(page.get_by_text("Choose a check.", exact=True)).to_be_visible()
    expect(marked).to_be_checked()
    page.get_by_role("combobox", name="Check").select_option(index=1)
    page.get_by_role("button", name="Copy into the check").click()
    expect(page.get_by_text("The questions are in the lesson’s draft")).to_be_visible()
    [check] = checks_of(LessonPage.objects.get(pk=desk.tree.checked.pk).get_latest_revision_as_object())
    assert check.questions[-1].text == "Quorum is half of the members."

    page.goto("/cms/question_bank/")
    page.get_by_role("link", name="Governance").first.click()
    page.get_by_role("link", name="Export GIFT").click()
    expect(page.get_by_role("link", name="Download the file")).to_be_visible()
    look(page, "gift-export")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    written = read_gift(Path(download.value.path()).read_text(encoding="utf-8"))
    assert len(written.questions) == 6
    assert not written.troubles
