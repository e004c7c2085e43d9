"""The evidence beside the page, in the editor, as an advisor opens it."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from feedback.network.models import ToDo
from tests.browser.visitor import DESKTOP
from tests.browser.world import PASSWORD

PICTURES = os.environ.get("EVIDENCE_PICTURES")


@pytest.fixture(scope="module")
def advisor(visitors, busy) -> Page:
    return visitors.signed_in("ruth@network.example", PASSWORD, DESKTOP)


def opened(page: Page, address: str) -> None:
    """The editor, with the panel open: Wagtail remembers it from one page to the next."""
    page.goto(address)
    toggle = page.get_by_role("button", name="Toggle evidence")
    toggle.wait_for()
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")


def test_panel_loads_when_it_is_opened_and_leads_to_a_to_do(advisor, busy):
    lesson = busy.tree.checked
    asked: list[str] = []
    advisor.on("request", lambda request: asked.append(request.url))
    advisor.goto(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    toggle = advisor.get_by_role("button", name="Toggle evidence")
    toggle.wait_for()
    evidence = reverse("curriculum:evidence", args=[lesson.pk])
    assert not any(evidence in url for url in asked), "the editor stays quick"
    toggle.click()
    panel = advisor.locator("[data-evidence]")
    expect(panel.get_by_text("2 started, of 6 whose plan has it")).to_be_visible()
    expect(panel.get_by_text("Difficulty 0.50 (1 of 2 right).").first).to_be_visible()
    expect(panel.get_by_text("Loading")).to_have_count(0)
    picture(advisor, "panel")
    with advisor.expect_popup() as popup:
        panel.get_by_role("link", name="Open the evidence as a page of its own").click()
    expect(popup.value.get_by_role("heading", level=1)).to_have_text(lesson.title)
    picture(popup.value, "page")
    popup.value.close()
    with advisor.expect_popup() as popup:
        panel.get_by_role("button", name="Make a to-do").click()
    form = popup.value
    form.get_by_label("What is to be done").fill("Name the five numbers first")
    form.get_by_role("button", name="Make the to-do").click()
    expect(form.get_by_role("heading", level=1)).to_have_text("Name the five numbers first")
    form.close()
    assert ToDo.objects.get(title="Name the five numbers first").page_id == lesson.pk


def test_panel_says_that_it_could_not_be_loaded_and_tries_again(advisor, busy):
    module = busy.tree.modules[0]
    pattern = f"**{reverse('curriculum:evidence', args=[module.pk])}?panel"
    advisor.route(pattern, lambda route: route.fulfill(status=404, body="No"))
    opened(advisor, reverse("wagtailadmin_pages:edit", args=[module.pk]))
    panel = advisor.locator("[data-evidence]")
    expect(panel.get_by_text("The evidence could not be loaded.")).to_be_visible()
    advisor.unroute(pattern)
    panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_role("button", name="Try again")).to_be_hidden()
    expect(panel.get_by_text("Lesson by lesson", exact=True).first).to_be_visible()
    picture(advisor, "module-panel")
