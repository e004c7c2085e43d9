"""Making a draft of a file: as a whole, or not at all."""

import posixpath
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.log_actions import log
from wagtail.models import Collection

from curriculum.fields import settle_ids
from curriculum.models import BroughtIn, LessonPage, ModulePage
from curriculum.word.carrying import MAX_TITLE, Carried, carry
from curriculum.word.manuscript import Left, Note, Picture
from curriculum.word.opening import MB, PRESENTATION, Package, Refused, open_package
from curriculum.word.reading import TOO_LONG, read
from lms import clock

MAX_PICTURES = 200
MAX_FIELDS = 8_000  # of the editor's form, which takes settings.DATA_UPLOAD_MAX_NUMBER_FIELDS with all else
NOTHING = (
    "Nothing in this document could be carried: its text is hidden, in text boxes, or proposed and not yet accepted. "
    "Accept the changes in Word, or choose to take them, and try again."
)
SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}


def bring_in_word(*, module: ModulePage, file: IO[bytes], file_name: str, by, take_changes: bool = False) -> LessonPage:
    """A draft lesson below `module` of a Word document, with its pictures and the list of what was not carried.

    Raises Refused, and then nothing is left behind, no picture's file either.
    """
    package = open_package(file)
    carried = carry(read(package, take_changes=take_changes))
    if not carried.blocks:
        raise Refused(NOTHING)
    if len({picture.part for picture in carried.pictures}) > MAX_PICTURES:
        raise Refused(f"This document holds more than {MAX_PICTURES} pictures: split it into several, and try again.")
    if sum(_fields(kind, value) for kind, value in carried.blocks) > MAX_FIELDS:
        raise Refused(TOO_LONG)

    def blocks(keep: "_Keep") -> list[dict]:
        kept = {picture.part: _kept_picture(package, picture, keep, carried, by) for picture in carried.pictures}
        return [
            {"type": kind, "value": _value(kind, value, kept), "id": str(uuid.uuid4())}
            for kind, value in carried.blocks
            if kind != "image" or kept[value["picture"].part]
        ]

    return _make(module, carried, file_name, by, blocks)


def bring_in_document(*, module: ModulePage, file: IO[bytes], file_name: str, by) -> LessonPage:
    """A draft lesson below `module` that holds a presentation or PDF as its one document.

    Raises Refused, and then nothing is left behind.
    """
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if PurePath(file_name).suffix.lower() == ".pdf":
        _check_pdf(file, limit)
    else:
        open_package(file, kind=PRESENTATION, limit=limit)
    carried = Carried()

    def blocks(keep: "_Keep") -> list[dict]:
        file.seek(0)
        document = get_document_model()(
            title=_title_of(file_name),
            file=ContentFile(file.read(), name=file_name),
            uploaded_by_user=by,
            collection=Collection.get_first_root_node(),
        )
        document.clean()
        keep(document)
        return [{"type": "document", "value": {"document": document.pk, "note": ""}, "id": str(uuid.uuid4())}]

    return _make(module, carried, file_name, by, blocks)


@transaction.atomic
def settle(*, brought_in: BroughtIn, by) -> None:
    """Record that an editor has looked at all that was listed. Repeating it changes nothing."""
    BroughtIn.objects.filter(pk=brought_in.pk, settled_at=None).update(settled_at=clock.now(), settled_by=by)


_Keep = Callable[[Any], None]


