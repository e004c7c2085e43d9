"""What a lesson is made of: each block refuses what it cannot draw, in words, and is read by those it is for."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.documents.models import Document

from curriculum.actions import publish_module
from curriculum.blocks import LessonBody
from curriculum.models import LessonPage
from curriculum.reading import lesson_minutes
from tests.curriculum.factory import lesson, module
from tests.fixtures import signed_in

VIGNETTE = {
    "type": "vignette",
    "title": "The infusion chair",
    "case": "<p>A patient waits.</p>",
    "question": "Whom do you call?",
    "button": "See who was called",
    "reveal": "<p>The navigator, and it took ten minutes.</p>",
}
CHECKLIST = {"type": "checklist", "title": "Before the meeting", "items": ["Ask for the packet", "Read page two"]}
BARS = {
    "type": "chart",
    "kind": "bar",
    "title": "Where the money goes.",
    "unit": "%",
    "rows": [["Drugs", 60], ["People", 30.5]],
    "note": "Illustrative figures.",
}
LINE = {**BARS, "kind": "line", "title": "Days in receivables.", "unit": "days"}


def make(tree, *blocks) -> LessonPage:
    """A published lesson of these blocks."""
    publish_module(program=tree.program, data=module("Blocks", [lesson("Of blocks", more=blocks)]))
    return LessonPage.objects.get(slug="of-blocks")


def read(page, user) -> str:
    answer = signed_in(user).get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def cleaned(name: str, **value):
    """What the block makes of a form's value. Raises ValidationError."""
    block = LessonBody().child_blocks[name]
    return block.clean(block.to_python(value))


def refusal(name: str, **value) -> str:
    with pytest.raises(ValidationError) as caught:
        cleaned(name, **value)
    return str(caught.value) + str(getattr(caught.value, "as_json_data", lambda: "")())


def test_vignette_folds_its_answer_away_without_scripts(tree, physician):
    content = read(make(tree, VIGNETTE), physician)
    before, _, folded = content.partition("<summary>See who was called</summary>")
    assert "Whom do you call?" in before
    assert "it took ten minutes" not in before
    assert "it took ten minutes" in folded.partition("</details>")[0]


def test_bars_say_their_numbers(tree, physician):
    content = read(make(tree, BARS), physician)
    assert "<strong>60%</strong>" in content
    assert "--p:50.8" in content  # of the longest bar
    assert "Illustrative figures." in content


def test_line_says_its_numbers_in_words_and_as_a_table(tree, physician):
    content = read(make(tree, LINE), physician)
    assert 'aria-label="Line chart: Days in receivables. Drugs 60 days, People 30.5 days."' in content
    assert '<th scope="row">People</th><td class="num">30.5 days</td>' in content


def test_chart_refuses_what_it_cannot_draw():
    row = {"label": "A", "value": "1"}
    below = refusal("chart", kind="bar", title="T", unit="", rows=[row, {"label": "B", "value": "-1"}], note="")
    assert "choose a line" in below
    zero = {"label": "A", "value": "0"}
    assert "above zero" in refusal("chart", kind="bar", title="T", unit="", rows=[zero, zero], note="")
    assert refusal("chart", kind="bar", title="T", unit="", rows=[row], note="")
    assert refusal("chart", kind="pie", title="T", unit="", rows=[row, row], note="")


def test_checklist_has_a_page_to_print(tree, physician, faculty, advisor, no_role, manager):
    page = make(tree, CHECKLIST)
    block = next(item for item in page.body if item.block_type == "checklist")
    url = f"/checklists/{page.pk}/{block.id}/"
    assert url in read(page, physician)
    for user in (physician, faculty, advisor, manager):
        content = signed_in(user).get(url).content.decode()
        assert "Read page two" in content
        assert "The text of" not in content
    assert signed_in(no_role).get(url).status_code == 403
    client = signed_in(physician)
    other = next(item for item in page.body if item.block_type == "text")
    for strange in (
        f"/checklists/{page.pk}/{other.id}/",
        f"/checklists/{2**63}/{block.id}/",
        f"/checklists/0/{block.id}/",
    ):
        assert client.get(strange).status_code == 404
    page.unpublish()
    assert client.get(url).status_code == 404


def test_checklist_asks_for_sign_in(tree, client):
    page = make(tree, CHECKLIST)
    block = next(item for item in page.body if item.block_type == "checklist")
    assert client.get(f"/checklists/{page.pk}/{block.id}/").status_code == 302


def test_document_names_its_kind_and_size(tree, physician):
    document = Document.objects.create(title="One-page review", file="documents/review.xlsx", file_size=65_536)
    content = read(make(tree, {"type": "document", "document": document.pk, "note": "Template"}), physician)
    assert "One-page review" in content
    assert "Template · XLSX, 64.0" in content
    document.delete()
    assert "One-page review" not in read(LessonPage.objects.get(slug="of-blocks"), physician)


def test_faculty_card_is_of_faculty_alone(tree, faculty, physician):
    card = {"type": "faculty", "person": faculty.email, "about": "Negotiated forty contracts."}
    content = read(make(tree, card), physician)
    assert faculty.name in content
    assert "Negotiated forty contracts." in content
    assert "on the faculty now" in refusal("faculty", person=str(physician.pk), about="Knows all.")
    row = faculty.network_roles.get()
    row.ended_at = row.started_at
    row.save()
    assert "on the faculty now" in refusal("faculty", person=str(faculty.pk), about="Knows all.")


def test_minutes_count_vignettes_and_checklists(tree):
    page = tree.lessons[0]
    page.body = [
        {"type": "vignette", "value": {**VIGNETTE, "case": "word " * 190, "reveal": "word " * 200}},
        {"type": "checklist", "value": {"title": "word", "items": ["word"] * 20}},
    ]
    assert lesson_minutes(page) == 3
