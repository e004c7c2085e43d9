"""Word files made part by part: shaped as Word writes them, or as nobody should."""

import io
import zipfile

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
STYLES = (
    f'<w:styles {SPACES}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(inner)}</w:p>"


def blip(relation: str, described: str = "", more: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{described}"/><a:graphic><a:graphicData>'
        f"<pic:pic><pic:blipFill><a:blip {relation}/>{more}</pic:blipFill></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def document(*body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {SPACES}><w:body>{"".join(body)}</w:body></w:document>'


def relations(rows: dict[str, tuple[str, str]]) -> str:
    """rows: id -> (kind, target). A target with a colon lies outside."""
    written = ""
    for key, (kind, target) in rows.items():
        outside = ' TargetMode="External"' if ":" in target else ""
        written += f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{outside}/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{written}</Relationships>'


def package(parts: dict[str, str | bytes], *, main: str = MAIN, types: str = "") -> bytes:
    """A zip with the parts that every Office file has, and `parts`."""
    standing = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (standing | parts).items():
            archive.writestr(name, content)
    return written.getvalue()


def docx(
    *body: str,
    rels: dict[str, tuple[str, str]] | None = None,
    parts: dict[str, str | bytes] | None = None,
) -> bytes:
    """A Word file of these body elements, with the relations of its text, and further parts by their whole names."""
    return package(
        {
            "word/document.xml": document(*body),
            "word/styles.xml": STYLES,
            "word/_rels/document.xml.rels": relations({"rIdStyles": ("styles", "styles.xml"), **(rels or {})}),
            **(parts or {}),
        }
    )


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    written = io.BytesIO()
    Image.new("1" if kind in ("PNG", "TIFF") else "RGB", size).save(written, kind)
    return written.getvalue()
