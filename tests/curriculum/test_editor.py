"""The advisory group writes in the CMS, through the forms that a browser posts."""

import uuid

import pytest
from wagtail.test.utils.form_data import rich_text

from curriculum.checking import checks_of
from curriculum.models import LessonPage
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from tests.curriculum.editor import lesson_form, published_by_two
from tests.curriculum.factory import REASON
from tests.fixtures import make_user, signed_in


def edit_url(page) -> str:
    return f"/cms/pages/{page.pk}/edit/"


def test_published_edit_is_read_at_the_next_load(tree, as_advisor, physician):
    reader = signed_in(physician)
    assert "The text of five numbers." in reader.get(tree.checked.url).content.decode()
    form = lesson_form(tree.checked)
    form["body-0-value"] = rich_text("<p>Choose five, and say how each one lies.</p>")
    answer = published_by_two(as_advisor, tree.checked, form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    content = reader.get(tree.checked.url).content.decode()
    assert "Choose five, and say how each one lies." in content
    assert "The text of five numbers." not in content


def test_draft_is_not_read(tree, as_advisor, physician):
    form = lesson_form(tree.checked)
    form["body-0-value"] = rich_text("<p>A draft.</p>")
    assert as_advisor.post(edit_url(tree.checked), form).status_code == 302
    assert "A draft." not in signed_in(physician).get(tree.checked.url).content.decode()


def test_ids_of_a_check_keep_when_its_wording_changes(tree, as_advisor):
    before = checks_of(tree.checked)[0]
    form = lesson_form(tree.checked)
    form["body-1-value-questions-0-value-text"] = "And what happens to the fee then?"
    assert published_by_two(as_advisor, tree.checked, form).status_code == 302
    after = checks_of(LessonPage.objects.get(pk=tree.checked.pk))[0]
    assert after.questions[0].text == "And what happens to the fee then?"
    assert after.id == before.id
    assert [q.id for q in after.questions] == [q.id for q in before.questions]
    assert [[o.id for o in q.options] for q in after.questions] == [[o.id for o in q.options] for q in before.questions]


def test_author_writes_and_does_not_publish(tree):
    author = make_user("author@network.example")
    grant_network_role(user=author, role=NetworkRole.AUTHOR)
    client = signed_in(author)
    form = lesson_form(tree.checked, title="Retitled", **{"action-publish": "action-publish"})
    client.post(edit_url(tree.checked), form)
    tree.checked.refresh_from_db()
    assert tree.checked.title == "Five numbers"
    assert tree.checked.get_latest_revision_as_object().title == "Retitled"


def test_editor_is_closed_to_other_roles(tree, faculty, physician, manager, no_role):
    for user in (faculty, physician, manager, no_role):
        client = signed_in(user)
        answer = client.post(edit_url(tree.checked), lesson_form(tree.checked, title="Mine now"))
        assert answer.status_code in (302, 403)
        assert LessonPage.objects.get(pk=tree.checked.pk).get_latest_revision_as_object().title == "Five numbers"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body-count", "many"),
        ("body-count", "9" * 5000),
        ("body-count", "50"),
        ("body-count", None),
        ("body-0-value", "{not json"),
        ("body-0-value", '{"blocks": 7}'),
        ("body-0-value", '{"blocks": [{"type": "x", "text": 5}], "entityMap": []}'),
        ("body-0-value", "[" * 100_000),
        ("body-0-value", ""),
        ("body-0-order", "first"),
        ("body-0-type", None),
        ("body-1-value-questions-count", "-"),
        ("body-1-value-questions-0-value-kind", "trick"),
        ("body-1-value-questions-0-value-text", "a\x00b"),
        ("body-1-value-questions-0-value-text", "x" * 100_000),
        ("body-1-value-pass_mark", "9" * 400),
        ("body-1-value-attempts", "-1"),
        ("objectives-0-value", "nul \x00"),
        ("references-0-value-url", "javascript:alert(1)"),
        ("references-0-value-doi", "10.1/x onclick"),
        ("minutes_set", "99999999999999999999"),
        ("title", "nul \x00"),
        ("title", ""),
        ("lede", "x" * 100_000),
        ("slug", "../../etc"),
        ("go_live_at", "yesterday"),
    ],
)
def test_hostile_form_is_answered_in_place(name, value, tree, as_advisor):
    form = lesson_form(tree.checked, **{"action-publish": "action-publish"})
    if value is None:
        del form[name]
    else:
        form[name] = value
    answer = as_advisor.post(edit_url(tree.checked), form)
    assert answer.status_code == 200
    assert "Five numbers" in answer.content.decode()
    lesson = LessonPage.objects.get(pk=tree.checked.pk)
    assert lesson.live_revision_id == tree.checked.live_revision_id


def test_form_with_a_strange_block_or_order_is_no_error(tree, as_advisor):
    for changes in ({"body-0-type": "script"}, {"body-0-order": "1"}, {"comments-TOTAL_FORMS": "x"}):
        answer = as_advisor.post(edit_url(tree.checked), lesson_form(tree.checked, **changes))
        assert answer.status_code in (200, 302), changes


@pytest.mark.parametrize("hostile", ["evil", "a\x00b", "", "x" * 100_000])
def test_hostile_ids_are_replaced(hostile, tree, as_advisor):
    form = lesson_form(tree.checked, **{"action-publish": "action-publish"})
    form["body-1-id"] = hostile
    form["body-1-value-questions-0-id"] = hostile
    form["body-1-value-questions-1-id"] = hostile
    assert published_by_two(as_advisor, tree.checked, form).status_code == 302
    check = checks_of(LessonPage.objects.get(pk=tree.checked.pk))[0]
    ids = [check.id, *(question.id for question in check.questions)]
    assert len({uuid.UUID(one) for one in ids}) == 3


