"""The demo's information pages are whole, plainly marked up, and claim no continuing education."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "lms" / "demo" / "pages.toml"
TEXTS = tomllib.loads(PATH.read_text("utf-8"))
BODIES = {page["slug"]: page["body"] for page in TEXTS["pages"]} | {"front": TEXTS["front"]["body"]}
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "b", "i", "a"}


class Markup(HTMLParser):
    """Collects the tags that are open, and the tags and attributes that are not allowed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.wrong = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag not in TAGS or [name for name, _ in attrs] != (["href"] if tag == "a" else []):
            self.wrong.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def test_pages_are_help_privacy_and_accessibility():
    assert [page["slug"] for page in TEXTS["pages"]] == ["help", "privacy", "accessibility"]
    assert all(set(page) == {"slug", "title", "summary", "body"} for page in TEXTS["pages"])


def test_front_page_has_title_lede_and_body():
    assert set(TEXTS["front"]) == {"title", "lede", "body"}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_page_markup_is_balanced_and_plain(body):
    markup = Markup(body)
    assert (markup.wrong, markup.open) == ([], [])


def test_page_text_claims_no_continuing_education():
    assert re.findall(r"\b(CME|credits?|accredit\w*)\b", PATH.read_text("utf-8"), re.IGNORECASE) == []