def _make(
    module: ModulePage, carried: Carried, file_name: str, by, blocks: Callable[[_Keep], list[dict]]
) -> LessonPage:
    stored: list[Any] = []  # files are no part of the transaction

    def keep(row) -> None:
        stored.append(row.file)
        row.file_size = row.file.size
        row.save()

    try:
        with transaction.atomic():
            parent = ModulePage.objects.select_for_update().get(pk=module.pk)
            page = LessonPage(
                title=carried.title or _title_of(file_name),
                lede=carried.summary,
                body=blocks(keep),
                live=False,
                has_unpublished_changes=True,
                owner=by,
            )
            settle_ids(page.body)
            parent.add_child(instance=page)
            log(instance=page, action="wagtail.create", user=by, content_changed=True)
            page.save_revision(user=by, clean=False)  # a draft may lack what a published lesson needs
            BroughtIn.objects.create(
                page=page,
                file_name=PurePath(file_name).name[:255],
                notes=[asdict(note) for note in carried.notes],
                made_at=clock.now(),
                made_by=by,
                settled_at=None if carried.notes else clock.now(),
            )
            return page
    except BaseException:
        for file in stored:
            if file._committed:
                file.storage.delete(file.name)
        raise


def _value(kind: str, value: Any, kept: dict[str, int | None]) -> Any:
    if kind == "table":
        return {**value, "columns": _items(value["columns"]), "rows": _items(map(_items, value["rows"]))}
    if kind == "image":
        picture = value["picture"]
        image = {"image": kept[picture.part], "alt_text": picture.alt[:255], "decorative": picture.decorative}
        return {"image": image, "caption": value["caption"], "credit": ""}
    return value


def _items(values) -> list[dict]:
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def _fields(kind: str, value: Any) -> int:
    """About how many fields the editor's form has for a block."""
    if kind == "table":
        return 10 + 4 * (len(value["columns"]) + sum(1 + len(row) for row in value["rows"]))
    return 10


def _kept_picture(package: Package, picture: Picture, keep: _Keep, carried: Carried, by) -> int | None:
    """The picture's key in the image library; None, and a note, for what the library does not take."""
    name = posixpath.basename(picture.part)
    if package.size(picture.part) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        return _unfit(carried, picture, f"it is larger than {settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // MB} MB")
    data = package.data(picture.part)
    kind = next((kind for start, kind in SIGNATURES.items() if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "webp"
    if not kind:
        return _unfit(carried, picture, f"pages show no {PurePath(name).suffix.lstrip('.').upper() or 'such'} pictures")
    try:
        WagtailImageField().clean(SimpleUploadedFile(f"picture.{kind}", data))
    except (ValidationError, OSError, SyntaxError, ValueError):  # what Pillow raises on bytes that are no picture
        return _unfit(carried, picture, "it is damaged, or has more dots than a page can show")
    image = get_image_model()(
        title=picture.alt[:255] or f"{carried.title or 'Picture'}: {name}"[:255],
        file=ContentFile(data, name=f"{PurePath(name).stem}.{kind}"),
        description=picture.alt[:255],
        uploaded_by_user=by,
        collection=Collection.get_first_root_node(),
    )
    keep(image)
    return image.pk


def _unfit(carried: Carried, picture: Picture, why: str) -> int | None:
    described = f" ({picture.alt[:200]})" if picture.alt else ""
    name = posixpath.basename(picture.part)
    carried.notes.append(
        Note(Left.PICTURE, f"{name}{described} was left out: {why}. Save it as PNG and add it by hand.")
    )
    return None


def _check_pdf(file: IO[bytes], limit: int) -> None:
    file.seek(0, 2)
    size = file.tell()
    if size > limit:
        raise Refused(f"This file is larger than {limit // MB} MB: make its pictures smaller, or split it.")
    file.seek(0)
    start = file.read(1024)
    file.seek(max(0, size - 2048))
    if not start.lstrip().startswith(b"%PDF-") or b"%%EOF" not in file.read():
        raise Refused("This file is not a whole PDF: save it as PDF again, and choose the new file.")


def _title_of(file_name: str) -> str:
    """A title out of a file's name."""
    words = PurePath(file_name).stem.replace("_", " ").replace("-", " ").split()
    title = "".join(letter for letter in " ".join(words) if letter.isprintable())
    return title[:1].upper() + title[1:MAX_TITLE] or "Untitled lesson"