def test_link_that_carries_script_is_not_kept(tree, as_advisor, physician):
    form = lesson_form(tree.checked, **{"action-publish": "action-publish"})
    form["body-0-value"] = rich_text('<p><a href="https://x.example">link</a></p>').replace(
        "https://x.example", "javascript:alert(1)"
    )
    published_by_two(as_advisor, tree.checked, form)
    assert "javascript:" not in signed_in(physician).get(tree.checked.url).content.decode()


def test_wrong_key_of_a_check_is_refused_in_words(tree, as_advisor):
    form = lesson_form(tree.checked, **{"action-publish": "action-publish"})
    form["body-1-value-questions-0-value-options-0-value-correct"] = "on"
    answer = as_advisor.post(edit_url(tree.checked), form)
    assert answer.status_code == 200
    assert "Mark exactly one option as right" in answer.content.decode()


def test_preview_draws_each_kind_of_page_without_answers(tree, as_advisor):
    preview = f"/cms/pages/{tree.checked.pk}/edit/preview/"
    form = lesson_form(tree.checked)
    form["body-0-value"] = rich_text("<p>As it will be.</p>")
    assert as_advisor.post(preview, form).json()["is_valid"]
    answer = as_advisor.get(preview)
    assert answer.status_code == 200
    content = answer.content.decode()
    assert "As it will be." in content
    assert REASON not in content
    for page in (tree.front, tree.program, *tree.modules, tree.lessons[0]):
        draft = as_advisor.get(f"/cms/pages/{page.pk}/view_draft/")
        assert draft.status_code == 200
        assert page.title in draft.content.decode()


def test_preview_of_a_new_module_and_lesson_is_drawn(tree, as_advisor):
    words = {"type": "text", "value": "<p>New words.</p>", "id": str(uuid.uuid4())}
    lesson = LessonPage(title="New lesson", slug="new-lesson", lede="New.", body=[words])
    url = f"/cms/pages/add/curriculum/lessonpage/{tree.modules[0].pk}/preview/"
    assert as_advisor.post(url, lesson_form(lesson)).json()["is_valid"]
    assert "New words." in as_advisor.get(url).content.decode()
    url = f"/cms/pages/add/curriculum/modulepage/{tree.program.pk}/preview/"
    form = {
        "title": "New module",
        "slug": "new-module",
        "short_title": "New",
        "lede": "New.",
        "objectives-count": "0",
        "references-count": "0",
        "faculty-TOTAL_FORMS": "0",
        "faculty-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert as_advisor.post(url, form).json()["is_valid"]
    assert "New module" in as_advisor.get(url).content.decode()


def test_pages_are_offered_only_where_they_belong(tree, as_advisor):
    for model, parent, status in (
        ("lessonpage", tree.modules[0], 200),
        ("modulepage", tree.program, 200),
        ("lessonpage", tree.program, 403),
        ("modulepage", tree.front, 403),
        ("programpage", tree.front, 200),
        ("frontpage", tree.front, 403),
    ):
        answer = as_advisor.get(f"/cms/pages/add/curriculum/{model}/{parent.pk}/", follow=False)
        assert (answer.status_code == 200) == (status == 200), model


def test_index_of_words_holds_no_key_of_a_check(tree):
    words = " ".join(LessonPage._meta.get_field("body").get_searchable_content(tree.checked.body))
    assert "What happens to the fee?" in words
    for secret in (REASON, "explains little", "True", "single"):
        assert secret not in words


def test_module_form_offers_faculty_and_nobody_else(tree, as_advisor, faculty, physician):
    content = as_advisor.get(edit_url(tree.modules[0])).content.decode()
    assert faculty.name in content
    assert physician.name not in content


def test_users_are_not_changed_in_bulk_even_by_a_superuser(tree, physician):
    chief = signed_in(User.objects.create_superuser("chief@network.example", "demo", name="Chief"))
    for action, form in (("delete", {}), ("set_active_state", {"mark_as_active": "off"}), ("assign_role", {"role": 1})):
        chief.post(f"/cms/bulk/accounts/user/{action}/?id={physician.pk}", form)
        physician.refresh_from_db()
        assert physician.is_active
        assert not physician.groups.exists()


def test_cms_menu_shows_what_is_used(tree, as_advisor):
    content = as_advisor.get("/cms/").content.decode()
    assert "/cms/images/" in content
    for unused in ("/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/workflows/", "releases.wagtail.org"):
        assert unused not in content


def test_cms_reports_and_searches_answer(tree, as_advisor):
    for path in (
        "",
        f"pages/{tree.program.pk}/",
        f"pages/{tree.program.pk}/edit/",
        f"pages/{tree.front.pk}/edit/",
        f"pages/{tree.checked.pk}/history/",
        f"pages/{tree.checked.pk}/usage/",
        "pages/search/?q=numbers",
        "images/",
        "images/add/",
        "documents/",
        "documents/multiple/add/",
        "reports/site-history/",
        "reports/locked/",
        "reports/workflow/",
        "reports/aging-pages/",
        "account/",
    ):
        answer = as_advisor.get(f"/cms/{path}")
        assert (path, answer.status_code) == (path, 200)
