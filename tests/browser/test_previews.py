"""The CMS's accessibility checker, with our rules, on the preview of a lesson with every kind of block."""

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from curriculum.actions import publish_module
from curriculum.blocks import LessonBody
from curriculum.models import LessonPage, ModulePage
from curriculum.shared_actions import make_glossary, make_video
from lms.accounts.enums import NetworkRole
from lms.demo.shared import MEDIA
from tests.browser import world
from tests.browser.site import Site
from tests.browser.visitor import DESKTOP, PHONE, Visitors
from tests.curriculum.factory import CHECK, lesson, make_tree, module
from tests.curriculum.test_blocks import BARS, CHECKLIST, LINE, VIGNETTE

AUTHOR = "ines@network.example"
FAULTS = """async () => {
  const bar = document.querySelector("wagtail-userbar").shadowRoot;
  const names = bar.querySelectorAll("[data-content-checker-row] [data-content-checker-name]");
  const {context, options} = JSON.parse(bar.querySelector("#checker-axe-configuration").textContent);
  return {
    rows: [...names].map((name) => name.textContent.trim()),
    include: context.include,
    all: !("runOnly" in options),
  };
}"""


@pytest.fixture(scope="module")
def every_block(site: Site) -> LessonPage:
    """A published lesson of all the kinds that an author can choose, with a term of the glossary in it."""
    with override_settings(MEDIA_ROOT=site.folder / "media"):
        return _made()


def _made() -> LessonPage:
    world.person(AUTHOR, "Ines Carvalho", role=NetworkRole.AUTHOR)
    faculty = world.person("dana@network.example", "Dana Whitlock", role=NetworkRole.FACULTY)
    make_glossary(terms=[{"name": "MSO", "definition": "Runs the business of practices."}])
    blocks = [
        {"type": "heading", "value": "What an MSO does"},
        {"type": "text", "value": "<p>The MSO asks. <b>You</b> answer:</p><h3>Two things</h3><ul><li>One</li></ul>"},
        {"type": "quote", "text": "Read the packet first.", "attribution": "A chair"},
        {"type": "callout", "title": "Mind the base", "value": "<p>With drugs in it, the fee rises.</p>"},
        {"type": "image", "image": _image(), "caption": "Around one table", "credit": "Own work"},
        {"type": "video", "title": "Half a minute", "length": "0:30", "video": _video()},
        {
            "type": "video",
            "title": "Elsewhere",
            "length": "6:40",
            "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "transcript": "<p>What is said.</p>",
        },
        {"type": "table", "caption": "Five numbers", "columns": ["Number", "Means"], "rows": [["Days", "You lend"]]},
        {"type": "document", "document": _document(), "note": "Template"},
        {"type": "faculty", "person": faculty.email, "about": "Negotiated forty contracts."},
        {"type": "reflection", "prompt": "Which number would start an argument?"},
        *(BARS, LINE, VIGNETTE, CHECK, CHECKLIST),
    ]
    data = module("All of it", [lesson("Every block", more=blocks)])
    made: ModulePage = publish_module(program=make_tree().program, data=data)
    page = LessonPage.objects.child_of(made).get()
    assert {block.block_type for block in page.body} == set(LessonBody().child_blocks)
    return page


def _image() -> dict:
    made = get_image_model().objects.create(title="Tumor board", file=get_test_image_file())
    return {"image": made.pk, "decorative": False, "alt_text": "Six physicians around one table"}


def _video() -> int:
    file = MEDIA / "payor-negotiations-overview.webm"
    return make_video(title="Half a minute", file=file, captions=file.with_suffix(".vtt")).pk


def _document() -> int:
    return get_document_model().objects.create(title="Review", file="documents/review.xlsx", file_size=65_536).pk


@pytest.fixture(scope="module")
def author(visitors: Visitors, every_block) -> Page:
    return visitors.signed_in(AUTHOR, world.PASSWORD, reduced_motion="reduce")


@pytest.mark.parametrize("mode", ["leader", "reader"])
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone, dark", "desktop, light"]
)
def test_checker_finds_nothing_in_a_lesson_with_every_block(author, every_block, mode, size, scheme):
    author.set_viewport_size(size)
    author.emulate_media(color_scheme=scheme)
    author.goto(f"/cms/pages/{every_block.pk}/revisions/{every_block.latest_revision_id}/view/?mode={mode}")
    expect(author.get_by_role("heading", level=1)).to_have_text("Every block")
    # The count stands there once the checker is through.
    expect(author.locator("wagtail-userbar [data-content-checker-count]").first).to_have_text("0")
    found = author.evaluate(FAULTS)
    assert found == {"rows": [], "include": ["main"], "all": True}
    assert not author.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_checker_names_a_fault_in_our_words(author, every_block, visitors):
    author.route("**/view/?mode=reader", lambda route: _without_description(route))
    author.goto(f"/cms/pages/{every_block.pk}/revisions/{every_block.latest_revision_id}/view/?mode=reader")
    expect(author.locator("wagtail-userbar [data-content-checker-count]").first).to_have_text("1")
    assert author.evaluate(FAULTS)["rows"] == ["An image has no description"]
    visitors.complaints.clear()  # the checker writes what it finds to the console, too


def _without_description(route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('alt="Six physicians around one table"', ""))
