import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

from curriculum.models import BroughtIn, LessonPage
from curriculum.word.carrying import Carried, carry
from curriculum.word.opening import open_package
from curriculum.word.reading import read

FILES = Path(__file__).parent / "files"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def carried(content: bytes, *, take_changes: bool = False) -> Carried:
    return carry(read(open_package(io.BytesIO(content)), take_changes=take_changes))


def listed(result: Carried) -> set[tuple[str, str]]:
    """(kind, words) of the notes."""
    return {(note.kind.value, note.text) for note in result.notes}


def upload(client, module, name: str, content: bytes, changes: str = "leave"):
    data = {"file": SimpleUploadedFile(name, content), "changes": changes}
    return client.post(f"/cms/curriculum/modules/{module.pk}/from-a-file/", data)


def counted(media: Path) -> tuple[int, ...]:
    """How much there is of all that bringing in a file makes."""
    files = [path for path in media.rglob("*") if path.is_file()]
    return (*(model.objects.count() for model in (LessonPage, BroughtIn, Image, Document)), len(files))
