"""The library on a phone: found in spite of a slip, saved, read on where one stopped, printed; to WCAG each time."""

import io
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from cohorts.practice.learning import save_place
from curriculum.actions import publish_module
from curriculum.models import LessonPage
from curriculum.shared_actions import make_glossary, make_video
from lms.demo.shared import MEDIA
from lms.practices.schema import enter
from tests.browser.test_accessibility import AXE, at, looked_at
from tests.browser.visitor import DESKTOP, PHONE
from tests.browser.world import PASSWORD
from tests.cohorts.samples import require
from tests.curriculum.factory import CHECK, REASON, lesson, module
from tests.curriculum.test_blocks import BARS, CHECKLIST, LINE, VIGNETTE

NOOR, IVO = "noor.haddad@alder-oncology.example", "ivo.lang@birch-hematology.example"
PICTURES = os.environ.get("LIBRARY_PICTURES")
LONG = "<p>" + "A practice buys a drug long before anybody pays for it. " * 40 + "</p>"
TABLE = {
    "type": "table",
    "caption": "Three ways to pay for a drug.",
    "columns": ["Way", "Who buys", "Who waits"],
    "rows": [["Buy and bill", "The practice", "The practice"], ["White bagging", "A pharmacy", "The patient"]],
}


def _text(words: str) -> dict:
    return {"type": "text", "value": f"<p>{words}</p>"}


@pytest.fixture(scope="module")
def page_read(busy) -> LessonPage:
    """A lesson of every kind of block, in a module that is open to the cohort."""
    make_glossary(
        terms=[
            {"name": "WAC", "definition": "What a wholesaler lists.", "spellings": ["wholesale acquisition cost"]},
            {"name": "Buy and bill", "definition": "The practice buys first and bills later."},
        ]
    )
    media = MEDIA / "payor-negotiations-overview.webm"
    video = make_video(title="An overview", file=media, captions=media.with_suffix(".vtt"))
    link = 'See <a href="https://source.example/rates">the rates</a>, or <a href="/glossary/">the glossary</a>.'
    body = [
        {"type": "heading", "value": "Why it matters"},
        _text(f"Drug reimbursement follows the WAC. {link}"),
        {
            "type": "video",
            "title": "An overview",
            "length": "0:30",
            "video": video.pk,
            "transcript": "<p>Good evening, says Dana.</p>",
        },
        {"type": "text", "value": LONG},
        {"type": "heading", "value": "What to watch"},
        TABLE,
        BARS,
        LINE,
        VIGNETTE,
        CHECKLIST,
        {"type": "text", "value": LONG},
        CHECK,
        {"type": "reflection", "prompt": "Who waits at your practice?"},
    ]
    made = publish_module(program=busy.tree.program, data=module("Buying", [lesson("Paying for drugs", more=body)]))
    require(busy.cohort, made, 1, opens_months=0, due_months=4, position=8)
    return LessonPage.objects.child_of(made).get()


def picture(page: Page, name: str) -> None:
    """Pictures of a page on a phone and a desktop, light and dark, where somebody asked for them."""
    if PICTURES:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=f"{PICTURES}/{name}-{size['width']}-{scheme}.png", full_page=True)


def heading(page: Page, words: str):
    return page.get_by_role("heading", name=words, exact=True)


def test_what_is_found_in_spite_of_a_slip_is_saved_and_read_on(visitors, busy, page_read):
    page = visitors.signed_in(NOOR, PASSWORD, PHONE, reduced_motion="reduce")
    page.goto(at("curriculum_library:library"))
    page.get_by_role("searchbox", name="Search the library").fill("reimbursment folows")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="which is near to what you wrote")).to_be_visible()
    expect(page.locator("mark", has_text="reimbursement").first).to_be_visible()
    picture(page, "found")
    page.get_by_role("button", name=f"Save {page_read.title}").click()
    expect(page.get_by_role("button", name=f"remove {page_read.title} from what you saved")).to_be_visible()

    page.goto(at("curriculum_library:saved"))
    picture(page, "saved")
    page.get_by_role("link", name=page_read.title).click()
    expect(page).to_have_url(re.compile(at("cohorts_practice:lesson", busy.alder.slug, page_read.pk)))
    with page.expect_response(lambda answer: "/place/" in answer.url):
        heading(page, "What to watch").scroll_into_view_if_needed()

    page.goto(at("cohorts_practice:module", busy.alder.slug, page_read.get_parent().pk))
    expect(page.get_by_text("You stopped at “What to watch”.")).to_be_visible()
    picture(page, "module")
    page.get_by_role("link", name="Continue lesson 1").click()
    expect(page).to_have_url(re.compile(r"#b-"))
    expect(heading(page, "What to watch")).to_be_in_viewport()
    page.goto(at("cohorts_practice:journey", busy.alder.slug))
    picture(page, "journey")
    expect(page.locator(f'a[href*="/lessons/{page_read.pk}/#b-"]')).to_be_visible()


