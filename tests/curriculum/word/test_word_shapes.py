"""What Word itself writes and other programs seldom do."""

import io
import zipfile

import pytest

from curriculum.word.inline import safe_address
from tests.curriculum.word.conftest import carried, listed
from tests.curriculum.word.shapes import SPACES, blip, docx, p, picture, run

TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='2' name='Box'/><a:graphic>"
    "<a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent>"
    "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def text_of(result) -> str:
    return "".join(str(value) for kind, value in result.blocks if kind == "text")


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_text_box_is_listed_once_and_not_carried():
    result = carried(docx(p(run("Before."), TEXT_BOX, run(" After."))))
    assert text_of(result) == "<p>Before. After.</p>"
    assert [note.text for note in result.notes] == ["Boxed words"]


def test_styles_of_another_language_are_headings():
    result = carried(
        docx(
            p(run("One"), style="berschrift1"),
            p(run("a")),
            p(run("Two"), style="berschrift1"),
            p(run("Below"), style="berschrift2"),
        )
    )
    assert [value for kind, value in result.blocks if kind == "heading"] == ["One", "Two"]
    assert text_of(result).endswith("<h3>Below</h3>")
    assert result.title == "One"


def test_link_of_a_field_is_a_link():
    result = carried(docx(p(run("See "), field(' HYPERLINK "https://cedarline.example/a" ', "the page"), run("."))))
    assert text_of(result) == '<p>See <a href="https://cedarline.example/a">the page</a>.</p>'


def test_unsafe_link_of_a_field_keeps_its_words():
    result = carried(docx(p(field(' HYPERLINK "vbscript:msgbox(1)" ', "the page"))))
    assert text_of(result) == "<p>the page</p>"
    assert ("link", "A link (led to vbscript:msgbox(1))") in listed(result)


@pytest.mark.parametrize("instruction", ["DDEAUTO c:\\\\run.exe", 'INCLUDETEXT "\\\\\\\\evil\\\\share"', "DATE"])
def test_field_is_listed_with_the_words_it_last_had(instruction):
    result = carried(docx(p(field(instruction, "as it was"))))
    assert text_of(result) == "<p>as it was</p>"
    assert [note.kind.value for note in result.notes] == ["field"]


