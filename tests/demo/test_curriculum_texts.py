"""The demo curriculum's files keep the shape that is loaded and the length that a reader is promised."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "lms" / "demo" / "curriculum"
FILES = sorted(FOLDER.glob("*.toml"))
MODULES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FILES}
LESSONS = [
    pytest.param(module, lesson, id=f"{name}/{lesson.get('slug')}")
    for name, module in MODULES.items()
    for lesson in module["lessons"]
]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAGS = {"p", "h3", "ul", "ol", "li", "b", "i", "a"}
BLOCK_KEYS = {
    "heading": {"value"},
    "text": {"value"},
    "quote": {"text", "attribution"},
    "callout": {"title", "value"},
    "table": {"caption", "columns", "rows"},
    "reflection": {"prompt"},
    "vignette": {"title", "case", "question", "button", "reveal"},
    "checklist": {"title", "items"},
    "chart": {"kind", "title", "unit", "rows", "note"},
    "document": {"document", "note"},
    "video": {"title", "video", "length", "transcript"},
    "faculty": {"person", "about"},
    "check": {"title", "pass_mark", "attempts", "questions"},
}
CLAIMS = re.compile(r"\b(CME|credits?|accredit\w*|continuing medical education)\b", re.IGNORECASE)

each_module = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())
each_lesson = pytest.mark.parametrize(("module", "lesson"), LESSONS)


class Markup(HTMLParser):
    """Collects the tags that are open, the tags and attributes that are not allowed, and the words."""

    def __init__(self, html):
        super().__init__()
        self.open, self.wrong, self.text = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag not in TAGS or [name for name, _ in attrs] != (["href"] if tag == "a" else []):
            self.wrong.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data):
        self.text.append(data)

    @property
    def words(self):
        return len(" ".join(self.text).split())


def blocks(lesson, kind):
    return [block for block in lesson["body"] if block["type"] == kind]


def checks(module):
    return [check for lesson in module["lessons"] for check in blocks(lesson, "check")]


def questions(module):
    return [question for check in checks(module) for question in check["questions"]]


def markup_of(lesson):
    """The pieces of markup in a body: what is read as running text, without headings and quotes."""
    texts = [block["value"] for block in blocks(lesson, "text") + blocks(lesson, "callout")]
    return texts + [block[key] for block in blocks(lesson, "vignette") for key in ("case", "reveal")]


def prose_words(lesson):
    """Words in running text: headings, text, quotes, callouts and cases. Tables, lists and questions are left out."""
    titles = [block["value"] for block in blocks(lesson, "heading")] + [b["title"] for b in blocks(lesson, "callout")]
    quotes = [block["text"] for block in blocks(lesson, "quote")]
    return sum(Markup(part).words for part in markup_of(lesson) + titles + quotes)


def test_folder_holds_modules():
    assert MODULES


def test_module_slugs_are_unique():
    slugs = [module["slug"] for module in MODULES.values()]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize("name", MODULES)
def test_file_name_is_number_and_slug(name):
    assert re.fullmatch(rf"\d\d-{MODULES[name]['slug']}", name)


@each_module
def test_module_states_its_purpose(module):
    assert module["title"]
    assert module["summary"]
    assert SLUG.fullmatch(module["slug"])
    assert 0 < len(module["short_title"]) <= 20
    assert module["year"] in {1, 2}
    assert 3 <= len(module["objectives"]) <= 5
    assert 2 <= len(module["competencies"]) <= 3


@each_module
def test_module_has_three_to_five_lessons_with_unique_slugs(module):
    slugs = [lesson["slug"] for lesson in module["lessons"]]
    assert 3 <= len(slugs) <= 5
    assert len(set(slugs)) == len(slugs)
    assert all(SLUG.fullmatch(slug) for slug in slugs)


@each_module
def test_last_lesson_checks_the_module_and_others_at_most_themselves(module):
    counts = [len(blocks(lesson, "check")) for lesson in module["lessons"]]
    assert counts[-1] == 1
    assert max(counts) == 1
    assert 4 <= len(checks(module)[-1]["questions"]) <= 6


@each_module
def test_check_has_its_questions_and_a_mark(module):
    for check in checks(module):
        assert 2 <= len(check["questions"]) <= 6
        assert 1 <= check["pass_mark"] <= 100
        assert check["attempts"] >= 1


def is_given_reasons(parts, keys):
    """Each part of a question has these keys, none of them empty, and `reason` among them."""
    return all({"reason"} < keys <= set(part) and all(str(part[key]).strip() for key in keys) for part in parts)


@each_module
def test_every_answer_is_given_a_reason(module):
    for question in questions(module):
        assert question["text"]
        match question["kind"]:
            case "single" | "multiple" | "true_false":
                assert set(question) == {"kind", "text", "options"}
                assert is_given_reasons(question["options"], {"text", "correct", "reason"})
            case "numeric":
                assert set(question) == {"kind", "text", "unit", "answers", "other_reason"}
                assert is_given_reasons(question["answers"], {"value", "tolerance", "reason"})
                assert question["other_reason"].strip()
            case "ordering":
                assert set(question) - {"reason"} == {"kind", "text", "steps"}
                assert is_given_reasons(question["steps"], {"text", "reason"})
            case kind:
                pytest.fail(f"unknown kind of question: {kind}")


@each_module
def test_question_can_be_answered(module):
    for question in questions(module):
        options = question.get("options", [])
        correct = sum(option["correct"] for option in options)
        texts = [part["text"] for part in [*options, *question.get("steps", [])]]
        assert len(set(texts)) == len(texts)
        match question["kind"]:
            case "single":
                assert correct == 1
                assert len(texts) >= 3
            case "true_false":
                assert correct == 1
                assert texts == ["True", "False"]
            case "multiple":
                assert 1 <= correct < len(texts)
                assert len(texts) >= 3
            case "numeric":
                assert [answer.get("share", 100) for answer in question["answers"]].count(100) == 1
            case "ordering":
                assert len(texts) >= 4


def test_right_answers_do_not_give_themselves_away():
    """Whoever always takes the longest option, or the one in the middle, is wrong more often than right."""
    lengths, places = [], []
    for question in (question for module in MODULES.values() for question in questions(module)):
        if question["kind"] == "single":
            right = [option["correct"] for option in question["options"]].index(True)
            sizes = [len(option["text"]) for option in question["options"]]
            lengths.append(sizes[right] == max(sizes))
            places.append(right)
    assert sum(lengths) < len(lengths) / 2
    assert max(places.count(place) for place in set(places)) < len(places) / 2


@each_lesson
def test_lesson_states_its_purpose(module, lesson):
    assert lesson["title"]
    assert lesson["summary"]
    assert 2 <= len(lesson["objectives"]) <= 3


@each_lesson
def test_block_has_exactly_its_fields(module, lesson):
    for block in lesson["body"]:
        assert set(block) - {"type", "shuffle_options", "shuffle_questions"} == BLOCK_KEYS[block["type"]]
        assert all(value for key, value in block.items() if key not in {"type", "unit"})


@each_lesson
def test_markup_is_balanced_and_plain(module, lesson):
    for piece in markup_of(lesson):
        markup = Markup(piece)
        assert (markup.wrong, markup.open) == ([], [])


@each_lesson
def test_chart_says_where_its_figures_are_from(module, lesson):
    for chart in blocks(lesson, "chart"):
        assert chart["kind"] in {"bar", "line"}
        assert all(len(row) == 2 for row in chart["rows"])
        assert chart["note"].endswith(".")


@each_lesson
def test_table_rows_fit_their_columns(module, lesson):
    for table in blocks(lesson, "table"):
        assert all(table["columns"])
        assert all(len(row) == len(table["columns"]) for row in table["rows"])


@each_lesson
def test_reference_names_its_source(module, lesson):
    for reference in lesson.get("references", []):
        assert set(reference) <= {"text", "url", "doi"}
        assert reference["text"].endswith(".")
        assert reference.get("url", "https://").startswith("https://")
        assert reference.get("doi", "10.").startswith("10.")


@each_lesson
def test_lesson_is_a_full_lesson(module, lesson):
    assert 400 <= prose_words(lesson) <= 700
    assert len(blocks(lesson, "reflection")) == 1
    assert 2 <= len(lesson["references"]) <= 4


@each_lesson
def test_lesson_has_a_source_that_can_be_opened(module, lesson):
    assert any("doi" in reference or "url" in reference for reference in lesson["references"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_claims_no_continuing_education(path):
    assert CLAIMS.findall(path.read_text("utf-8")) == []
