"""A file becomes a draft in the CMS: whole, below its module, by those who may, and never published unlooked at."""

import pytest
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from curriculum.models import BroughtIn, LessonPage
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from tests.curriculum.editor import lesson_form, published_by_two
from tests.curriculum.word.conftest import FILES, counted, upload
from tests.curriculum.word.shapes import MAIN, SLIDES, blip, docx, p, package, picture, run
from tests.fixtures import make_user, signed_in

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SLIDES_FILE = package({"word/document.xml": "<p/>"}, main=SLIDES)


@pytest.fixture
def author(db):
    user = make_user("author@network.example", "Ann Author")
    grant_network_role(user=user, role=NetworkRole.AUTHOR)
    return user


@pytest.fixture
def brought_in(tree, author) -> BroughtIn:
    """What an author made of pandoc's document."""
    answer = upload(signed_in(author), tree.modules[0], "packet.docx", (FILES / "pandoc.docx").read_bytes())
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return BroughtIn.objects.get()


def review_url(brought_in) -> str:
    return f"/cms/curriculum/lessons/{brought_in.page_id}/from-a-file/"


def test_document_becomes_a_draft_below_its_module(tree, author, brought_in):
    page = brought_in.page
    assert page.get_parent().pk == tree.modules[0].pk
    assert (page.live, page.has_unpublished_changes, page.owner) == (False, True, author)
    draft = page.get_latest_revision_as_object()
    assert draft.title == "Reading a board packet"
    assert draft.lede == "What to look for in the first ten minutes, before anybody speaks."
    assert [block.block_type for block in draft.body] == [
        *("heading", "text", "heading", "table", "image", "text", "heading", "text"),
    ]
    image = Image.objects.get()
    assert image.description == "Four bars, each higher than the one before"
    assert draft.body[4].value["image"].contextual_alt_text == image.description
    assert image.uploaded_by_user == author
    assert page.latest_revision.user == author


def test_draft_is_read_by_nobody_else(tree, brought_in, physician):
    reader = signed_in(physician)
    assert reader.get(brought_in.page.url).status_code == 404
    assert "Reading a board packet" not in reader.get(tree.modules[0].url).content.decode()


def test_what_was_not_carried_is_shown_after_it_and_in_the_editor(author, brought_in):
    client = signed_in(author)
    for url in (review_url(brought_in), f"/cms/pages/{brought_in.page_id}/edit/"):
        page = client.get(url).content.decode()
        assert "Tracked insertions" in page
        assert "Ruth Adler" in page
        assert "rising" in page
        assert "Is this still so?" in page


def test_draft_is_not_published_before_its_list_was_confirmed(advisor, brought_in):
    client = signed_in(advisor)
    draft = brought_in.page.get_latest_revision_as_object()
    edit = f"/cms/pages/{draft.pk}/edit/"
    form = lesson_form(draft, **{"action-publish": "action-publish"})
    refused = client.post(edit, form)
    assert "look at the list of what was not carried over" in refused.content.decode()
    assert not LessonPage.objects.get(pk=draft.pk).live
    assert client.post(review_url(brought_in)).status_code == 302
    brought_in.refresh_from_db()
    assert brought_in.settled_by == advisor
    assert "left_out" not in client.get(edit).content.decode()
    answer = published_by_two(client, LessonPage.objects.get(pk=draft.pk), form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert LessonPage.objects.get(pk=draft.pk).live


def test_draft_is_not_published_in_bulk_before_its_list_was_confirmed(advisor, brought_in):
    client = signed_in(advisor)
    module = brought_in.page.get_parent()
    url = f"/cms/bulk/wagtailcore/page/publish/?id={brought_in.page_id}&next=/cms/pages/{module.pk}/"
    assert client.post(url).headers["Location"] == review_url(brought_in)
    assert not LessonPage.objects.get(pk=brought_in.page_id).live
    client.post(review_url(brought_in))
    assert client.post(url).headers.get("Location") != review_url(brought_in)  # now review has its say


def test_picture_without_description_keeps_the_lesson_from_being_published(tree, advisor):
    client = signed_in(advisor)
    content = docx(
        p(run("Look:")),
        p(blip('r:embed="rId7"')),
        rels={"rId7": ("image", "media/a.png")},
        parts={"word/media/a.png": picture()},
    )
    assert upload(client, tree.modules[0], "a.docx", content).status_code == 302
    brought_in = BroughtIn.objects.get()
    client.post(review_url(brought_in))
    draft = brought_in.page.get_latest_revision_as_object()
    form = lesson_form(draft, lede="What to see.")
    assert client.post(f"/cms/pages/{draft.pk}/edit/", form).status_code == 302  # a draft may wait for it
    for action in ("action-publish", "action-submit"):
        answer = client.post(f"/cms/pages/{draft.pk}/edit/", form | {action: action})
        assert "alt text" in answer.content.decode()
    assert not LessonPage.objects.get(pk=draft.pk).live
    form["body-1-value-image-alt_text"] = "A field of black"
    assert published_by_two(client, LessonPage.objects.get(pk=draft.pk), form).status_code == 302
    assert LessonPage.objects.get(pk=draft.pk).live


def test_changes_are_taken_where_the_editor_says_so(tree, author):
    client = signed_in(author)
    upload(client, tree.modules[0], "packet.docx", (FILES / "pandoc.docx").read_bytes(), changes="take")
    page = BroughtIn.objects.get().page
    text = "".join(block.value.source for block in page.body if block.block_type == "text")
    assert "The fee is rising with prices." in text
    assert "insertion_taken" in {note["kind"] for note in BroughtIn.objects.get().notes}


def test_one_file_twice_makes_two_drafts_with_addresses_of_their_own(tree, author):
    client = signed_in(author)
    for _ in range(2):
        upload(client, tree.modules[0], "packet.docx", (FILES / "libreoffice.docx").read_bytes())
    slugs = [row.page.slug for row in BroughtIn.objects.order_by("made_at")]
    assert slugs == ["joint-ventures", "joint-ventures-2"]


@pytest.mark.parametrize(("name", "content"), [("Rates_2026.pptx", SLIDES_FILE), ("Rates_2026.pdf", PDF)])
def test_presentation_and_pdf_become_a_document_on_a_draft(tree, author, name, content):
    assert upload(signed_in(author), tree.modules[0], name, content).status_code == 302
    document = Document.objects.get()
    draft = BroughtIn.objects.get().page.get_latest_revision_as_object()
    assert draft.title == document.title == "Rates 2026"
    assert [(block.block_type, block.value["document"]) for block in draft.body] == [("document", document)]
    assert not draft.live
    assert document.file_size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"<html>%PDF-</html>", "not a whole PDF"),
        ("a.pdf", PDF[:-8], "not a whole PDF"),
        ("a.pptx", package({"word/document.xml": "<p/>"}, main=MAIN), "not a PowerPoint presentation"),
        ("a.pptx", b"%PDF-1.7", "not what its name says"),
        ("a.pptm", SLIDES_FILE, "macros"),
        ("a.docm", docx(p(run("x"))), "macros"),
        ("a.ppt", b"\xd0\xcf\x11\xe0", "save it as .docx or .pptx"),
        ("a.odt", b"PK\x03\x04", "save it as .docx or .pptx"),
        ("a.exe", b"MZ", "Choose a Word document"),
        ("a", b"words", "Choose a Word document"),
    ],
)
def test_other_files_get_a_sentence_and_change_nothing(tree, author, media, name, content, says):
    client, before = signed_in(author), counted(media)
    answer = upload(client, tree.modules[0], name, content, changes="take")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert 'value="take"' in page.split("checked")[0].rsplit("<input", 1)[1]  # what was chosen is kept
    assert counted(media) == before


