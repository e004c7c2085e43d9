"""Documents as other programs write them; files/README.md says how each was made."""

from tests.curriculum.word.conftest import FILES, carried, listed


def of(name: str):
    return carried((FILES / name).read_bytes())


def text_of(result) -> str:
    return "".join(str(value) for kind, value in result.blocks if kind == "text")


def test_pandocs_document_is_carried():
    result = of("pandoc.docx")
    assert result.title == "Reading a board packet"
    assert result.summary == "What to look for in the first ten minutes, before anybody speaks."
    assert [value for kind, value in result.blocks if kind == "heading"] == [
        "Before you open it",
        "What the numbers say",
        "Notes",
    ]
    text = text_of(result)
    assert "<b>four days early</b>, or it is <i>not</i> a packet" in text
    assert '<a href="https://cedarline.example/calendar">the calendar</a> first.[1]</p>' in text
    assert (
        "<ol><li>What must we decide?</li><li>Who has decided it before?<ol><li>The finance committee</li>"
        "<li>The medical staff<ul><li>in writing</li><li>by custom</li></ul></li></ol></li>"
        "<li>What if we wait?</li></ol><ul><li>Net drug margin</li><li>Days in receivables</li></ul>"
    ) in text
    assert "100 × 10⁹/L, and CO₂ below" in text
    assert "The fee is flat with prices." in text
    assert '[1] The calendar lists every meeting of the year; see <a href="https://cedarline.example/rules">' in text
    tables = [value for kind, value in result.blocks if kind == "table"]
    assert tables == [
        {
            "caption": "Two figures of one practice",
            "columns": ["Measure", "Last year", "This year"],
            "rows": [["Days in receivables", "41", "38"], ["Net drug margin", "4.1%", "3.6%"]],
        }
    ]
    assert [picture.alt for picture in result.pictures] == ["Four bars, each higher than the one before"]
    assert {
        ("deletion", "flat"),
        ("insertion", "rising"),
        ("comment", "Is this still so?"),
    } <= listed(result)
    assert [note.near for note in result.notes if note.kind == "equation"] == [
        "Margin is [equation], where revenue counts drugs."
    ]
    assert {note.author for note in result.notes if note.kind == "insertion"} == {"Ruth Adler"}


def test_python_docxs_document_is_carried():
    result = of("python-docx.docx")
    assert result.title == "Running a huddle"
    text = text_of(result)
    assert (
        "<ul><li>The physician</li><li>The nurse who triages</li>"
        "<li>Whoever opens the doors<ul><li>with the list of the day</li></ul></li></ul>"
        "<ol><li>Say what is short.</li><li>Say who is worried.</li></ol>"
    ) in text
    assert "<h3>Time</h3><p>Ten minutes are <b>not</b> fifteen, and <i>never</i> thirty.</p>" in text
    assert {
        ("comment", "Says who? Find the source."),
        ("hidden", "Do not forward."),
        ("struck", "Twelve is fine."),
        ("header", "Draft for the advisory group"),
        ("header", "Cedarline, not for circulation"),
        ("picture", "A picture without a description: write one before it is published."),
        ("table", "Merged cells were split; the words stand in the first of them."),
    } <= listed(result)


def test_docx_jss_document_is_carried():
    _is_the_payors(of("docx-js.docx"))


def test_the_same_document_saved_by_libreoffice_is_carried_alike():
    _is_the_payors(of("libreoffice-saved.docx"))


def _is_the_payors(result):
    assert result.title == "Talking to a payor"
    text = text_of(result)
    assert 'see <a href="https://cedarline.example/numbers?year=1&amp;kind=a">the sheet</a>.[1]' in text
    assert "<p>Open this page and the start.</p>" in text
    assert "<li>State the value.<ul><li>hospital days avoided</li></ul></li>" in text
    assert "[1] Contracts renew every third year." in text
    assert ("table", ["Ask", "Floor"]) in [(k, v["columns"]) for k, v in result.blocks if k == "table"]
    assert {
        ("deletion", "six"),
        ("insertion", "eight"),
        ("comment", "Name the payor only in class."),
        ("link", "this page (led to javascript:alert(1))"),
        ("link", "the start (led to another place in the document)"),
        ("field", "The table of contents was left out: the page makes none."),
        ("header", "Confidential draft"),
    } <= listed(result)


def test_libreoffices_document_is_carried():
    result = of("libreoffice.docx")
    assert result.title == "Joint ventures"
    text = text_of(result)
    assert "<p>A venture always begins with a <b>letter</b>.[1]</p>" in text
    assert (
        "<ul><li>A hospital<ol><li>its board</li><li>its counsel</li></ol></li><li>Another practice</li></ul>" in text
    )
    assert 'See <a href="https://cedarline.example/ventures">the checklist</a> and the terms.' in text
    assert "[2] As of this year." in text
    assert {
        ("deletion", "always"),
        ("insertion", "of intent"),
        ("hidden", "Price: ask the chair."),
        ("comment", "Which state?"),
        ("text_box", "Remember the anti-kickback rules."),
        ("header", "Working copy of the faculty"),
    } <= listed(result)
    assert "anti-kickback" not in text
    assert "ask the chair" not in text


def test_html_to_docxs_document_is_carried():
    result = of("html-to-docx.docx")
    assert result.title == "Speaking to a reporter"
    text = text_of(result)
    assert "<ul><li>Pause<ul><li>and breathe</li></ul></li><li>Bridge</li></ul>" in text
    assert "<ol><li>Guess</li><li>Say “no comment”</li></ol>" in text
    assert [picture.alt for picture in result.pictures] == ["Four rising bars"]
