"""What the demo's pages share: the framework, the glossary, a video and documents, and the blocks that show them."""

from collections.abc import Iterable
from pathlib import Path

from django.core.files import File
from wagtail.documents import get_document_model

from curriculum.shared_actions import make_glossary, make_standard_framework, make_video
from lms.accounts.models import User
from lms.demo import cast

MEDIA = Path(__file__).with_name("media")


def furnish(*, faculty: Iterable[User]) -> dict[str, list[dict]]:
    """Make what is shared. Returns the blocks that show it, by the slug of the lesson that each ends."""
    facts, emails = cast.read("shared.toml"), {user.name: user.email for user in faculty}
    make_standard_framework()
    make_glossary(terms=facts["terms"])
    made = {title: _document(title, name) for title, name in facts["documents"].items()}
    for title, name in facts["videos"].items():
        file = MEDIA / name
        made[title] = make_video(title=title, file=file, captions=file.with_suffix(".vtt")).pk
    blocks: dict[str, list[dict]] = {}
    for block in facts["blocks"]:
        shown = {key: value for key, value in block.items() if key != "lesson"}
        for kind in ("document", "video"):
            if kind in shown:
                shown[kind] = made[shown[kind]]
        if "person" in shown:
            shown["person"] = emails[shown["person"]]
        blocks.setdefault(block["lesson"], []).append(shown)
    return blocks


def shown_in(module: dict, blocks: dict[str, list[dict]], faculty: Iterable[User]) -> dict:
    """`module` with these blocks at the end of its lessons; a lesson with a video is its teacher's topic overview."""
    emails = {user.name: user.email for user in faculty}
    lessons = []
    for lesson in module["lessons"]:
        more = blocks.get(lesson["slug"], [])
        overview = next((block for block in more if block["type"] == "video"), None)
        by = {"kind": "overview", "given_by": emails[cast.read("shared.toml")["overview_by"]]} if overview else {}
        lessons.append({**lesson, **by, "body": [*lesson["body"], *more]})
    return {**module, "lessons": lessons}


def _document(title: str, name: str) -> int:
    path = MEDIA / name
    with path.open("rb") as opened:
        document = get_document_model()(title=title, file=File(opened, name=name), file_size=path.stat().st_size)
        document.save()
    return document.pk
