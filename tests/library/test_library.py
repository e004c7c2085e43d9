"""The library as its readers see it: what is found, by whom, and where it leads."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from curriculum.models import LessonPage
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.curriculum.factory import REASON, RIGHT
from tests.fixtures import make_user, signed_in
from tests.library.asking import LIBRARY, ask, titles
from tests.queries import count_queries


@pytest.mark.parametrize(
    ("typed", "taken", "title"),
    [
        ("reimbersement", "reimbursement", "Walking away"),
        ("payer negotation", "payor negotiations", "Payor Negotiations"),
        ("Reading contrct", "Reading contract", "Reading the contract"),
    ],
)
def test_misspelled_words_find_the_page(as_physician, payor, typed, taken, title):
    assert title in titles(as_physician, typed)
    assert f"<strong>{taken}</strong>, which is near to what you wrote" in ask(as_physician, typed)


def test_a_slip_that_the_stem_forgives_needs_no_other_word(as_physician, payor):
    assert titles(as_physician, "reimbursment") == ["Walking away"]
    assert "near to what you wrote" not in ask(as_physician, "reimbursment")


def test_title_counts_more_than_summary_and_summary_more_than_text(as_physician, tree):
    for title, summary, text in (
        ("Alpha", "Nothing.", "<p>About biosimilars, once.</p>"),
        ("Beta", "All about biosimilars.", "<p>Nothing.</p>"),
        ("Biosimilars", "Nothing.", "<p>Nothing.</p>"),
    ):
        page = LessonPage(title=title, lede=summary, body=[{"type": "text", "value": text}], live=False)
        tree.modules[0].add_child(instance=page)
        page.save_revision().publish()
    assert titles(as_physician, "biosimilars") == ["Biosimilars", "Beta", "Alpha"]


def test_words_found_are_marked_and_everything_else_escaped(as_physician, tree):
    page = LessonPage(
        title="Danger <script>alert(1)</script>",
        lede="Words.",
        body=[{"type": "text", "value": "<p>Say &lt;b&gt;biosimilar&lt;/b&gt; &amp; smile \ue000x\ue001.</p>"}],
        live=False,
    )
    tree.modules[0].add_child(instance=page)
    page.save_revision().publish()
    shown = ask(as_physician, "biosimilar danger")
    assert "<mark>biosimilar</mark>" in shown
    assert "<mark>Danger</mark>" in shown
    assert "<script>alert" not in shown
    assert "<b>" not in shown


@pytest.mark.parametrize("words", [RIGHT, REASON, "Days in receivables", "belong on the page", "The weather"])
def test_nothing_of_a_check_is_found(as_physician, tree, words):
    """Neither key nor reason, nor what it asks and offers."""
    assert titles(as_physician, f'"{words}"') == []


@pytest.mark.parametrize(
    "hostile",
    [
        "\x00", "a\x00b", "x" * 10_000, "word " * 3000, "' & | ! <-> :* (", "'''", '"unclosed', "-", "--", "-the", "&",
        "🙂", "🙂 finance", "ماليّة", "\u202efinance", "%_\\", "a:*", "foo' OR 1=1 --", "the of and", "<script>", "_",
        "____", "ﬃ", "İ", "½", "e\u0301", "O'Neil", "ne" + "\u0301" * 300, "\ue000finance\ue001",
    ],
)  # fmt: skip
def test_hostile_words_are_answered(as_physician, tree, hostile):
    ask(as_physician, hostile)
    ask(as_physician, hostile, kind=hostile, topic=hostile, year=hostile, page=hostile)


def test_huge_numbers_are_no_filters(as_physician, payor):
    everything = titles(as_physician, "", kind="lesson")
    assert titles(as_physician, "", kind="lesson", topic="9" * 400, year="9" * 400) == everything
    assert titles(as_physician, "", kind="lesson", page="9" * 400) == everything


def test_filters_and_their_counts(as_physician, tree, payor):
    assert titles(as_physician, topic="Negotiation", kind="lesson") == ["Reading the contract", "Walking away"]
    assert titles(as_physician, topic=str(tree.modules[0].pk), kind="lesson") == ["Five numbers", "Reading a packet"]
    assert titles(as_physician, "reading") == ["Reading a packet", "Reading the contract"]
    assert titles(as_physician, "reading", year=1) == ["Reading a packet"]
    shown = ask(as_physician, "payor negotiations")
    counted = re.findall(r">(\w+) <span class=\"meta\">(\d)</span>", shown)
    assert counted == [("Modules", "1"), ("Faculty", "1")]


def test_faculty_are_found_by_name_and_by_what_they_are_asked(as_physician, payor):
    assert "Dana Whitlock" in titles(as_physician, "whitlock")
    assert "Dana Whitlock" in titles(as_physician, "whit")
    assert "Dana Whitlock" in titles(as_physician, "forty contracts")
    assert f"{payor.url}#faculty" in ask(as_physician, "whitlock")


def test_names_are_found_without_their_accents(as_physician, tree, faculty, payor):
    faculty.name = "Łucja Nguyễn"
    faculty.save()
    assert titles(as_physician, "lucja nguyen") == ["Łucja Nguyễn"]
    assert titles(as_physician, "whitlock") == []


def test_a_document_is_found_while_a_live_page_uses_it(as_physician, tree):
    documents = get_document_model()
    used = documents.objects.create(title="Rate card template", file=ContentFile(b"x", name="rates.xlsx"))
    documents.objects.create(title="Rate card unused", file=ContentFile(b"x", name="rates2.xlsx"))
    page = LessonPage(
        title="Rates",
        lede="Words.",
        body=[{"type": "text", "value": f'<p><a linktype="document" id="{used.pk}">card</a></p>'}],
        live=False,
    )
    tree.modules[0].add_child(instance=page)
    page.save_revision().publish()
    assert titles(as_physician, "rate card")[0] == "Rate card template"
    assert "Rate card unused" not in titles(as_physician, "rate card")
    assert used.url in ask(as_physician, "rate card")
    LessonPage.objects.get(pk=page.pk).unpublish()
    assert titles(as_physician, "rate card") == []


def test_results_lead_a_leader_to_their_own_place(leader, alder, tree, payor):
    client = signed_in(leader)
    assert reverse("cohorts_practice:lesson", args=[alder.slug, tree.lessons[0].pk]) in ask(client, "packet")
    assert payor.get_children().first().url in ask(client, "walking")


def test_lessons_of_a_module_that_is_closed_to_a_leader_are_not_found(leader, as_physician, tree):
    client = signed_in(leader)
    assert titles(client, "interview") == []
    assert "Lessons of a module that has not opened for you yet are not searched" in ask(client, "speaking")
    assert titles(client, "speaking") == ["Speaking"]
    assert titles(as_physician, "interview") == ["The interview"]


def test_who_reads_no_curriculum_searches_none(alder, tree):
    administrator = make_user("admin@alder.example")
    grant_membership(user=administrator, practice=alder, role=PracticeRole.ADMINISTRATOR)
    for user in (administrator, make_user("nobody@network.example")):
        assert signed_in(user).get(LIBRARY, {"q": "finance"}).status_code == 403
        assert signed_in(user).post("/library/save/", {"kind": "lesson", "id": tree.lessons[0].pk}).status_code == 403
    assert Client().get(LIBRARY).status_code == 302


def test_pages_of_results(as_physician, tree):
    for number in range(14):
        page = LessonPage(title=f"Chapter {number:02}", lede="Words.", body=[], live=False)
        tree.modules[0].add_child(instance=page)
        page.save_revision().publish()
    assert len(titles(as_physician, "chapter")) == 12
    assert len(titles(as_physician, "chapter", page=2)) == 2


def test_search_costs_the_same_for_one_result_and_many(as_physician, tree, payor):
    ask(as_physician, "packet")
    with count_queries() as one:
        assert len(titles(as_physician, "packet")) == 1
    with count_queries() as many:
        assert len(titles(as_physician, "explain")) > 3
    assert len(one) == len(many)


def test_words_that_no_page_has_together_find_pages_with_some(as_physician, tree):
    shown = ask(as_physician, "packet interview")
    assert "Nothing has all of these words." in shown
    assert set(titles(as_physician, "packet interview")) == {"Reading a packet", "The interview"}


def test_nothing_found_offers_topics(as_physician, tree):
    shown = ask(as_physician, "qqqqzzzz")
    assert "Nothing found" in shown
    assert f'?topic={tree.modules[0].pk}"' in shown


def test_library_without_a_question_lists_programs(as_physician, tree):
    shown = ask(as_physician)
    assert f'href="{tree.program.url}"' in shown