def test_hidden_text_is_listed_by_whatever_way_it_is_hidden():
    result = carried(
        docx(
            p(run("Seen."), run(" One", "<w:vanish/>"), run(" Two", '<w:rStyle w:val="Secret"/>')),
            p(run("Three"), style="Secret"),
            p(run("Shown.", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>')),
        )
    )
    assert text_of(result) == "<p>Seen.</p><p>Shown.</p>"
    assert listed(result) == {("hidden", "One"), ("hidden", "Two"), ("hidden", "Three")}


def test_moved_text_and_formats_are_tracked_too():
    author = 'w:author="Ruth Adler"'
    body = p(
        run("Stays. "),
        f"<w:moveFrom {author}>{run('Moved.')}</w:moveFrom>",
        run("Bold", f"<w:b/><w:rPrChange {author}><w:rPr/></w:rPrChange>"),
    ) + p(f"<w:moveTo {author}>{run('Moved.')}</w:moveTo>")
    left, taken = carried(docx(body)), carried(docx(body), take_changes=True)
    assert text_of(left) == "<p>Stays. Moved.<b>Bold</b></p>"
    assert text_of(taken) == "<p>Stays. <b>Bold</b></p><p>Moved.</p>"
    for result, done in ((left, ""), (taken, "_taken")):
        assert listed(result) == {
            (f"deletion{done}", "Moved."),
            (f"insertion{done}", "Moved."),
            ("formatting", "Bold"),
        }
        assert {note.author for note in result.notes} == {"Ruth Adler"}


def test_what_was_inserted_and_then_deleted_is_in_neither_reading():
    body = p(
        run("Kept."), '<w:ins w:author="A"><w:del w:author="B"><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:ins>'
    )
    for take in (False, True):
        assert text_of(carried(docx(body), take_changes=take)) == "<p>Kept.</p>"


def test_tracked_row_is_left_out_and_listed():
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>{}" + cell.format(p(run("{}"))) + cell.format(p(run("{}"))) + "</w:tr>"
    table = (
        "<w:tbl>"
        + row.format("<w:trPr><w:tblHeader/></w:trPr>", "Role", "Minutes")
        + row.format("", "Nurse", "10")
        + row.format('<w:trPr><w:ins w:author="A"/></w:trPr>', "Pharmacist", "5")
        + "</w:tbl>"
    )
    result = carried(docx(table))
    assert result.blocks[0][1]["rows"] == [["Nurse", "10"]]
    assert ("insertion", "A table’s row: Pharmacist 5") in listed(result)


def test_equations_charts_and_objects_are_listed_where_they_stood():
    def drawn(inner: str) -> str:
        described = "<wp:docPr id='3' descr='Rates'/>"
        graphic = f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
        return f"<w:r><w:drawing><wp:inline>{described}{graphic}</wp:inline></w:drawing></w:r>"

    chart, smart = drawn("<c:chart/>"), drawn("<dgm:relIds/>")
    inside = "<v:shape><v:imagedata r:id='rId9'/></v:shape><o:OLEObject ProgID='Excel.Sheet.12'/>"
    ole = f"<w:r><w:object>{inside}</w:object></w:r>"
    sum_ = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    result = carried(docx(p(run("Cost is "), sum_, run(".")), p(chart), p(smart), p(ole)))
    assert text_of(result) == "<p>Cost is [equation].</p>"
    assert listed(result) == {
        ("equation", "a+b"),
        ("object", "A chart: Rates"),
        ("object", "A SmartArt drawing: Rates"),
        ("object", "An embedded object (Excel.Sheet.12)"),
    }


def test_cropped_picture_and_one_on_the_web_are_listed():
    body = p(
        blip('r:embed="rId7"', "A ward", '<a:srcRect l="20000"/>'),
        blip('r:link="rId8"', "A pixel"),
    )
    rels = {"rId7": ("image", "media/a.png"), "rId8": ("image", "https://evil.example/pixel.png")}
    result = carried(docx(p(run("Look.")), body, rels=rels, parts={"word/media/a.png": picture()}))
    assert [found.alt for found in result.pictures] == ["A ward"]
    assert listed(result) == {
        ("picture", "A cropped picture is carried whole: look whether what was cut off may be seen."),
        ("picture", "A picture on the web or another disk was not fetched: A pixel"),
    }


def test_large_and_single_celled_tables_are_taken_as_paragraphs():
    def table(rows: int, columns: int, words: str = "x") -> str:
        row = "<w:tr>" + f"<w:tc>{p(run(words))}</w:tc>" * columns + "</w:tr>"
        return f"<w:tbl>{row * rows}</w:tbl>"

    for shape in (table(1, 1, "A box"), table(100, 10), table(2, 2, "long " * 100)):
        result = carried(docx(p(run("Before")), shape))
        assert {kind for kind, _ in result.blocks} == {"text"}
        assert [note.kind.value for note in result.notes] == ["table"]


def test_link_in_a_cell_stands_behind_its_words():
    row = "<w:tr>{}{}</w:tr>".format(f"<w:tc>{p(run('a'))}</w:tc>", "<w:tc>{}</w:tc>")
    link = '<w:hyperlink r:id="rId5">' + run("rules") + "</w:hyperlink>"
    table = "<w:tbl>" + row.format(p(run("b"))) + row.format(p(link)) + "</w:tbl>"
    result = carried(docx(table, rels={"rId5": ("hyperlink", "https://cedarline.example/r")}))
    assert result.blocks[0][1]["rows"] == [["a", "rules (https://cedarline.example/r)"]]


def test_words_are_never_markup():
    result = carried(docx(p(run("&lt;script&gt;alert(1)&lt;/script&gt; a &amp; b")), p(run("H"), style="berschrift1")))
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; a &amp; b</p>" in text_of(result)


def test_strict_namespaces_are_read_alike():
    content = docx(p(run("Strict.")))
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            data = data.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, data)
    assert text_of(carried(written.getvalue())) == "<p>Strict.</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "\\\\server\\share",
        "//evil.example",
        "https://",
        "https:///x",
        "http://[bad",
        "mailto:",
        "#top",
        "relative/page",
        "https://" + "a" * 3000,
        "",
    ],
)
def test_address_that_a_page_may_not_carry(address):
    assert safe_address(address) == ""


def test_address_that_a_page_may_carry():
    assert safe_address("https://cedarline.example/a?b=1&c=2#d") == "https://cedarline.example/a?b=1&c=2#d"
    assert safe_address("mailto:office@cedarline.example") == "mailto:office@cedarline.example"


def test_footnote_named_twice_keeps_one_number():
    def named(number: str) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{at}">{p(run(text))}</w:footnote>' for at, text in ((2, "First."), (3, "Next."))
    )
    space = SPACES.partition(" ")[0]
    result = carried(
        docx(
            p(run("A"), named("2"), run(" b"), named("3"), run(" c"), named("2")),
            rels={"rId9": ("footnotes", "footnotes.xml")},
            parts={"word/footnotes.xml": f"<w:footnotes {space}>{notes}</w:footnotes>"},
        )
    )
    assert text_of(result) == "<p>A[1] b[2] c[1]</p><p>[1] First.</p><p>[2] Next.</p>"
