"""A check of every kind on a phone: by keyboard and buttons, refused, tried and passed, and to WCAG each time."""

import pytest
from playwright.sync_api import expect

from cohorts.practice.models import Attempt, Regrading
from cohorts.staff.regrading import note_mended_keys
from curriculum.actions import publish_module
from curriculum.checking import checks_of
from curriculum.models import LessonPage
from lms.practices.schema import enter
from tests.browser.test_accessibility import AXE, at, looked_at
from tests.browser.visitor import PHONE
from tests.browser.world import PASSWORD
from tests.cohorts.samples import require
from tests.curriculum import questions
from tests.curriculum.factory import lesson, module
from tests.live import wait_for


@pytest.fixture(scope="module")
def lesson_page(busy) -> LessonPage:
    asked = (questions.NUMBER, questions.ORDER, questions.PINNED, questions.STATEMENT)
    check = questions.check(*asked, pass_mark=100, shuffle_options=True)
    made = publish_module(program=busy.tree.program, data=module("Kinds", [lesson("All kinds", more=[check])]))
    require(busy.cohort, made, 1, opens_months=0, due_months=4, position=9)
    return LessonPage.objects.child_of(made).get()


def test_check_of_every_kind_is_answered_on_a_phone(visitors, busy, lesson_page):
    page = visitors.signed_in(
        "noor.haddad@alder-oncology.example", PASSWORD, PHONE, bypass_csp=True, reduced_motion="reduce"
    )
    page.add_init_script(AXE)
    path = at("cohorts_practice:lesson", busy.alder.slug, lesson_page.pk)
    faults: list[str] = []

    def look(name: str) -> None:
        faults.extend(looked_at(page, f"{path} ({name})"))
        page.set_viewport_size(PHONE)

    page.goto(path)
    look("open")
    check = page.get_by_role("region", name="Check yourself")
    number = check.get_by_label("Pi, as well as you can.")
    number.fill("about three")
    check.get_by_label("Margin").check()
    check.get_by_role("button", name="Check answers").click()
    expect(check.get_by_role("alert")).to_contain_text("Enter one number in digits")
    expect(number).to_have_value("about three")
    expect(check.get_by_label("Margin")).to_be_checked()
    look("refused")

    number.fill("3,14")
    check.get_by_label("True", exact=True).check()
    group = check.get_by_role("group", name="In which order do you prepare a talk?")
    for text in reversed([step["text"] for step in questions.ORDER["steps"]]):
        up = group.get_by_role("button", name=f"Move up: {text}")
        for _ in range(3):
            up.focus()
            page.keyboard.press("Enter")
    [asked] = checks_of(lesson_page)
    steps = next(question.steps for question in asked.questions if question.steps)
    places = [group.get_by_label(step.text, exact=True).input_value() for step in steps]
    assert places == ["1", "2", "3", "4"]
    check.get_by_role("button", name="Check answers").click()
    expect(check.get_by_text("3.5 of 4 points; 100 percent are needed.")).to_be_visible()
    expect(check.get_by_text("Partly: 50 percent of the credit.")).to_be_visible()
    look("tried")

    check.get_by_label("Pi, as well as you can.").fill("3.14159")
    check.get_by_role("button", name="Check answers").click()
    expect(check.get_by_text("Passed.")).to_be_visible()
    expect(check.get_by_text("Accepted: 3.14159 ± 0.00001 rad")).to_be_visible()
    look("passed")
    assert not faults, "\n".join(faults)
    with enter(busy.alder):
        numbers = Attempt.objects.filter(record__page=lesson_page.pk).values_list("number", "score")
        assert [(number, float(score)) for number, score in numbers] == [(1, 3.5), (2, 4)]


def test_order_is_given_without_script(visitors, busy, lesson_page):
    page = visitors.signed_in("leela.raghunathan@alder-oncology.example", PASSWORD, PHONE, java_script_enabled=False)
    page.goto(at("cohorts_practice:lesson", busy.alder.slug, lesson_page.pk))
    check = page.get_by_role("region", name="Check yourself")
    expect(check.get_by_role("button", name="Move up")).to_have_count(0)
    for place, step in enumerate(questions.ORDER["steps"], start=1):
        expect(check.get_by_label(step["text"])).to_have_value("")
        check.get_by_label(step["text"]).select_option(str(place))
    check.get_by_label("Pi, as well as you can.").fill("3.14159")
    check.get_by_label("Margin").check()
    check.get_by_label("True", exact=True).check()
    check.get_by_role("button", name="Check answers").click()
    expect(page.get_by_text("Passed.")).to_be_visible()


def test_mended_key_is_looked_at_and_confirmed(visitors, busy, lesson_page):
    """Leela passed above, by the key that is now mended; program staff decide what becomes of it."""
    lesson = LessonPage.objects.get(pk=lesson_page.pk)
    check = next(block for block in lesson.body if block.block_type == "check")
    for option in check.value["questions"][3]["options"]:
        option["correct"] = not option["correct"]
    lesson.save_revision().publish()
    [change] = note_mended_keys(page_id=lesson.pk)
    faults: list[str] = []
    for email in ("ruth@network.example", "tess@network.example"):
        page = visitors.signed_in(email, PASSWORD, PHONE, bypass_csp=True, reduced_motion="reduce")
        page.add_init_script(AXE)
        for path in (at("cohorts_staff:mended_keys"), at("cohorts_staff:mended_key", change.pk)):
            page.goto(path)
            faults += looked_at(page, path)
    page.get_by_role("button", name="Grade again").click()
    page.get_by_role("dialog").get_by_role("button", name="Grade again").click()
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    faults += looked_at(page, f"{path} (confirmed)")
    assert not faults, "\n".join(faults)
    with enter(busy.alder):
        wait_for(lambda: Regrading.objects.filter(change_id=change.pk).exists(), 30, "the new outcome")
