"""The strategy page: public, edited in the CMS, reviewed as every page is."""

from django.test import Client
from wagtail.test.utils.form_data import rich_text

from curriculum.models import INFO_TEXT, FrontPage
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.fixtures import make_user, signed_in
from tests.topics.samples import text
from topics.strategy import make_strategy_page

AIMS = [{"title": "Every physician, not only leaders", "text": "Topics from every practice.", "by": "Fall 2027"}]


def a_page():
    front = FrontPage.objects.first()
    return make_strategy_page(parent=front, title="Education strategy", lede="What we want.", aims=AIMS)


def test_strategy_is_public_and_linked_from_the_lists(db):
    page = a_page()
    shown = text(Client().get(page.url))
    assert "Every physician, not only leaders" in shown
    assert "By Fall 2027" in shown
    assert f'href="{page.url}"' in text(Client().get("/topics/"))
    assert a_page() == page


def test_author_drafts_it_and_does_not_publish(db):
    page = a_page()
    author = make_user("author@network.example", "Abel Author")
    grant_network_role(user=author, role=NetworkRole.AUTHOR)
    client = signed_in(author)
    edit = client.get(f"/cms/pages/{page.pk}/edit/")
    assert edit.status_code == 200
    assert not page.permissions_for_user(author).can_publish()
    assert page.permissions_for_user(author).can_edit()


def test_author_saves_a_draft_in_the_cms_that_the_public_does_not_see(db):
    page = a_page()
    author = make_user("author@network.example", "Abel Author")
    grant_network_role(user=author, role=NetworkRole.AUTHOR)
    names = ("seo_title", "search_description", "go_live_at", "expire_at")
    aim = {"aims-0-value-title": "New voices", "aims-0-value-text": "Every other speaker.", "aims-0-value-by": ""}
    form = {
        **dict.fromkeys(names, ""),
        "title": page.title,
        "slug": page.slug,
        "lede": "What we want now.",
        "body": rich_text("<p>How.</p>", features=INFO_TEXT),
        "aims-count": "1",
        "aims-0-id": "",
        "aims-0-type": "aim",
        "aims-0-order": "0",
        "aims-0-deleted": "",
        **aim,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    response = signed_in(author).post(f"/cms/pages/{page.pk}/edit/", form)
    assert response.status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.lede, draft.aims[0].value["title"]) == ("What we want now.", "New voices")
    assert "What we want now." not in text(Client().get(page.url))


def test_unpublished_strategy_is_linked_from_nowhere(db):
    a_page().unpublish()
    assert "Education strategy" not in text(Client().get("/topics/"))
