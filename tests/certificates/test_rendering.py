"""The certificate as a PDF file, opened by another library."""

import contextlib
import hashlib
import io
import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from certificates.rendering import PAGES, Statement, pdf, render_pdf
from certificates.rendering.pdf import OwnImagesFetcher
from tests.certificates.samples import NUMBER, brand, statement

LONG_NAME = "Maximiliana von Hohenstein-Wittgenstein de la Santísima Trinidad " * 2 + "Papadimitropoulou XY"


def opened(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def text_of(data: bytes) -> str:
    """All words of the file, with single spaces."""
    reader = opened(data)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def raster(mode: str = "RGB", kind: str = "PNG", size: tuple[int, int] = (400, 100)) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "navy" if mode != "RGBA" else (0, 0, 128, 128)).save(file, kind)
    return file.getvalue()


def test_certificate_says_everything_that_is_stated() -> None:
    text = text_of(render_pdf(statement(), brand()))
    for words in (
        "Lorraine Begaye, MD",
        "Physician Leadership Program, year one",
        "Year one of the Physician Leadership Program, cohort of fall 2024.",
        "Copperline Oncology Partners",
        "Flagstaff, Arizona",
        "Five modules: Payor Negotiations and four more.",
        "Seven sessions.",
        NUMBER,
        "Issued August 21, 2026",
        "Verify at leadership.example.org/verify",
        "Marguerite Dolan Program Director",
        "Vikram Sethi, MD President, Copperline Oncology Partners",
        "Cedarline network",
        "records completion of a leadership program",
        "claims no continuing medical education credit",
    ):
        assert words in text


@pytest.mark.parametrize(("page", "width", "height"), [("Letter", 792.0, 612.0), ("A4", 841.9, 595.3)])
def test_certificate_is_one_landscape_page(page: Any, width: float, height: float) -> None:
    [only] = opened(render_pdf(statement(), brand(), page=page)).pages
    assert float(only.mediabox.width) == pytest.approx(width, abs=0.1)
    assert float(only.mediabox.height) == pytest.approx(height, abs=0.1)


def test_unknown_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose Letter or A4"):
        render_pdf(statement(), brand(), page="A5")  # type: ignore[arg-type]


def test_metadata_names_title_author_award_language_and_day() -> None:
    reader = opened(render_pdf(statement(), brand()))
    assert reader.metadata is not None
    assert reader.metadata.title == (
        f"Certificate {NUMBER}: Physician Leadership Program, year one, Lorraine Begaye, MD"
    )
    assert reader.metadata.author == "Physician Leadership Program, Cedarline network"
    assert reader.metadata.subject == "Physician Leadership Program, year one"
    assert reader.metadata["/CreationDate"] == "D:20260821"
    assert reader.trailer["/Root"]["/Lang"] == "en-US"


def test_file_is_built_as_an_archive_and_tagged() -> None:
    """The structure that PDF/A-2a and PDF/UA-1 ask for; no proof of full conformance."""
    data = render_pdf(statement(), brand())
    reader = opened(data)
    root = reader.trailer["/Root"]
    assert data.startswith(b"%PDF-1.7")
    assert reader.trailer["/ID"][0]
    assert "/Encrypt" not in reader.trailer
    packet = root["/Metadata"].get_data()
    xmp = ElementTree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", packet).strip())
    stated = {key: value for element in xmp.iter() for key, value in element.attrib.items()}
    assert stated["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert stated["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert stated["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert b"pdfaExtension:schemas" in packet
    [intent] = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()[36:40] == b"acsp"
    assert root["/MarkInfo"]["/Marked"] is True or str(root["/MarkInfo"]["/Marked"]) == "True"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert not {"/AA", "/OpenAction", "/AcroForm"} & set(root)
    assert b"/JavaScript" not in data
    assert b"/Interpolate true" not in data


def structure(element: Any) -> list[Any]:
    found = [element]
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if hasattr(kid, "get") and "/S" in kid:
            found += structure(kid)
    return found


def test_reading_order_has_headings_and_described_figures() -> None:
    reader = opened(render_pdf(statement(), brand()))
    elements = structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object())
    kinds = [element["/S"] for element in elements]
    assert kinds.index("/H1") < kinds.index("/H2")
    figures = [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    assert figures == ["Logo of Copperline Oncology Partners", "QR code of the verification page"]


def test_every_font_is_embedded_and_subset() -> None:
    fonts = opened(render_pdf(statement(), brand())).pages[0]["/Resources"]["/Font"]
    assert len(fonts) == 4
    for font in fonts.values():
        assert re.match(r"/[A-Z]{6}\+Certificate-S", font["/BaseFont"])
        program = font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()
        assert len(program) < 20_000


def test_link_leads_to_the_verification_page() -> None:
    [note] = opened(render_pdf(statement(), brand())).pages[0]["/Annots"]
    assert note["/A"]["/URI"] == f"https://leadership.example.org/verify/{NUMBER}/"
    assert note["/Contents"]


def test_file_is_small_and_the_same_every_time() -> None:
    first = render_pdf(statement(name="Nguyễn Łucja Παπ Дми"), brand())
    assert len(first) < 60_000
    assert render_pdf(statement(name="Nguyễn Łucja Παπ Дми"), brand()) == first


def test_threads_render_the_same_files() -> None:
    names = [f"Leader Number{letter}" for letter in "ABCDEFGH"]

    def digest(name: str) -> str:
        return hashlib.sha256(render_pdf(statement(name=name), brand())).hexdigest()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(digest, names)) == [digest(name) for name in names]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", [LONG_NAME, "W" * 150, "Li Wu", "Ễ" * 150])
def test_longest_names_fit_on_one_page(name: str, page: Any) -> None:
    stated = statement(
        name=name,
        credentials="MD, PhD, FACP, FASCO",
        award_title="Financial Metrics for Success in a Management Services Organization",
        counted=("Five modules: " + "Ins and Outs of Drug Reimbursement, " * 5, "Seven sessions."),
        signatories=(("Marguerite Dolan", "President, " + "Oncology Partners " * 3),) * 3,
    )
    data = render_pdf(stated, brand(), page=page)
    assert len(opened(data).pages) == 1
    assert len(data) < 150_000
    assert name.replace(" ", "") in text_of(data).replace(" ", "")


def test_names_of_22_characters_and_more_are_set_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    whole = pdf.HTML

    def spy(*, string: str, **options: Any) -> Any:
        seen.append(string)
        return whole(string=string, **options)

    monkeypatch.setattr(pdf, "HTML", spy)
    render_pdf(statement(name="A" * 21, credentials=""), brand())
    render_pdf(statement(name="A" * 22, credentials=""), brand())
    assert ["data-long" in html for html in seen] == [False, True]


def test_text_beyond_the_page_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="do not fit on one page"):
        render_pdf(statement(counted=("Payor Negotiations " * 100,) * 5), brand())


