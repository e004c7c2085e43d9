"""What the CMS takes as a file: by type and by size, whoever uploads it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images import get_image_model

from tests.fixtures import signed_in


def upload(user, kind: str, name: str, content: bytes) -> dict:
    file = SimpleUploadedFile(name, content)
    headers = {"x-requested-with": "XMLHttpRequest"}
    response = signed_in(user).post(f"/cms/{kind}/multiple/add/", {"title": name, "files[]": file}, headers=headers)
    assert response.status_code == 200, response.content[:300]
    return response.json()


def picture(*size: int) -> bytes:
    written = io.BytesIO()
    Image.new("1", size).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "program.exe", "page.xhtml", "none"])
def test_document_that_may_carry_script_is_refused(advisor, name):
    assert upload(advisor, "documents", name, b"<script>alert(1)</script>")["success"] is False
    assert not Document.objects.exists()


def test_document_that_is_too_large_is_refused(advisor, settings):
    assert (
        upload(advisor, "documents", "a.pdf", b"%PDF-" + b"0" * settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)["success"]
        is False
    )
    assert upload(advisor, "documents", "a.pdf", b"%PDF-1.7 small")["success"] is True


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.png", b"\x00not a picture"),
        ("a.png", picture(10_000, 10_000)),  # some kilobytes that would fill the memory
    ],
    ids=["svg", "svg-as-png", "nothing", "bomb"],
)
def test_image_that_is_none_of_ours_is_refused(advisor, name, content):
    assert upload(advisor, "images", name, content)["success"] is False
    assert not get_image_model().objects.exists()


def test_image_is_taken(advisor):
    assert upload(advisor, "images", "a.png", picture(40, 30))["success"] is True
