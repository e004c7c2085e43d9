"""Files that mean harm, or are broken: each gets a sentence, and nothing is changed or fetched."""

import io
import os
import socket
import struct
import zipfile
import zlib

import pytest

from curriculum.word import opening
from curriculum.word.opening import LOCKED, MACROS, STRANGE, TOO_LARGE, Refused, open_package
from tests.curriculum.word.conftest import carried, counted, listed, upload
from tests.curriculum.word.shapes import MAIN, blip, document, docx, p, package, picture, relations, run
from tests.fixtures import signed_in

GOOD = docx(p(run("Words.")))
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'


def rezipped(content: bytes, added: dict[str, bytes]) -> bytes:
    """The same zip, with members added."""
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in added.items():
            archive.writestr(name, data)
    return written.getvalue()


def with_member(name: str, data: bytes = b"x") -> bytes:
    return rezipped(GOOD, {name: data})


def zeros(size: int) -> bytes:
    """A file one of whose members is so many zeros, compressed without holding them."""
    written = io.BytesIO(GOOD)
    with (
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/media/zeros.bmp", "w") as member,
    ):
        for _ in range(size // 2**20):
            member.write(bytes(2**20))
    return written.getvalue()


def lying(size: int, said: int) -> bytes:
    """Zeros that say that they are fewer."""
    content = bytearray(zeros(size))
    return bytes(content.replace(struct.pack("<L", size), struct.pack("<L", said)))


def overlapping() -> bytes:
    """Many names for one stretch of compressed bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(bytes(2**20)) + packed.flush()
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(bytes(2**20)), len(data), 2**20, 1, 0)
    entries = b""
    for number in range(200):
        name = f"{number:03}".encode()
        head = (
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0,
            zlib.crc32(bytes(2**20)),
            len(data),
            2**20,
            len(name),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        entries += struct.pack("<4s6H3L5H2L", *head) + name
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(entries), len(local) + 1 + len(data), 0)
    return local + b"a" + data + entries + end


def truncated() -> bytes:
    return GOOD[: len(GOOD) // 2]


def flipped() -> bytes:
    content = bytearray(docx(p(run(os.urandom(3000).hex()))))
    at = content.find(b"word/document.xml") + 600
    content[at : at + 40] = bytes(40)
    return bytes(content)


def encrypted_member() -> bytes:
    content = bytearray(GOOD)
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def nested(depth: int) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * depth + p(run("Deep.")) + "</w:sdtContent></w:sdt>" * depth)


EMPTY_ZIP = b"PK\x05\x06" + bytes(18)
VBA = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
CELLS = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 100 + "</w:tr>"
WIDE = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr>'
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


def table(rows: str) -> str:
    return f"<w:tbl>{rows}</w:tbl>"


HOSTILE = {
    "zeros": (lambda: zeros(300 * 2**20), TOO_LARGE),
    "ratio": (lambda: zeros(100 * 2**20), TOO_LARGE),
    "zeros that lie": (lambda: lying(100 * 2**20, 1000), "damaged"),
    "overlapping": (overlapping, STRANGE),
    "many members": (lambda: rezipped(GOOD, {f"word/{n}": b"" for n in range(6_000)}), STRANGE),
    "path upward": (lambda: with_member("../../etc/cron.d/x"), STRANGE),
    "absolute path": (lambda: with_member("/etc/passwd"), STRANGE),
    "drive": (lambda: with_member("c:/x"), STRANGE),
    "backslashes": (lambda: with_member("..\\x"), STRANGE),
    "two of one name": (lambda: with_member("WORD/document.xml"), STRANGE),
    "external entity": (lambda: package({"word/document.xml": ENTITY + "<x>&e;</x>"}), STRANGE),
    "laughs": (lambda: package({"word/document.xml": LAUGHS + "<x>&c;</x>"}), STRANGE),
    "entity in styles": (lambda: docx(p(run("x")), parts={"word/styles.xml": ENTITY + "<x>&e;</x>"}), STRANGE),
    "entity in types": (lambda: package({"[Content_Types].xml": ENTITY + "<x>&e;</x>"}), STRANGE),
    "deep": (lambda: nested(2_000), STRANGE),
    "macro type": (lambda: package({}, main=MACRO_MAIN), MACROS),
    "macro part": (lambda: with_member("word/vbaProject.bin"), MACROS),
    "macro default": (lambda: package({"word/document.xml": document()}, types=VBA), MACROS),
    "password": (lambda: opening.OLE + b"E\0n\0c\0r\0y\0p\0t\0e\0d" * 99, LOCKED),
    "locked member": (encrypted_member, LOCKED),
    "truncated": (truncated, "damaged"),
    "flipped bytes": (flipped, "damaged"),
    "no xml": (lambda: package({"word/document.xml": b"\x00\xff\x00"}), "damaged"),
    "half xml": (lambda: package({"word/document.xml": "<w:document><w:body>"}), "damaged"),
    "a zip": (lambda: rezipped(EMPTY_ZIP, {"a.txt": b"x"}), "not a Word document"),
    "opendocument": (lambda: rezipped(EMPTY_ZIP, {"mimetype": b"x", "content.xml": b"<x/>"}), "not a Word document"),
    "html": (lambda: b"<html><body>Hello</body></html>", "not what its name says"),
    "program": (lambda: b"MZ" + bytes(500), "not what its name says"),
    "empty": (lambda: docx(), "Nothing in this document could be carried"),
    "hidden alone": (lambda: docx(p(run("x", "<w:vanish/>"))), "Nothing in this document could be carried"),
    "endless": (lambda: docx(*[p(run("a"))] * 100_000), "longer than a lesson"),
    "endless cells": (lambda: docx(table(CELLS * 300)), "longer than a lesson"),
    "wide spans": (lambda: docx(table(WIDE * 300)), "longer than a lesson"),
    "endless fields": (lambda: docx(p(BEGIN * 5_000)), "nests its fields"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_gets_a_sentence_and_changes_nothing(name, tree, advisor, media):
    make, says = HOSTILE[name]
    client, before = signed_in(advisor), counted(media)
    answer = upload(client, tree.modules[0], "lesson.docx", make())
    assert answer.status_code == 200
    form = answer.context["form"]
    assert len(form.errors["file"]) == 1
    assert says in form.errors["file"][0]
    assert counted(media) == before


def test_file_of_more_than_fifty_megabytes_is_refused():
    with pytest.raises(Refused, match="larger than 50 MB"):
        open_package(io.BytesIO(b"PK\x03\x04" + bytes(opening.MAX_FILE)))


def test_directory_of_a_million_names_is_refused_before_it_is_read(monkeypatch):
    def never(*_):
        raise AssertionError("It was opened.")

    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 40_000_000, 0, 0)
    monkeypatch.setattr(zipfile, "ZipFile", never)
    with pytest.raises(Refused, match="no program of this kind"):
        open_package(io.BytesIO(b"PK\x03\x04" + bytes(1000) + end))


def test_nested_archive_is_never_opened():
    content = with_member("word/embeddings/inner.docx", zeros(2**20))
    assert carried(content).blocks == [("text", "<p>Words.</p>")]


def test_nothing_is_fetched(monkeypatch):
    def never(*_, **__):
        raise AssertionError("Something was fetched.")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(socket.socket, "connect", never)
    rels = {
        "rId1": ("hyperlink", "https://evil.example/a"),
        "rId2": ("image", "https://evil.example/a.png"),
        "rId3": ("attachedTemplate", "https://evil.example/t.dotm"),
        "rId4": ("styles", "https://evil.example/styles.xml"),
        "rId5": ("header", "file:///etc/passwd"),
        "rId6": ("comments", "file:///etc/passwd"),
    }
    content = docx(p(run("Words."), blip('r:embed="rId2"'), blip('r:link="rId2"')), rels=rels)
    assert carried(content).blocks == [("text", "<p>Words.</p>")]


def test_target_outside_the_package_is_not_read():
    rels = {"rId5": ("image", "../../../../etc/passwd"), "rId6": ("header", "/etc/passwd")}
    result = carried(docx(p(run("Words."), blip('r:embed="rId5"', "A file")), rels=rels))
    assert result.pictures == []
    assert ("picture", "A picture that is missing from the file: A file") in listed(result)


PICTURES = {
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "pages show no SVG pictures"),
    "lying.png": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "pages show no PNG pictures"),
    "chart.emf": (b"\x01\x00\x00\x00" + bytes(100), "pages show no EMF pictures"),
    "chart.wmf": (b"\xd7\xcd\xc6\x9a" + bytes(100), "pages show no WMF pictures"),
    "scan.tiff": (picture("TIFF"), "pages show no TIFF pictures"),
    "bomb.png": (picture("PNG", (20_000, 20_000)), "more dots than a page can show"),
    "large.png": (picture("PNG", (8_000, 8_000)), "more dots than a page can show"),
    "broken.jpg": (picture("JPEG")[:4] + bytes(500), "it is damaged"),
    "heavy.png": (b"\x89PNG\r\n\x1a\n" + os.urandom(11 * 2**20), "larger than 10 MB"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture_that_pages_do_not_show_is_left_out_and_listed(name, tree, advisor, media):
    data, says = PICTURES[name]
    client, before = signed_in(advisor), counted(media)
    content = docx(
        p(run("Words.")),
        p(blip('r:embed="rId7"', "A figure")),
        rels={"rId7": ("image", f"media/{name}")},
        parts={f"word/media/{name}": data},
    )
    answer = upload(client, tree.modules[0], "lesson.docx", content)
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer.headers["Location"]).content.decode()
    assert f"{name} (A figure) was left out" in page
    assert says in page
    lessons, brought_in, *rest = counted(media)
    assert [lessons - before[0], brought_in, *rest] == [1, 1, 0, 0, 0]


def test_numbers_that_are_none_are_read_as_nothing():
    body = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="٣"/></w:numPr><w:outlineLvl w:val="-1"/></w:pPr>'
        "<w:r><w:t>Words.</w:t></w:r></w:p>"
        '<w:tbl><w:tblPr><w:tblLook w:val="zz"/></w:tblPr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="-3"/></w:tcPr>'
        "<w:p><w:r><w:footnoteReference/><w:t>Cell.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    result = carried(docx(body))
    assert ("text", "<p>Words.</p><p>[1]Cell.</p>") in result.blocks or len(result.blocks) >= 2


def test_relations_and_types_of_no_shape_are_survived():
    content = package(
        {"word/document.xml": document(p(run("Words."))), "word/_rels/document.xml.rels": "<x><y/><Relationship/></x>"}
    )
    assert carried(content).blocks == [("text", "<p>Words.</p>")]
    with pytest.raises(Refused):
        carried(package({"_rels/.rels": relations({"rId1": ("officeDocument", "word/missing.xml")})}, main=MAIN))
