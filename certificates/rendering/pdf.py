"""Drawing a statement as a PDF file with WeasyPrint."""

import functools
import logging
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from django.template import Context, Engine, Template
from weasyprint import CSS, HTML, Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.rendering.archival import declare_pdfua
from certificates.rendering.arcs import arcs_svg
from certificates.rendering.brand import Brand
from certificates.rendering.fonts import font_files
from certificates.rendering.qr import qr_path
from certificates.rendering.statement import Statement

Page = Literal["Letter", "A4"]
PAGES: tuple[Page, ...] = ("Letter", "A4")

_HERE = Path(__file__).parent
_TEMPLATES = _HERE.parents[1] / "templates" / "certificates"
# Names of this many characters and more are set smaller, step by step.
_NAME_STEPS = (22, 46, 90)
_MOST_SHRINKING = 4
_VARIANT = "pdf/a-2a"
_DPI = 300  # of logos, at most
# The end of the name stays on one line up to this many characters.
_LONGEST_KEPT = 26

# Pango's font map is shared by all renderings of a process and is not safe to use from
# two threads at once. Rendering is bound by one core anyway.
_lock = threading.Lock()


class OwnImagesFetcher(URLFetcher):
    """Answers with the bytes it was given and refuses every other address.

    Nothing is ever opened: no network, no file, no data address.
    """

    def __init__(self, known: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=())
        self._known = known

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self._known:
            raise ValueError(f"Certificates may not load {url[:200]}")
        body, media_type = self._known[url]
        return URLFetcherResponse(url, body, {"Content-Type": media_type})


class _Complaints(logging.Handler):
    """Collects what WeasyPrint could not do on this thread, which it would only log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == threading.get_ident():
            self.said.append(record.getMessage())

    def __enter__(self) -> Self:
        LOGGER.addHandler(self)
        return self

    def __exit__(self, *_error: object) -> None:
        LOGGER.removeHandler(self)


def render_pdf(statement: Statement, brand: Brand, *, page: Page = "Letter") -> bytes:
    """Return the certificate as a one-page PDF/A-2a and PDF/UA-1 file.

    The same arguments give the same bytes. Safe to call from several threads, which then
    take turns. ValueError with a sentence if the texts do not fit on a page, or if the logo
    refers to something outside itself or cannot be drawn.
    """
    if page not in PAGES:
        raise ValueError("Choose Letter or A4.")
    with _lock, _Complaints() as complaints:
        for shrink in range(_name_step(statement), _MOST_SHRINKING + 1):
            document = _lay_out(statement, brand, page, shrink)
            if len(document.pages) == 1:
                data = document.write_pdf(
                    pdf_variant=_VARIANT,
                    pdf_tags=True,
                    pdf_identifier=statement.number.encode(),
                    dpi=_DPI,
                    finisher=declare_pdfua,
                )
                if complaints.said:
                    raise ValueError(
                        "The logo cannot be drawn. Save it again, with everything it needs inside "
                        f"the file. ({complaints.said[0][:200]})"
                    )
                return data
    raise ValueError("Shorten the award's title or what counted: they do not fit on one page.")


def _lay_out(statement: Statement, brand: Brand, page: Page, shrink: int) -> Document:
    # Addresses that nobody can foresee, so that no image can ask for itself.
    token = secrets.token_hex(8)
    arcs, logo = f"image:arcs-{token}", f"image:logo-{token}"
    known = {arcs: (arcs_svg(brand.accent).encode(), "image/svg+xml")}
    if brand.logo is not None:
        known[logo] = (brand.logo, brand.logo_type)
    name_end = _name_end(statement)
    path, side = qr_path(statement.verify_url)
    context = Context(
        {
            "statement": statement,
            "accent": brand.accent,
            "arcs": arcs,
            "logo": logo if brand.logo is not None else "",
            "page": page.lower(),
            "shrink": str(shrink),
            "long": bool(shrink),
            "name_start": statement.printed_name.removesuffix(name_end),
            "name_end": name_end,
            "keep": len(name_end) <= _LONGEST_KEPT,
            "signatories": str(len(statement.signatories)),
            "issued": statement.issued_on.isoformat(),
            "verify_place": _spoken_address(statement),
            "qr_path": path,
            "qr_side": str(side),
        }
    )
    fonts, sheet = _fonts_and_sheet()
    html = HTML(string=_template().render(context), url_fetcher=OwnImagesFetcher(known))
    return html.render(font_config=fonts, stylesheets=[sheet], pdf_variant=_VARIANT, dpi=_DPI)


def _name_step(statement: Statement) -> int:
    return sum(len(statement.printed_name) >= step for step in _NAME_STEPS)


def _name_end(statement: Statement) -> str:
    """The last word of the name with its credentials: "MD" alone on a line looks lost."""
    start, space, _last = statement.name.rpartition(" ")
    return statement.printed_name.removeprefix(start + space)


def _spoken_address(statement: Statement) -> str:
    """Where to verify, as one would say it: without scheme, and without the number."""
    place = statement.verify_url.split("://", 1)[1].rstrip("/")
    return place.removesuffix(statement.number).rstrip("/")


@functools.cache
def _template() -> Template:
    # An engine of its own: no context processors, no request, no database, no other template.
    return Engine(dirs=[str(_TEMPLATES)], autoescape=True).get_template("certificate.html")


@functools.cache
def _fonts_and_sheet() -> tuple[FontConfiguration, CSS]:
    """Fonts and style sheet, parsed once in each process."""
    known = {f"font:{name}": (path.read_bytes(), "font/woff2") for name, path in font_files().items()}
    fonts = FontConfiguration()
    sheet = CSS(
        string=(_HERE / "certificate.css").read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=OwnImagesFetcher(known),
    )
    return fonts, sheet
