"""The letters on the paper are the right ones: outlines are compared, since text extracts
correctly from a PDF that shows empty boxes or another letter."""

import io
import re
from typing import Any

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from certificates.rendering import missing_letters, render_pdf
from certificates.rendering.fonts import font_files, letters
from tests.certificates.samples import NUMBER, brand, statement

FAMILIES = {"Serif": "source-serif-4", "Sans": "inter"}
WEIGHTS = {"": 400, "Medium": 500, "Semi-Bold": 600}
FONT_NAME = re.compile(
    r"/[A-Z]{6}\+Certificate-(Serif|Sans)(?:-(Ext|Vietnamese|Greek|Cyrillic))?(?:-(Medium|Semi-Bold))?"
)
NAMES = [
    "Łucja Źródłowska-Święć",
    "Żaneta Dąbrowska-Ćwikła",
    "Nguyễn Thị Hồng Ánh",
    "Trương Vĩnh Đức",
    "Δημήτρης Παπαδόπουλος",
    "Дмитрий Шостакович",
    "Олексій Ґалаґан-Їжакевич",
    "Þórdís Ævarsdóttir Ñúñez Çelik-Şahin",
    "Siobhán O’Brien–Müller",
]


def own_font(base_name: str) -> TTFont:
    found = FONT_NAME.fullmatch(base_name)
    assert found, f"{base_name} is none of the project's fonts"
    family, subset, weight = found.groups(default="")
    subset = {"": "latin", "Ext": "latin-ext"}.get(subset, subset.lower())
    return TTFont(font_files()[f"{FAMILIES[family]}-{subset}-{WEIGHTS[weight]}-normal"])


def outline(font: TTFont, glyph: str) -> list[Any]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return pen.value


def drawn_characters(pdf: bytes) -> dict[str, set[str]]:
    """Every single character that each font of the file draws, by the font's name.

    Fails unless the outline embedded for it is that of the same character in our own font.
    """
    found: dict[str, set[str]] = {}
    for font in PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values():
        name = font["/BaseFont"]
        own, characters = own_font(name), found.setdefault(name, set())
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        embedded = TTFont(io.BytesIO(descriptor["/FontFile2"].get_data()))
        for glyph, code in re.findall(rb"<(\w{4})> <(\w{4})>\n", font["/ToUnicode"].get_data()):
            if code == b"ffff":
                continue
            character = chr(int(code, 16))
            expected = outline(own, own.getBestCmap()[ord(character)])
            assert outline(embedded, embedded.getGlyphName(int(glyph, 16))) == expected, character
            characters.add(character)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_name_is_drawn_with_its_own_letters(name: str) -> None:
    assert missing_letters(name) == []
    drawn = drawn_characters(render_pdf(statement(name=name, practice_name="X"), brand()))
    serif = {
        character
        for font, characters in drawn.items()
        if "Serif" in font and "Medium" not in font
        for character in characters
    }
    assert set(name) <= serif


def test_signatory_in_another_script_is_drawn_with_its_own_letters() -> None:
    signatories = tuple((name, name) for name in NAMES[3:6])
    drawn = drawn_characters(render_pdf(statement(signatories=signatories), brand()))
    bold = set().union(*(found for font, found in drawn.items() if "Sans" in font and "Bold" in font))
    assert set("".join(name for name, _title in signatories)) <= bold


def test_number_is_drawn_without_contextual_forms() -> None:
    assert "3X4" in NUMBER
    drawn = drawn_characters(render_pdf(statement(), brand()))
    bold = set().union(*(found for font, found in drawn.items() if "Semi-Bold" in font))
    assert set(NUMBER) <= bold


def test_fonts_cover_latin_greek_and_cyrillic() -> None:
    wanted = {
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *range(0x1EA0, 0x1EFA),
        *range(0x391, 0x3A2),
        *range(0x3A3, 0x3CF),
        *range(0x400, 0x460),
    }
    assert wanted - letters() == set()


def test_letter_that_the_serif_lacks_is_drawn_by_the_other_family() -> None:
    drawn = drawn_characters(render_pdf(statement(name="Ŧŧávvi"), brand()))
    assert any({"Ŧ", "ŧ"} <= found for font, found in drawn.items() if "Sans-Ext" in font)


def test_every_subset_has_the_same_letters_in_every_weight() -> None:
    by_subset: dict[str, set[frozenset[int]]] = {}
    for name, path in font_files().items():
        subset = re.sub(r"-\d00-normal$", "", name)
        by_subset.setdefault(subset, set()).add(frozenset(TTFont(path).getBestCmap()))
    assert len(by_subset) == 10
    assert all(len(found) == 1 for found in by_subset.values())


def test_missing_letters_are_named_once_and_in_order() -> None:
    assert missing_letters("Li 李小龍 李") == ["李", "小", "龍"]
    assert missing_letters("a\u200db") == []
    assert missing_letters("e\u0301") == []
