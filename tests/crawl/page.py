"""A page as the crawler reads it: links, forms and what must not be in it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# The icons at the top of each page, which hold nothing of what is looked for.
_SPRITE = re.compile(r"<svg hidden.*?</svg>", re.DOTALL)


@dataclass
class Form:
    method: str
    action: str
    fields: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Parses one page. `faults` are sentences about what breaks the rules that hold for every page."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.ids: set[str] = set()
        self.lang = self.title = ""
        self.headings = 0
        self.faults: list[str] = []
        self._form: Form | None = None
        self._in_title = False
        self.feed(_SPRITE.sub("", html))
        self._conclude()

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        self._check(tag, values)
        if tag == "html":
            self.lang = values.get("lang", "")
        elif tag == "title":
            self._in_title = not self.title  # an icon's title is none of the page
        elif tag == "h1":
            self.headings += 1
        elif tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "form":
            self._form = Form(values.get("method", "get").lower(), values.get("action", ""))
            self.forms.append(self._form)
        elif tag in ("input", "select", "textarea", "button") and self._form and values.get("name"):
            self._form.fields.append(values["name"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "title":
            self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data

    def _check(self, tag: str, values: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") != "application/json"):
            self.faults.append(f"an inline <{tag}>")
        self.faults += [f"{name} on <{tag}>" for name in values if name.startswith("on")]
        for rule in filter(None, (part.strip() for part in values.get("style", "").split(";"))):
            if not rule.startswith("--"):
                self.faults.append(f"style “{rule}” on <{tag}>: only custom properties may be set in place")
        if values.get("href", "").lower().startswith("javascript:"):
            self.faults.append(f"script in a link: {values['href']}")

    def _conclude(self) -> None:
        if self.headings != 1:
            self.faults.append(f"{self.headings} h1")
        if not self.title.strip():
            self.faults.append("no title")
        if not self.lang:
            self.faults.append("no language")
        for form in self.forms:
            if form.method == "post" and "csrfmiddlewaretoken" not in form.fields:
                self.faults.append(f"a form to “{form.action}” without its token")
        for link in self.links:
            if link.startswith("#") and link not in ("#", "#top") and link[1:] not in self.ids:
                self.faults.append(f"a link to {link}, which is not on the page")
