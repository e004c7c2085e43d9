"""The parts of a Word file beside its text: styles, numbering, comments. Tags and attributes go by their local
names, which are the same in both of the format's namespaces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from curriculum.word.opening import Package

OFF = {"0", "false", "off", "none"}
BREAKS = {"p", "tr", "br", "cr", "tab"}


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def attr(element: Element | None, name: str) -> str:
    """The attribute of this local name, or nothing."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The first child by local name, then its first child by the next, and so on."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def within(element: Element) -> Iterator[Element]:
    """All elements below, in order, without those that repeat others for old programs."""
    for inner in element:
        if local(inner) != "Fallback" or not any(local(beside) == "Choice" for beside in element):
            yield inner
            yield from within(inner)


def words(element: Element) -> str:
    """All the words below, whatever became of them, on one line."""
    parts = []
    for inner in within(element):
        name = local(inner)
        if name in ("t", "delText"):
            parts.append(inner.text or "")
        elif name in BREAKS:
            parts.append(" ")
        elif name in ("blip", "imagedata"):
            parts.append(" [picture] ")
    return " ".join("".join(parts).split())


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a switch such as bold is set; None where nothing is said of it."""
    switch = child(properties, name)
    return None if switch is None else attr(switch, "val").lower() not in OFF


@dataclass
class Style:
    name: str = ""
    based_on: str = ""
    run: Element | None = None
    paragraph: Element | None = None


class Styles:
    """Styles by id, each asked together with those it is based on."""

    def __init__(self, root: Element | None):
        self._all = {
            attr(style, "styleId"): Style(
                name=attr(child(style, "name"), "val").lower(),
                based_on=attr(child(style, "basedOn"), "val"),
                run=child(style, "rPr"),
                paragraph=child(style, "pPr"),
            )
            for style in (root if root is not None else ())
            if local(style) == "style"
        }

    def line(self, style: str) -> list[Style]:
        """A style, what it is based on, and so on."""
        found: list[Style] = []
        while style in self._all and self._all[style] not in found and len(found) < 20:
            found.append(self._all[style])
            style = found[-1].based_on
        return found

    def switch(self, style: str, name: str) -> bool:
        said = (is_on(one.run, name) for one in self.line(style))
        return next((value for value in said if value is not None), False)

    def heading(self, style: str) -> int:
        """The level of a heading style, from 1; 0 for any other."""
        for one in self.line(style):
            if match := re.fullmatch(r"heading (\d)", one.name):
                return int(match[1])
            level = attr(child(one.paragraph, "outlineLvl"), "val")
            if level.isdecimal() and int(level) < 9:
                return int(level) + 1
        return 0


class Numbering:
    """What kind of list a paragraph belongs to."""

    def __init__(self, root: Element | None):
        abstract: dict[str, dict[str, str]] = {}
        self._lists: dict[str, dict[str, str]] = {}
        self._series: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                abstract[attr(element, "abstractNumId")] = {
                    attr(level, "ilvl"): attr(child(level, "numFmt"), "val")
                    for level in element
                    if local(level) == "lvl"
                }
            elif local(element) == "num":
                number, base = attr(element, "numId"), attr(child(element, "abstractNumId"), "val")
                restarts = child(element, "lvlOverride", "startOverride") is not None
                self._lists[number] = abstract.get(base, {})
                self._series[number] = f"{base}, again {number}" if restarts else base

    def series(self, number: str) -> str:
        """What the numbers of one list have in common; a list that begins again is another."""
        return self._series.get(number, number)

    def kind(self, number: str, level: int) -> str:
        """The format of a list's level: "bullet", "decimal" ...; nothing where the number names no list."""
        levels = self._lists.get(number)
        return "" if levels is None else levels.get(str(level), "bullet")


@dataclass
class Comment:
    author: str
    text: str


def comments_of(package: Package, part: str) -> dict[str, Comment]:
    return {
        attr(element, "id"): Comment(attr(element, "author"), words(element))
        for element in package.tree(part)
        if local(element) == "comment"
    }
