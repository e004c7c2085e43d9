"""What the documents point at is there, and what they say holds on any machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ELSEWHERE = {".venv", "var", "node_modules", ".git"}
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not ELSEWHERE.intersection(path.relative_to(ROOT).parts[:-1]))
LINK = re.compile(r"\]\(([^)\s]+)\)")
WITH_SCHEME = re.compile(r"[a-z]+:")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|tmp|root|usr|opt|mnt|Users|home/\w)[\w/]*")
PICTURES_AT_MOST = 2_500_000  # bytes


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_relative_link_leads_to_a_file(document):
    missing = [
        link
        for link in LINK.findall(document.read_text())
        if not WITH_SCHEME.match(link) and not (document.parent / link.partition("#")[0]).exists()
    ]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_document_names_no_path_of_a_machine(document):
    assert MACHINE_PATH.findall(document.read_text()) == []


def test_picture_is_shown_somewhere_and_all_are_light():
    words = "\n".join(document.read_text() for document in DOCUMENTS)
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))

    assert pictures
    assert [picture.name for picture in pictures if f"images/{picture.name}" not in words] == []
    assert sum(picture.stat().st_size for picture in pictures) < PICTURES_AT_MOST
