"""Who reads what: each role, and none, at each page, image and document."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.documents.models import Document

from curriculum import places
from lms.accounts.actions import end_network_role, grant_network_role
from lms.accounts.enums import NetworkRole
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.curriculum.factory import REASON
from tests.fixtures import make_user, signed_in

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def stored():
    name = default_storage.save("images/dot.png", ContentFile(PNG))
    original = default_storage.save("original_images/dot.png", ContentFile(PNG))
    yield f"/media/{name}", f"/media/{original}"
    default_storage.delete(name)
    default_storage.delete(original)


@pytest.fixture
def document(db):
    document = Document.objects.create(title="Template", file=ContentFile(b"%PDF-1.4", name="template.pdf"))
    yield document
    default_storage.delete(document.file.name)


def closed_pages(tree):
    return [tree.program, *tree.modules, *tree.lessons]


def test_front_and_info_pages_are_public(tree):
    from curriculum.actions import make_info_page

    make_info_page(parent=tree.front, title="Help", slug="help", body="<p>Where to find what.</p>")
    visitor = Client()
    assert b'href="/accounts/login/">Sign in' in visitor.get("/").content
    assert b"Where to find what." in visitor.get("/help/").content


def test_front_page_leads_home_when_signed_in(tree, physician):
    content = signed_in(physician).get("/").content.decode()
    assert "Go to your home" in content
    assert 'class="button" href="/accounts/login/"' not in content


def test_curriculum_asks_a_visitor_to_sign_in(tree):
    for page in closed_pages(tree):
        answer = Client().get(page.url)
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={page.url}")


@pytest.fixture
def administrator(alder):
    user = make_user("office@alder.example", "Ada Office")
    grant_membership(user=user, practice=alder, role=PracticeRole.ADMINISTRATOR)
    return user


def test_curriculum_is_read_by_each_role_that_may(tree, staff, faculty, advisor, physician, manager, birch):
    sponsor = make_user("sponsor@birch.example")
    grant_membership(user=sponsor, practice=birch, role=PracticeRole.SPONSOR)
    for user in (staff, faculty, advisor, physician, manager, sponsor):
        client = signed_in(user)
        for page in closed_pages(tree):
            answer = client.get(page.url)
            assert (user.email, page.title, answer.status_code) == (user.email, page.title, 200)
            assert page.title in answer.content.decode()
            assert "private" in answer.headers["Cache-Control"]


def test_curriculum_is_closed_to_those_without_a_role_that_reads(tree, no_role, administrator):
    for user in (no_role, administrator):
        client = signed_in(user)
        for page in closed_pages(tree):
            answer = client.get(page.url)
            assert (user.email, page.title, answer.status_code) == (user.email, page.title, 403)
            assert "The text of" not in answer.content.decode()


def test_curriculum_closes_with_the_end_of_a_role(tree, no_role, alder):
    client = signed_in(no_role)
    grant_network_role(user=no_role, role=NetworkRole.FACULTY)
    assert client.get(tree.program.url).status_code == 200
    end_network_role(user=no_role, role=NetworkRole.FACULTY)
    assert client.get(tree.program.url).status_code == 403


def test_curriculum_closes_to_a_physician_whose_membership_ended(tree, physician):
    from lms import clock

    physician.memberships.update(ended_at=clock.now())
    assert signed_in(physician).get(tree.program.url).status_code == 403


def test_unpublished_page_is_not_found(tree, advisor):
    tree.checked.unpublish()
    assert signed_in(advisor).get(tree.checked.url).status_code == 404


def test_leader_is_sent_on_to_their_own_page(tree, alder, monkeypatch):
    leader = make_user("leader@alder.example")
    grant_membership(user=leader, practice=alder, role=PracticeRole.PHYSICIAN)
    monkeypatch.setattr(places, "_readers", [])
    places.register_reader(lambda user, page: f"/practices/{alder.slug}/lessons/{page.pk}/" if user == leader else None)
    answer = signed_in(leader).get(tree.checked.url)
    assert (answer.status_code, answer.url) == (302, f"/practices/alder-oncology/lessons/{tree.checked.pk}/")
    assert signed_in(make_user("x@x.example")).get(tree.checked.url).status_code == 403


def test_answers_are_nowhere_in_a_page(tree, staff, advisor, faculty, physician):
    for user in (staff, advisor, faculty, physician):
        content = signed_in(user).get(tree.checked.url).content.decode()
        assert "What happens to the fee?" in content
        assert "Leaders answer this within their program" in content
        for secret in (REASON, "It does not follow visits", "correct", 'data-state="ok"', '<input type="radio"'):
            assert secret not in content


def test_image_is_for_readers_and_original_for_editors(stored, advisor, physician, no_role, administrator):
    shown, original = stored
    answer = signed_in(physician).get(shown)
    assert answer.getvalue() == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert signed_in(physician).get(original).status_code == 403
    assert signed_in(advisor).get(original).status_code == 200
    assert signed_in(no_role).get(shown).status_code == 403
    assert signed_in(administrator).get(shown).status_code == 403
    assert Client().get(shown).url == f"/accounts/login/?next={shown}"


@pytest.mark.parametrize(
    "path",
    [
        "images/../../etc/passwd.png",
        "images/%2e%2e/%2e%2e/private/x.png",
        "images//etc/passwd.png",
        "/etc/passwd.png",
        "images/missing.png",
        "images/%00.png",
        "images/" + "a" * 5000 + ".png",
        "images",
        "images/.png",
        "documents/template.pdf",
        "images/drawing.svg",
        "images/page.html",
    ],
)
def test_media_hands_out_images_alone(path, advisor):
    assert signed_in(advisor).get(f"/media/{path}").status_code == 404


def test_media_never_sends_a_drawing_with_script(advisor):
    name = default_storage.save("images/drawing.svg", ContentFile(b"<svg onload='x'/>"))
    try:
        assert signed_in(advisor).get(f"/media/{name}").status_code == 404
    finally:
        default_storage.delete(name)


def test_document_is_for_readers(document, advisor, physician, no_role, administrator):
    assert document.url == f"/documents/{document.pk}/{document.filename}"
    assert signed_in(physician).get(document.url).status_code == 200
    assert signed_in(advisor).get(document.url).status_code == 200
    assert signed_in(no_role).get(document.url).status_code == 403
    assert signed_in(administrator).get(document.url).status_code == 403
    assert Client().get(document.url).url == f"/accounts/login/?next={document.url}"
    assert signed_in(advisor).get(f"/documents/{10**30}/x.pdf").status_code == 404


def test_wagtails_other_doors_are_closed(tree):
    for path in ("/_util/login/", "/sitemap.xml", "/api/v2/pages/", "/search/", "/admin/"):
        assert Client().get(path).status_code in (301, 404), path
        assert Client().get(path, follow=True).status_code == 404, path
