"""What may be printed: names, texts, colors and logos."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from certificates.rendering import LONGEST_NAME, check_name, safe_accent
from certificates.rendering.brand import luminance
from tests.certificates.samples import brand, statement


@pytest.mark.parametrize(
    "name",
    ["Łucja Źródłowska", "Nguyễn Thị Hồng Ánh", "李小龍", "क्‍ष", "می‌خواهم", "O’Brien–Müller 3rd", "A" * 150],
)
def test_name_in_any_script_is_accepted_unchanged(name: str) -> None:
    assert check_name(name) == name


def test_name_is_composed_and_its_spaces_are_single() -> None:
    assert check_name("  Nguye\u0302\u0303n\u00a0\n Thi\u0323 ") == "Nguyễn Thị"
    assert check_name("e\u0301" * 150) == "é" * 150


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter the name"),
        (" \u3000\t", "Enter the name"),
        ("\u200d\u200c", "at least one letter"),
        ("1234", "at least one letter"),
        ("\u2800", "at least one letter"),
        ("\u3164", r"U\+3164"),
        ("Ann\x00", r"U\+0000"),
        ("Ann\x1b[31m", r"U\+001B"),
        ("Ann\u202egrebyE", r"U\+202E"),
        ("Ann\u2066x", r"U\+2066"),
        ("Ann\u200b", r"U\+200B"),
        ("Ann\ufeff", r"U\+FEFF"),
        ("Ann\u00ad", r"U\+00AD"),
        ("Ann\U000e0041", r"U\+E0041"),
        ("Ann\ud800", r"U\+D800"),
        ("Ann\ue000", r"U\+E000"),
        ("Z" + "\u0315" * 9, "marks stacked"),
        ("A" * 151, "150 characters"),
        ("A" * 100_000, "150 characters"),
    ],
)
def test_name_that_cannot_be_printed_is_refused_in_words(name: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        check_name(name)


@given(st.text(max_size=200))
def test_name_is_refused_or_printable(name: str) -> None:
    try:
        printed = check_name(name)
    except ValueError:
        return
    assert 0 < len(printed) <= LONGEST_NAME
    assert check_name(printed) == printed
    assert not [c for c in printed if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"award_title": "Program\x00"},
        {"practice_name": "Copper\u202eline"},
        {"counted": ("Five\x07 modules",)},
        {"signatories": (("Ann\x00", "Director"),)},
        {"signatories": (("Ann", "Director"),) * 4},
        {"practice_name": "A" * 121},
        {"verify_url": "javascript:alert(1)"},
        {"verify_url": "/verify/1"},
    ],
)
def test_statement_with_text_that_cannot_be_printed_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        statement(**changes)


def contrast_on_white(color: str) -> float:
    return 1.05 / (luminance([int(color[place : place + 2], 16) for place in (1, 3, 5)]) + 0.05)


@given(st.integers(0, 0xFFFFFF))
def test_accent_always_contrasts_with_white(value: int) -> None:
    assert contrast_on_white(safe_accent(f"#{value:06x}")) >= 4.5


def test_accent_that_contrasts_already_is_kept() -> None:
    assert safe_accent("#A4502A") == "#a4502a"
    assert safe_accent("0f5b66") == "#0f5b66"
    assert safe_accent("#000") == "#000000"


def test_light_accent_keeps_its_hue() -> None:
    assert safe_accent("#ffff00") == "#7a7a00"
    assert safe_accent("#fff") == "#767676"


@pytest.mark.parametrize("accent", ["", "red", "#12", "#12345g", "#0f5b66;x", "#0f5b66\x00", "#" * 9999])
def test_accent_that_is_no_hex_color_is_refused(accent: str) -> None:
    with pytest.raises(ValueError, match="Enter the color as #"):
        brand(accent=accent)


def cmyk() -> bytes:
    file = io.BytesIO()
    Image.new("CMYK", (9, 9)).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("logo", "logo_type", "sentence"),
    [
        (b"GIF89a", "image/gif", "SVG, PNG or JPEG"),
        (b"", "image/png", "cannot be read"),
        (b"<svg", "image/svg+xml", "cannot be read"),
        (b"", "image/svg+xml", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png", "cannot be read"),
        (b"<html/>", "image/svg+xml", "outermost element is svg"),
        (b"x" * 1_000_001, "image/png", "1 MB or less"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", "entities"),
        (cmyk(), "image/jpeg", "RGB"),
    ],
)
def test_logo_that_cannot_be_drawn_is_refused_in_words(logo: bytes, logo_type: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        brand(logo=logo, logo_type=logo_type)


def test_svg_logo_with_a_plain_document_type_is_accepted() -> None:
    svg = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>'
    )
    assert brand(logo=svg).logo == svg
