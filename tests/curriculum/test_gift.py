"""GIFT files: read with every fault named by its line, written so that reading gives the same again."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.banks.gift import Answer, Choice, GiftQuestion, Unreadable, decoded, read_gift, write_gift

SAMPLES = Path(__file__).parent / "gift"
KINDS = {"truefalse": "true_false"}
NAMES = ["01-escapes", "02-kinds", "04-numeric"]


def sample(name):
    return read_gift(decoded((SAMPLES / f"{name}.gift").read_bytes()))


def expected(name, outcome):
    rows = json.loads((SAMPLES / f"{name}.expected.json").read_text())["questions"]
    return [row for row in rows if row["outcome"] == outcome]


def one(block):
    """The only question of a block, which must have no trouble."""
    found = read_gift(block)
    assert found.troubles == []
    return found.questions[0]


def trouble(block):
    found = read_gift(block)
    assert found.questions == []
    return found.troubles[0]


@pytest.mark.parametrize("name", NAMES)
def test_sample_question_arrives_as_it_should(name):
    questions = {question.line: question for question in sample(name).questions}

    rows = expected(name, "import")
    assert sorted(questions) == [row["line"] for row in rows]
    for row in rows:
        question = questions[row["line"]]
        assert (question.kind, question.text) == (KINDS.get(row["kind"], row["kind"]), row["text"])
        assert question.reason == row.get("general_feedback", "")
        assert question.other_reason == row.get("other_feedback", "")
        if not row["title"].startswith("derived"):
            assert question.title == row["title"]
        if row["kind"] == "truefalse":
            true, false = question.choices
            assert (true.correct, false.correct) == (row["correct"], not row["correct"])
            assert true.reason == row.get("feedback_when_answered_true", "")
            assert false.reason == row.get("feedback_when_answered_false", "")
        if "options" in row:
            choices = [{"text": c.text, "correct": c.correct, "feedback": c.reason} for c in question.choices]
            assert choices == row["options"]
        if "answers" in row:
            answers = [(a.value, a.tolerance, a.share, a.reason) for a in question.answers]
            assert answers == [
                (Decimal(a["value"]), Decimal(a["tolerance"]), Decimal(a["weight"]), a["feedback"])
                for a in row["answers"]
            ]


@pytest.mark.parametrize("name", NAMES)
def test_sample_trouble_is_named_with_its_line(name):
    troubles = {found.line: found for found in sample(name).troubles}

    for row in expected(name, "error"):
        assert row["says"] in troubles[row["line"]].text
    for row in expected(name, "unsupported"):
        assert troubles[row["line"]].unsupported == row["named_as"]
    assert len(troubles) == len(expected(name, "error")) + len(expected(name, "unsupported"))


def test_untitled_question_is_titled_by_its_text():
    assert one("Only a statement.{T}").title == "Only a statement."


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("Q{=A =B ~C}", "two right answers"),
        ("Q{=A ~%100%B ~C}", "two right answers"),
        ("Q{~A ~B}", "none of its answers is right"),
        ("Q{=A ~}", "no text"),
        ("Q{~=A}", "no text"),
        ("Q{~%50%A ~%30%B ~C}", "add up to 80 %"),
        ("Q{~%500%A ~B}", "outside"),
        ("Q{=A ~B", "braces"),
        ("Q}", "braces"),
        ("Q} {T}", "before its"),
        ("Q{T} and {F}", "braces beside"),
        ("{T}", "no question"),
        ("::No end{T}", "second"),
        ("Q{T#a#b#c}", "more than two comments"),
        ("Q{#*}", "every answer"),
        ("Q{#=%50%3}", "earns 100 %"),
        ("Q{#=%0%3 =4}", "share above 0 %"),
        ("Q{#=3:x}", "x is not a number"),
        ("Q{#3..}", "no number given"),
        ("[html]<p>See</p><img src='x.png'>{T}", "picture"),
        ("Q{=" + "A" * 301 + " ~B}", "longer than 300"),
        ("Q" * 601 + "{T}", "longer than 600"),
        ("Q{=A#" + "r" * 601 + " ~B}", "longer than 600"),
        ("Q{=A " + "~B " * 8 + "}", "9 answers"),
    ],
)
def test_fault_is_said(block, says):
    assert says in trouble(block).text


def test_fault_within_a_long_block_is_named_by_its_own_line():
    assert trouble("// bank\n\n::T::Q{#\n\t=3:1\n\t=many\n}").line == 5


def test_blank_line_within_answers_is_one_fault():
    found = read_gift("One{=A\n\n~B}\n\nTwo{T}")

    assert [(t.line, "braces" in t.text) for t in found.troubles] == [(1, True)]
    assert [question.text for question in found.questions] == ["Two"]


def test_partial_and_negative_weights_are_said():
    single = one("Q{=A ~%50%B ~%-25%C}")
    several = one("Q{~%50%A ~%50%B ~%-100%C}")

    assert [choice.correct for choice in single.choices] == [True, False, False]
    assert single.notes == (
        "“B” earns 50 % in Moodle; here it counts as wrong.",
        "“C” takes 25 % away in Moodle; here it only counts as wrong.",
    )
    assert [choice.correct for choice in several.choices] == [True, True, False]
    assert several.notes[0] == "“C” takes 100 % away in Moodle; here it only counts as wrong."
    assert several.notes[1].endswith("all of them together are right, and nothing less.")


def test_markup_becomes_words():
    question = one("[html]<p>One &lt; two</p><p>Next<br>line</p>{=<b>A</b> & co ~B}")

    assert question.text == "One < two\nNext\nline"
    assert question.choices[0].text == "A & co"


def test_ordering_of_a_newer_moodle_is_read():
    question = one("::Words::[html]Put these in order.{>2     none\nModular\nObject\nOriented\n}")

    assert question.kind == "ordering"
    assert [choice.text for choice in question.choices] == ["Modular", "Object", "Oriented"]
    assert question.notes == ("Moodle shows 2 of its items; here all 3 are put in order.",)


def test_category_is_noted_and_chooses_nothing():
    found = read_gift("$CATEGORY: $course$/Top/Old\n::T::Q{T}\n\n$CATEGORY: Other\n\nR{F}")

    assert found.categories == ["$course$/Top/Old", "Other"]
    assert [question.line for question in found.questions] == [2, 6]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe\x00\xd8", "UTF-8"),
        (b"Caf\xe9{T}", "UTF-8"),
        (b"Q\x00{T}", "no text file"),
        ("Q\ue001{T}".encode(), "no text file"),
        (b"x" * 2_000_001, "2 MB"),
    ],
)
def test_file_that_is_no_text_is_refused(data, says):
    with pytest.raises(Unreadable, match=says):
        decoded(data)


@pytest.mark.parametrize("text", ["", "\n\n", "// only a comment", "$CATEGORY: x"])
def test_file_without_a_question_is_refused(text):
    with pytest.raises(Unreadable, match="no question"):
        read_gift(text)


def test_file_of_a_windows_editor_is_read():
    assert one(decoded("Qué?{T}\r\n".encode("utf-16"))).text == "Qué?"
    assert one(decoded(b"\xef\xbb\xbfQ{T}")).text == "Q"


def test_thousands_of_questions_are_refused():
    with pytest.raises(Unreadable, match="2,000"):
        read_gift("Q{T}\n\n" * 2_001)


@given(st.text(alphabet="T:#={}~\\n%\n/ 1.A->", max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    try:
        found = read_gift(text)
    except Unreadable:
        return
    assert all(question.text and question.title for question in found.questions)
    assert all(trouble.text or trouble.unsupported for trouble in found.troubles)


WORDS = (
    st.text(alphabet=st.sampled_from("aZ:#={}~\\%n0 1[]<>é/"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not text.startswith("//"))
)
REASONS = st.just("") | WORDS
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
TITLES = WORDS.map(lambda text: f"T {text}")


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(["single", "multiple", "true_false", "numeric"]))
    texts = {"title": draw(TITLES), "text": draw(WORDS), "reason": draw(REASONS)}
    if kind == "numeric":
        answers = [
            Answer(draw(NUMBERS), abs(draw(NUMBERS)), Decimal(share), draw(REASONS))
            for share in ("100", *draw(st.lists(st.sampled_from(["50", "33.33333", "5"]), max_size=3)))
        ]
        return GiftQuestion(kind, answers=tuple(answers), other_reason=draw(REASONS), **texts)
    if kind == "true_false":
        correct = draw(st.booleans())
        choices = (Choice("True", correct, draw(REASONS)), Choice("False", not correct, draw(REASONS)))
        return GiftQuestion(kind, choices=choices, **texts)
    number = draw(st.integers(2, 8))
    right = {0} if kind == "single" else draw(st.sets(st.integers(0, number - 1), min_size=1))
    choices = [Choice(draw(WORDS), index in right, draw(REASONS)) for index in range(number)]
    return GiftQuestion(kind, choices=tuple(choices), **texts)


@given(st.lists(questions(), min_size=1, max_size=4))
def test_what_is_written_is_read_again(given_questions):
    found = read_gift(write_gift(given_questions).text)

    assert found.troubles == []
    assert [(q.kind, q.title, q.text, q.choices, q.other_reason, q.reason) for q in found.questions] == [
        (q.kind, q.title, q.text, q.choices, q.other_reason, q.reason) for q in given_questions
    ]
    assert [q.answers for q in found.questions] == [q.answers for q in given_questions]


def test_export_leaves_an_ordering_out_and_says_so():
    steps = (Choice("One", True), Choice("Two", True))
    written = write_gift([GiftQuestion("ordering", "Steps", "Order them", choices=steps)])

    assert written.text == ""
    assert written.notes == ["“Steps” is left out: not every Moodle has questions about an order."]


def test_export_rounds_a_share_to_one_that_moodle_knows():
    answers = (Answer(Decimal(3), Decimal(0)), Answer(Decimal(4), Decimal(0), Decimal(45)))
    written = write_gift([GiftQuestion("numeric", "N", "How many?", answers=answers)])

    assert "=%50%4:0" in written.text or "=%40%4:0" in written.text
    assert "the nearest that Moodle knows" in written.notes[0]


def test_export_is_what_moodle_reads():
    question = GiftQuestion(
        "multiple",
        "Ratio: 3",
        "x = {y}?",
        choices=(Choice("50% ~", True, "Yes #1"), Choice("B", True), Choice("C", False)),
        reason="All",
    )

    assert write_gift([question]).text == (
        "::Ratio\\: 3::[plain]x \\= \\{y\\}?{\n\t~%50%50% \\~#Yes \\#1\n\t~%50%B\n\t~%-100%C\n\t####All\n}\n"
    )


def test_file_of_another_writer_is_read():
    found = sample("05-by-gift-wrapper")

    assert found.troubles == []
    assert found.categories == ["$course$/Leadership/Finance"]
    assert [(question.kind, question.title) for question in found.questions] == [
        ("single", "Margin"),
        ("multiple", "Call plan"),
        ("numeric", "Days"),
        ("numeric", "Exact"),
    ]
    assert found.questions[0].text == "A payor cuts the add-on from 6 % to 4.3 %. What moves first?"
    assert found.questions[0].choices[3].text == "Rent & utilities"
    assert found.questions[2].answers == (Answer(Decimal(35), Decimal("3.5")),)


def test_export_of_moodle_is_read():
    found = sample("06-as-moodle-exports")
    quorum, chair, steps = found.questions

    assert quorum.text == "A board of nine needs a quorum of more than half.\nHow many must attend?"
    assert [(answer.value, answer.share) for answer in quorum.answers] == [(5, 100), (6, 50)]
    assert quorum.other_reason == "Count again."
    assert chair.choices[0] == Choice("The chair", True, "The bylaws say so.")
    assert chair.reason == "Bylaws, article 4."
    assert [choice.text for choice in steps.choices][-1] == "It is put to the vote"
    assert [(row.line, row.title) for row in found.troubles] == [(30, "Picture")]
    assert "a picture" in found.troubles[0].text
