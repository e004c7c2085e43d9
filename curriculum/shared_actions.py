"""Making what many pages share, from plain values. What is there is left as the CMS has it."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.files import File
from django.db import transaction

from curriculum.models import Competency, Term, Video

FRAMEWORK = Path(__file__).with_name("framework.toml")


def make_standard_framework() -> int:
    """The standard framework, where a network has none of its own. Returns how many competencies were made."""
    if Competency.objects.exists():
        return 0
    return make_framework(competencies=tomllib.loads(FRAMEWORK.read_text("utf-8"))["competencies"])


@transaction.atomic
def make_framework(*, competencies: Iterable[Mapping[str, str]]) -> int:
    """The framework of competencies, in the order given; each has name and description. Returns how many were made."""
    made = 0
    for order, data in enumerate(competencies, start=1):
        defaults = {"description": data["description"], "sort_order": order * 10}
        made += Competency.objects.get_or_create(name=data["name"], defaults=defaults)[1]
    return made


@transaction.atomic
def make_glossary(*, terms: Iterable[Mapping]) -> int:
    """The terms of the glossary; each has name, definition and perhaps spellings, a list. Returns how many were made.

    Raises ValidationError where the CMS would refuse the same.
    """
    made = 0
    for data in terms:
        if Term.objects.filter(name=data["name"]).exists():
            continue
        term = Term(name=data["name"], definition=data["definition"], spellings="\n".join(data.get("spellings", ())))
        term.full_clean()
        term.save()
        made += 1
    return made


@transaction.atomic
def make_video(*, title: str, file: Path, captions: Path | None = None) -> Video:
    """A video with this title, with its captions. Raises ValidationError where the CMS would refuse the same."""
    found = Video.objects.filter(title=title).first()
    if found:
        return found
    video = Video(title=title)
    with file.open("rb") as opened:
        video.file = File(opened, name=file.name)
        if captions is None:
            video.full_clean()
            video.save()
            return video
        with captions.open("rb") as words:
            video.captions = File(words, name=captions.name)
            video.full_clean()
            video.save()
    return video
