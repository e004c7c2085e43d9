"""A term explains itself: once in a lesson, in whole words, and never where markup means something else."""

import time

import pytest

from curriculum.glossary import Explaining, matcher_of
from curriculum.models import Term
from curriculum.shared_actions import make_glossary
from tests.curriculum.test_blocks import make, read
from tests.fixtures import signed_in

ROWS = (
    (1, "MSO", "Management services organization\nManagement services organizations", "Runs the business."),
    (2, "management fee", "", "What it is paid."),
    (3, "AIM", "", "A program."),
    (4, "days in A/R", "days in accounts receivable", "How long you lend."),
    (5, "physician's fee", "", "Set by <Medicare> & others."),
)


def explained(markup: str) -> str:
    return Explaining(matcher_of(ROWS)).explain(markup)


def marked(markup: str) -> list[str]:
    """The words that became buttons, in order."""
    return [part.split("</button>")[0].split(">", 1)[1] for part in explained(markup).split("<button")[1:]]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>The MSO and the MSO.</p>", ["MSO"]),
        ("<p>MSOs and an mso, AMSO</p>", []),
        ("<p>A management services organization, or MSO</p>", ["management services organization"]),
        ("<p>Management\n services organizations</p>", ["Management\n services organizations"]),
        ("<p>The Management fee of the MSO</p>", ["Management fee", "MSO"]),
        ("<p>Our aim, and AIM.</p>", ["AIM"]),
        ("<p>Watch days in A/R!</p>", ["days in A/R"]),
        ("<p>A physician’s fee</p>", ["physician’s fee"]),
        ('<p><a href="/x">MSO</a> <code>MSO</code> then MSO</p>', ["MSO"]),
        ("<h2>The MSO</h2><table><tr><td>MSO</td></tr></table><form><p>MSO</p></form>", []),
        ("<section data-plain><section>MSO</section> MSO</section>", []),
        ("<section data-plain><section>x</section></section><p>MSO</p>", ["MSO"]),
        ("<p>man<b>agement fee</b></p>", []),
        ("<p>M&amp;A &lt;MSO&gt;</p>", ["MSO"]),
    ],
)
def test_terms_are_found_in_open_text_alone(markup, words):
    assert marked(markup) == words


@pytest.mark.parametrize(
    "markup",
    [
        '<p title="MSO & co">Words &amp; signs &lt; here, café</p><img alt="MSO" src="/x"><br/>',
        "<!-- MSO --><script>if (MSO < 1 && b) {}</script><p>x</p>",
        "<p>unclosed <b>bold",
        "</p></b>stray",
        "",
    ],
)
def test_markup_without_terms_stays_as_it_was(markup):
    assert explained(markup) == markup


def test_meaning_is_escaped():
    assert "Set by &lt;Medicare&gt; &amp; others." in explained("<p>the physician's fee</p>")


def test_term_explains_itself_once_in_a_lesson_and_at_once_after_a_change(tree, physician, as_advisor):
    make_glossary(terms=[{"name": "packet", "spellings": ["packets"], "definition": "What the board reads."}])
    text = {"type": "text", "value": "<p>Packets come late, and a packet is long.</p>"}
    check_free = {"type": "callout", "title": "The packet", "value": "<p>One packet.</p>"}
    page = make(tree, text, check_free)
    content = read(page, physician)
    term = Term.objects.get()
    assert content.count(f'popovertarget="term-{term.pk}"') == 1
    assert f'popovertarget="term-{term.pk}">Packets</button>' in content
    assert "What the board reads." in content
    form = {"name": "packet", "spellings": "packets", "definition": "Forty pages that nobody reads."}
    assert as_advisor.post(f"/cms/glossary/edit/{term.pk}/", form).status_code == 302
    assert "Forty pages that nobody reads." in read(page, physician)
    term.delete()
    assert "popovertarget" not in read(page, physician)


def test_glossary_is_read_by_whoever_reads_curriculum(tree, physician, faculty, no_role, client):
    make_glossary(terms=[{"name": "MSO", "definition": "Runs the business."}, {"name": "aim", "definition": "A goal."}])
    for user in (physician, faculty):
        content = signed_in(user).get("/glossary/").content.decode()
        assert content.index("A goal.") < content.index("Runs the business.")
    assert signed_in(no_role).get("/glossary/").status_code == 403
    assert client.get("/glossary/").status_code == 302


def test_two_hundred_terms_cost_a_lesson_little():
    rows = tuple((n, f"term number {n}", f"terms of {n}\nT{n}X", "What it means.") for n in range(200))
    explaining = Explaining(matcher_of(rows))
    markup = "".join(f"<p>{'word ' * 60} term number {n} and a term of number, terms.</p>" for n in range(15))
    began = time.perf_counter()
    for _ in range(5):
        explaining.met.clear()
        explaining.explain(markup)
    assert (time.perf_counter() - began) / 5 < 0.03