@pytest.mark.parametrize(
    "name",
    ["<img src=file:///etc/passwd>", '<b>Ann</b> & "Bob" \'O', "{{ statement.number }}{% now %}a"],
)
def test_markup_in_a_name_is_shown_as_text(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        text = text_of(render_pdf(statement(name=name), brand()))
    assert name in text
    assert "root:" not in text
    assert not caplog.records


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://example.org/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "data:image/png;base64,AAAA",
        "font:inter-latin-400-normal",
        "FILE:///etc/passwd",
        "",
    ],
)
def test_fetcher_refuses_every_address_it_was_not_given(url: str) -> None:
    with pytest.raises(ValueError, match="may not load"):
        OwnImagesFetcher({"image:logo": (b"", "image/png")}).fetch(url)


def svg(inner: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 9 9">{inner}<rect width="9" height="9" fill="red"/></svg>'
    ).encode()


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="http://example.org/x.png" width="9" height="9"/>',
        '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
        '<image href="data:image/png;base64,AAAA" width="9" height="9"/>',
        '<image href="?" width="9" height="9"/>',
        '<style>@import "http://example.org/a.css";</style>',
    ],
)
def test_logo_that_refers_elsewhere_loads_nothing_and_is_refused(inner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_addresses: list[object] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *address, **_: opened_addresses.append(address))
    with pytest.raises(ValueError, match="The logo cannot be drawn"):
        render_pdf(statement(), brand(logo=svg(inner)))
    assert opened_addresses == []


def test_logo_cannot_change_the_fonts_of_later_certificates() -> None:
    before = render_pdf(statement(), brand())
    hostile = svg(
        '<style>@font-face{font-family:"Certificate Serif";src:url(font:inter-latin-600-normal)}'
        '@font-face{font-family:"Certificate Serif";src:local("DejaVu Sans")}</style>'
    )
    with contextlib.suppress(ValueError):
        render_pdf(statement(), brand(logo=hostile))
    assert render_pdf(statement(), brand()) == before


@pytest.mark.parametrize(
    ("logo", "logo_type"),
    [
        (raster(), "image/png"),
        (raster("RGBA"), "image/png"),
        (raster("P"), "image/png"),
        (raster("L", "JPEG"), "image/jpeg"),
        (raster(size=(3000, 200)), "image/png"),
    ],
)
def test_raster_logos_are_drawn(logo: bytes, logo_type: str) -> None:
    data = render_pdf(statement(), brand(logo=logo, logo_type=logo_type))
    assert len(opened(data).pages[0].images) == 1
    assert b"/Interpolate true" not in data
    assert len(data) < 150_000


def test_certificate_without_logo_and_extras_is_complete() -> None:
    bare = statement(
        credentials="", year_label="", network_name="", practice_city="", practice_state="",
        cohort_name="", counted=(), signatories=(), award_title="Physician Leadership Program",
    )  # fmt: skip
    text = text_of(render_pdf(bare, brand(logo=None)))
    assert "Lorraine Begaye completed Physician Leadership Program" in text
    assert NUMBER in text


def test_qr_code_reads_the_address_row_by_row() -> None:
    import segno

    from certificates.rendering.qr import QUIET_ZONE, qr_path

    path, side = qr_path("https://leadership.example.org/verify/")
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        dark |= {(int(x) + step - QUIET_ZONE, int(y) - QUIET_ZONE) for step in range(int(width))}
    matrix = segno.make("https://leadership.example.org/verify/", error="m", micro=False, boost_error=False).matrix
    assert side == len(matrix) + 2 * QUIET_ZONE
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}


def test_statement_survives_json_unchanged() -> None:
    stated = statement(name="Łucja Nguyễn")
    assert Statement.from_json(json.loads(json.dumps(stated.as_json()))) == stated
