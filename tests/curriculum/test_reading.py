"""What is in a program, how long it takes, and a body that others draw around."""

from django.template.loader import render_to_string

from curriculum.actions import publish_module
from curriculum.reading import lesson_minutes, lessons_of, module_minutes, modules_by_year, modules_of
from tests.curriculum.factory import REASON, lesson, module
from tests.fixtures import signed_in
from tests.queries import count_queries


def queries(work) -> int:
    with count_queries() as counted:
        work()
    return len(counted)


def words(count):
    return [{"type": "text", "value": f"<p>{'word ' * count}</p>"}]


def test_minutes_are_two_hundred_words_each_rounded_up(tree):
    page = tree.lessons[0]
    for count, minutes in ((1, 1), (200, 1), (201, 2), (600, 3)):
        page.body = words(count)
        assert lesson_minutes(page) == minutes
    page.minutes_set = 25
    assert lesson_minutes(page) == 25
    assert module_minutes([page, page]) == 50
    assert module_minutes([]) == 0


def test_minutes_count_quotes_callouts_and_tables_and_no_check(tree):
    page = tree.lessons[0]
    page.body = [
        {"type": "quote", "value": {"text": "word " * 60, "attribution": ""}},
        {"type": "callout", "value": {"title": "word", "value": "<p>" + "word " * 60 + "</p>"}},
        {"type": "table", "value": {"caption": "word " * 20, "columns": ["word"], "rows": [["word"]] * 60}},
    ]
    assert lesson_minutes(page) == 2
    page.body = [{"type": "reflection", "value": {"prompt": "word " * 400}}]
    assert lesson_minutes(page) == 1


def test_modules_come_in_tree_order_with_live_lessons(tree):
    tree.lessons[0].unpublish()
    assert [(found.slug, [page.slug for page in found.lessons]) for found in modules_of(tree.program)] == [
        ("finance", ["five-numbers"]),
        ("speaking", ["one-message", "the-interview"]),
    ]
    tree.modules[1].unpublish()
    assert [found.slug for found in modules_of(tree.program)] == ["finance"]
    assert [page.slug for page in lessons_of(tree.modules[0])] == ["five-numbers"]


def test_modules_take_the_same_queries_however_many_there_are(tree):
    before = queries(lambda: modules_of(tree.program))
    publish_module(program=tree.program, data=module("More", [lesson(f"Lesson {n}") for n in range(3)]))
    tree.program.refresh_from_db()
    assert queries(lambda: modules_of(tree.program)) == before <= 3


def test_pages_take_the_same_queries_with_more_lessons(tree, advisor):
    client = signed_in(advisor)
    pages = (tree.program.url, tree.modules[0].url, tree.lessons[0].url)
    for url in pages:
        client.get(url)
    before = [queries(lambda url=url: client.get(url)) for url in pages]
    publish_module(
        program=tree.program,
        data={**module("Finance", [lesson(f"Lesson {n}") for n in range(3)])},
    )
    assert [queries(lambda url=url: client.get(url)) for url in pages] == before
    assert "Lesson 2" in client.get(tree.modules[0].url).content.decode()


def test_modules_stand_in_the_year_of_the_plan(tree):
    publish_module(program=tree.program, data=module("Extra", [lesson("Alone")]))
    tree.program.refresh_from_db()
    assert [(year, [found.slug for found in members]) for year, members in modules_by_year(tree.program)] == [
        ("Year 1", ["finance"]),
        ("Year 2", ["speaking"]),
        ("Not in the plan", ["extra"]),
    ]


def test_body_draws_the_panels_it_is_given(tree):
    blocks = {block.block_type: block.id for block in tree.checked.body}
    drawn = render_to_string(
        "curriculum/includes/lesson_body.html",
        {
            "lesson": tree.checked,
            "check_panels": {blocks["check"]: "<b>a check</b>"},
            "reflection_panels": {
                blocks["reflection"]: {"template": "includes/empty.html", "title": "A reflection", "text": "Of mine."}
            },
        },
    )
    assert "&lt;b&gt;a check&lt;/b&gt;" in drawn  # only what is marked safe is markup
    assert "A reflection" in drawn
    assert "Of mine." in drawn
    assert "Leaders answer this" not in drawn
    assert REASON not in drawn