def test_searching_saving_and_reading_on_need_no_script(visitors, busy, page_read):
    place = next(block.id for block in page_read.body if block.block_type == "heading")
    with enter(busy.alder):
        save_place(person=busy.noor.person, page=page_read, place=place)
    page = visitors.signed_in(NOOR, PASSWORD, PHONE, java_script_enabled=False)
    page.goto(at("curriculum_library:library"))
    page.get_by_role("searchbox", name="Search the library").fill("wholesale aquisition")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Save WAC").click()
    page.goto(at("curriculum_library:saved"))
    page.get_by_role("link", name="WAC").click()
    expect(page).to_have_url(re.compile(r"/glossary/#term-\d+$"))
    expect(page.get_by_text("What a wholesaler lists.")).to_be_in_viewport()
    page.goto(at("cohorts_practice:module", busy.alder.slug, page_read.get_parent().pk))
    page.get_by_role("link", name="Continue lesson 1").click()
    expect(heading(page, "Why it matters")).to_be_in_viewport()


def test_library_and_glossary_keep_to_wcag(visitors, busy, page_read):
    page = visitors.signed_in(IVO, PASSWORD, PHONE, bypass_csp=True, reduced_motion="reduce")
    page.add_init_script(AXE)
    library = at("curriculum_library:library")
    faults = []
    for name, path in {
        "library": library,
        "results": f"{library}?q=drug",
        "filtered": f"{library}?q=drug&kind=term",
        "nothing": f"{library}?q=qqqqzzzz",
        "partial": f"{library}?q=wholesale+infusion+zebra",
        "empty": at("curriculum_library:saved"),
        "glossary": at("curriculum:glossary"),
        "term": at("curriculum:glossary") + "#term-1",
        "lesson": at("cohorts_practice:lesson", "birch-hematology", page_read.pk),
    }.items():
        page.goto(path)
        picture(page, name)
        faults += looked_at(page, path)
    assert not faults, "\n".join(faults)


def test_a_printed_lesson_has_all_to_read_and_nothing_to_press(visitors, busy, page_read):
    page = visitors.signed_in(IVO, PASSWORD, DESKTOP)
    page.goto(at("cohorts_practice:lesson", "birch-hematology", page_read.pk))
    for label in ("It stays flat", "The weather"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Check answers").click()
    expect(page.get_by_text("Not yet.").first).to_be_visible()
    page.emulate_media(media="print")
    printed = page.pdf(format="Letter", margin=dict.fromkeys(("top", "bottom", "left", "right"), "18mm"))
    if PICTURES:
        Path(PICTURES, "lesson.pdf").write_bytes(printed)
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages).split())
    for words in (
        "Paying for drugs",
        "Three ways to pay for a drug.",
        "Where the money goes.",
        "30.5 days",  # folded away on the screen
        "it took ten minutes",  # what a case reveals
        "Good evening, says Dana.",  # what a video says
        "Ask for the packet",
        "What happens to the fee?",
        "It stays flat",
        "Who waits at your practice?",
        "https://source.example/rates",
        "WAC",
    ):
        assert words in text, words
    for words in (
        "Check answers",
        "Mark lesson complete",
        "Save reflection",
        "Send question",
        "Print this checklist",
        "Skip to content",
        "All lessons",
        "Breadcrumb",
        "Not yet.",
        "It does not follow visits.",
        REASON,
        "See who was called",
        "Read the transcript",
        "Accessibility",
        "attempts left",
    ):
        assert words not in text, words