def test_no_file_is_asked_for(tree, author):
    answer = signed_in(author).post(f"/cms/curriculum/modules/{tree.modules[0].pk}/from-a-file/", {"changes": "leave"})
    assert "Choose a file first, such as lesson.docx." in answer.content.decode()


def test_failure_on_the_way_leaves_no_file_behind(tree, author, media, monkeypatch):
    from curriculum.word import actions

    before = counted(media)

    def fail(**_):
        raise RuntimeError("The database went away.")

    monkeypatch.setattr(actions.BroughtIn.objects, "create", fail)
    with pytest.raises(RuntimeError):
        upload(signed_in(author), tree.modules[0], "packet.docx", (FILES / "pandoc.docx").read_bytes())
    assert counted(media) == before


def test_way_in_is_offered_on_a_module_alone(tree, author):
    client, url = signed_in(author), f"/cms/curriculum/modules/{tree.modules[0].pk}/from-a-file/"
    assert url in client.get(f"/cms/pages/{tree.modules[0].pk}/").content.decode()
    assert url in client.get(f"/cms/pages/{tree.program.pk}/").content.decode()  # in the row of the module
    assert "from-a-file" not in client.get(f"/cms/pages/{tree.front.pk}/").content.decode()
    assert client.get(url).status_code == 200


def test_other_roles_and_other_pages_are_turned_away(tree, brought_in, faculty, physician, manager, no_role, media):
    before = counted(media)
    content = (FILES / "libreoffice.docx").read_bytes()
    for user in (faculty, physician, manager, no_role):
        client = signed_in(user)
        for answer in (
            upload(client, tree.modules[0], "a.docx", content),
            client.get(review_url(brought_in)),
            client.post(review_url(brought_in)),
        ):
            assert answer.status_code in (302, 403)
            assert b"Ruth Adler" not in answer.content
    brought_in.refresh_from_db()
    assert brought_in.settled_at is None
    assert counted(media) == before


def test_only_modules_and_drafts_out_of_files_have_these_pages(tree, author):
    client = signed_in(author)
    for number in (tree.program.pk, tree.lessons[0].pk, 999_999):
        assert client.get(f"/cms/curriculum/modules/{number}/from-a-file/").status_code == 404
        assert client.get(f"/cms/curriculum/lessons/{number}/from-a-file/").status_code == 404


def test_deleted_draft_takes_its_list_with_it(advisor, brought_in):
    signed_in(advisor).post(f"/cms/pages/{brought_in.page_id}/delete/")
    assert not Page.objects.filter(pk=brought_in.page_id).exists()
    assert not BroughtIn.objects.exists()
