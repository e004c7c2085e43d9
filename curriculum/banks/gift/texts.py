"""The texts of a GIFT file: its escapes, and the markup that Moodle writes into it."""

import re
from html.parser import HTMLParser

# An escaped character becomes one of these while the block is taken apart, so that it cannot part anything.
_ESCAPED = {"\\": "\ue000", ":": "\ue001", "#": "\ue002", "=": "\ue003", "{": "\ue004", "}": "\ue005", "~": "\ue006"}
_HIDDEN = {**_ESCAPED, "n": "\ue007"}
_SHOWN = {hidden: shown for shown, hidden in _ESCAPED.items()} | {"\ue007": "\n"}
PRIVATE = re.compile("[\ue000-\ue007]")
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_MARKUP = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|sub|sup|span|div|ul|ol|li|img|table|a)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_BREAKS = {"p", "br", "div", "li", "ul", "ol", "tr"}
_CANNOT_CARRY = {
    "img": "a picture",
    "table": "a table",
    "video": "a video",
    "audio": "a sound",
    "svg": "a drawing",
    "math": "a formula",
    "iframe": "an embedded page",
    "object": "an embedded object",
    "script": "a script",
}


class CannotCarry(ValueError):
    """The text holds something that a question here cannot."""


def hide_escapes(text: str) -> str:
    """Escaped characters as private ones: one character for two, and never a line break more or less."""
    return _ESCAPE.sub(lambda found: _HIDDEN[found[1]], text)


def show(text: str) -> str:
    """The text that a reader sees, escapes undone and trimmed."""
    return PRIVATE.sub(lambda found: _SHOWN[found[0]], text).strip()


def read_text(text: str, default: str = "") -> tuple[str, str]:
    """(the text as plain words, its format) of a text that may begin with its format, such as [html].

    Raises CannotCarry for a picture and the like.
    """
    format_ = default
    text = text.strip()
    found = _FORMAT.match(text)
    if found:
        format_, text = found[1], text[found.end() :]
    words = show(text)
    if format_ == "html" or (format_ in ("", "moodle") and _MARKUP.search(words)):
        words = _plain(words)
    return "\n".join(re.sub(r"[ \t\r]+", " ", line).strip() for line in words.splitlines()).strip(), format_


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in _CANNOT_CARRY:
            raise CannotCarry(f"it holds {_CANNOT_CARRY[tag]}, which a question here cannot show")
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(data)


def _plain(markup: str) -> str:
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return re.sub(r"\s*\n\s*", "\n", "".join(parser.parts)).strip()
