"""Opening an Office file that anybody may have made: within limits, and nothing outside it is ever asked for.

Sizes are counted while parts are unpacked; what the file says of itself is believed only where it refuses itself.
"""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

MB = 1024 * 1024
MAX_FILE = 50 * MB
MAX_MEMBERS = 5_000
MAX_DIRECTORY = 2 * MB  # the list at a zip's end, which is held whole in memory
MAX_UNPACKED = 250 * MB
MAX_RATIO = 200  # of a whole file that unpacks to more than RATIO_FROM
RATIO_FROM = 20 * MB
MAX_PART = 16 * MB  # an XML part that is read whole
MAX_TEXT = 64 * MB  # the XML of the text, which is read piece by piece
MAX_DEPTH = 150
MAX_ELEMENTS = 2_000_000

WORD, PRESENTATION = "wordprocessingml.document", "presentationml.presentation"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError, ValueError)

DAMAGED = "This file is damaged: open it in the program that made it, save it again, and choose the new file."
TOO_LARGE = "This file unpacks to far more than a lesson needs: remove what is large, or split it, and try again."
STRANGE = "This file holds what no program of this kind writes, so it was not opened: save it again under a new name."
MACROS = "This file carries macros: save it without them, as .docx or .pptx, and choose that file."
LOCKED = (
    "This file is in an old format or protected by a password: remove the password, save it as .docx or .pptx, "
    "and choose that file."
)


class Refused(Exception):
    """A file that is not taken; its message is a sentence for the person who chose it."""


class Package:
    """An Office file that was looked through: its parts by name, and how they point at one another."""

    def __init__(self, archive: zipfile.ZipFile, main: str):
        self._archive, self.main = archive, main
        self._names = {info.filename.lower(): info.filename for info in archive.infolist()}

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def size(self, name: str) -> int:
        """Unpacked bytes of a part, which were counted when the file was opened."""
        return self._archive.getinfo(self._names[name.lower()]).file_size

    def data(self, name: str) -> bytes:
        return self._archive.read(self._names[name.lower()])

    def tree(self, name: str) -> Element:
        """The root of an XML part that is small enough to be held whole."""
        if self.size(name) > MAX_PART:
            raise Refused(TOO_LARGE)
        return _tree(self._archive, self._names[name.lower()])

    def pieces(self, name: str, parent: str) -> Iterator[Element]:
        """Each child of the element whose tag ends in `parent`, whole, forgotten after its turn."""
        if self.size(name) > MAX_TEXT:
            raise Refused(TOO_LARGE)
        above: list[Element] = []
        for event, element in _events(self._archive, self._names[name.lower()]):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if above and len(above) == 2 and _local(above[-1]) == parent:
                yield element
                above[-1].remove(element)

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """A part's relations: id -> (type's last word, target, whether it lies outside the file)."""
        folder, file = posixpath.split(name)
        return _relations(self, posixpath.join(folder, "_rels", f"{file}.rels"), folder)


def open_package(file: IO[bytes], *, kind: str = WORD, limit: int = MAX_FILE) -> Package:
    """Look a file through and open it. `kind` is WORD or PRESENTATION, `limit` in bytes.

    Raises Refused. The whole file is unpacked once, into nothing, to count and to find damage.
    """
    _check_outside(file, limit)
    try:
        archive = zipfile.ZipFile(file)
        _check_members(archive)
        _count(archive)
        return _identified(archive, kind)
    except (*UNREADABLE, ParseError, RuntimeError, KeyError) as error:
        raise Refused(DAMAGED) from error


def _check_outside(file: IO[bytes], limit: int) -> None:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size > limit:
        raise Refused(f"This file is larger than {limit // MB} MB: make its pictures smaller, or split it.")
    start = file.read(8)
    if start == OLE:
        raise Refused(LOCKED)
    if not start.startswith(b"PK\x03\x04"):
        raise Refused(
            "This file is not what its name says: open it in the program that made it, and save it as .docx or .pptx."
            if size
            else "This file is empty: choose another one."
        )
    # The end of the list is looked at first: a list of a million names would fill the memory when opened.
    file.seek(max(0, size - 65_557))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        raise Refused(DAMAGED)
    directory = struct.unpack("<L", tail[end + 12 : end + 16])[0]
    if directory > MAX_DIRECTORY or b"PK\x06\x07" in tail[max(0, end - 20) : end]:
        raise Refused(STRANGE)
    file.seek(0)


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Refused(STRANGE)
    met: set[str] = set()
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        name = member.orig_filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith("/") or ".." in parts or ":" in name or "\0" in name or "\\" in name or name.lower() in met:
            raise Refused(STRANGE)
        if member.flag_bits & 0x1:
            raise Refused(LOCKED)
        # Two members that share bytes are how a small file unpacks to an endless one.
        if member.header_offset < end or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(STRANGE)
        met.add(name.lower())
        end = member.header_offset + 30 + len(member.filename) + member.compress_size
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refused(TOO_LARGE)


def _count(archive: zipfile.ZipFile) -> None:
    unpacked = packed = 0
    for member in archive.infolist():
        packed += member.compress_size
        with archive.open(member) as stream:
            while read := len(stream.read(256 * 1024)):
                unpacked += read
                if unpacked > MAX_UNPACKED:
                    raise Refused(TOO_LARGE)
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise Refused(TOO_LARGE)


def _identified(archive: zipfile.ZipFile, kind: str) -> Package:
    names = {name.lower() for name in archive.namelist()}
    not_this = "Word document" if kind == WORD else "PowerPoint presentation"
    wrong = Refused(f"This file is not a {not_this}: open it in the program that made it, and save it as one.")
    if "[content_types].xml" not in names:
        raise wrong
    package = Package(archive, "")
    types = {}
    for entry in package.tree("[Content_Types].xml"):
        part = entry.get("PartName", "").lstrip("/").lower() or "." + entry.get("Extension", "").lower()
        types[part] = entry.get("ContentType", "").lower()
        if "macroenabled" in types[part] or "vbaproject" in types[part]:
            raise Refused(MACROS)
    if any(posixpath.basename(name) in ("vbaproject.bin", "vbadata.xml") for name in names):
        raise Refused(MACROS)
    for type_, target, outside in _relations(package, "_rels/.rels", "").values():
        if type_ == "officeDocument" and not outside and package.has(target):
            package.main = package._names[target.lower()]
    part = package.main.lower()
    if not part or kind not in types.get(part, types.get(posixpath.splitext(part)[1], "")):
        raise wrong
    return package


def _relations(package: Package, name: str, folder: str) -> dict[str, tuple[str, str, bool]]:
    if not package.has(name):
        return {}
    found = {}
    for entry in package.tree(name):
        target, outside = entry.get("Target", ""), entry.get("TargetMode") == "External"
        if not outside:
            path = unquote(target)
            target = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
        found[entry.get("Id", "")] = (entry.get("Type", "").rpartition("/")[2], target, outside)
    return found


def _tree(archive: zipfile.ZipFile, name: str) -> Element:
    root = None
    for _, element in _events(archive, name):
        root = element
    if root is None:
        raise Refused(DAMAGED)
    return root


def _events(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    """Starts and ends of elements. A document type, and with it every entity, is refused."""
    depth = elements = 0
    try:
        with archive.open(name) as stream:
            for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                depth += 1 if event == "start" else -1
                elements += event == "start"
                if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
                    raise Refused(STRANGE if depth > MAX_DEPTH else TOO_LARGE)
                yield event, element
    except DefusedXmlException as error:
        raise Refused(STRANGE) from error
    except (*UNREADABLE, ParseError) as error:
        raise Refused(DAMAGED) from error


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
