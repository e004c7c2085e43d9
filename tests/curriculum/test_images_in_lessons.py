"""A lesson's images: each with its description, or said to be decoration."""

import pytest
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from tests.curriculum.editor import lesson_form, published_by_two, second_reader
from tests.fixtures import signed_in


@pytest.fixture
def image(db, settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = str(tmp_path)
    return Image.objects.create(title="Tumor board", file=get_test_image_file())


def with_image(lesson, image, description: str) -> dict[str, str]:
    form = {name: value for name, value in lesson_form(lesson).items() if not name.startswith("body-")}
    at = "body-0-value"
    return form | {
        "body-count": "1",
        "body-0-id": "",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-type": "image",
        f"{at}-image-image": str(image.pk),
        f"{at}-image-alt_text": description,
        f"{at}-caption": "Around one table",
        f"{at}-credit": "",
        "action-publish": "action-publish",
    }


def test_image_with_its_description_is_published_and_read(tree, image, as_advisor, physician):
    form = with_image(tree.checked, image, "Six physicians around one table")
    answer = published_by_two(as_advisor, tree.checked, form)
    assert answer.status_code == 302
    page = signed_in(physician).get(tree.checked.url).content.decode()
    assert 'alt="Six physicians around one table"' in page
    assert "Around one table" in page


@pytest.mark.parametrize("description", ["", "   "])
def test_image_without_a_description_is_refused_in_words(tree, image, as_advisor, description):
    form = with_image(tree.checked, image, description)
    answer = as_advisor.post(f"/cms/pages/{tree.checked.pk}/edit/", form)
    assert answer.status_code == 200
    assert "Please add some alt text for your image or mark it as decorative" in answer.content.decode()
    tree.checked.refresh_from_db()
    assert [block.block_type for block in tree.checked.body] != ["image"]


def test_draft_is_saved_before_its_images_are_described(tree, image, as_advisor):
    form = with_image(tree.checked, image, "")
    del form["action-publish"]
    assert as_advisor.post(f"/cms/pages/{tree.checked.pk}/edit/", form).status_code == 302
    tree.checked.refresh_from_db()
    draft = tree.checked.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["image"]
    assert "Around one table" not in signed_in(second_reader()).get(tree.checked.url).content.decode()
