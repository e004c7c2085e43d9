"""The strategy page: public, edited in the CMS, reviewed as every page is."""

from django.test import Client

from curriculum.models import FrontPage
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


def test_unpublished_strategy_is_linked_from_nowhere(db):
    a_page().unpublish()
    assert "Education strategy" not in text(Client().get("/topics/"))
