"""Question banks in the CMS: import in two steps, export, and the way into a lesson."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from curriculum.banks.gift import read_gift
from curriculum.banks.models import BankQuestion, GiftImport, QuestionBank
from tests.fixtures import make_user, signed_in
from tests.queries import count_queries

SAMPLES = Path(__file__).parent / "gift"
KINDS = (SAMPLES / "02-kinds.gift").read_bytes()
PLAIN = b"::One::First?{=A#Yes ~B#No}\n\n::Two::Second?{T#no#yes}\n\n::Three::Third?{#=4:0.5#near ~#far}"


@pytest.fixture
def bank(db) -> QuestionBank:
    return QuestionBank.objects.create(name="Governance")


def upload(client, bank, data: bytes, name: str = "bank.gift"):
    return client.post(reverse("question_banks:import", args=[bank.pk]), {"file": SimpleUploadedFile(name, data)})


def agree(client, bank, **form):
    gift = GiftImport.objects.get(bank=bank, done_at=None)
    return client.post(reverse("question_banks:review", args=[bank.pk, gift.pk]), form)


def titles(bank) -> list[str]:
    return [question.title for question in bank.questions.all()]


def text_of(response) -> str:
    return response.content.decode()


def test_file_is_shown_before_anything_is_imported(as_advisor, bank):
    answer = upload(as_advisor, bank, KINDS)
    page = text_of(as_advisor.get(answer.url))

    assert BankQuestion.objects.count() == 0
    assert "6 questions can be imported" in page
    assert "4 blocks cannot" in page
    for kind, line in (("matching", 19), ("short answer", 25), ("essay", 27), ("description", 29)):
        assert kind in page
        assert f"<td>{line}</td>" in page


def test_import_waits_until_what_is_left_out_is_agreed_to(as_advisor, bank):
    upload(as_advisor, bank, KINDS)

    refused = agree(as_advisor, bank)
    assert refused.status_code == 422
    assert "Agree to leave these out" in text_of(refused)
    assert BankQuestion.objects.count() == 0

    assert agree(as_advisor, bank, leave_out="on").status_code == 302
    assert titles(bank)[0] == "Single"
    assert bank.questions.count() == 6
    assert [question.position for question in bank.questions.all()] == [1, 2, 3, 4, 5, 6]


def test_cancelled_import_leaves_the_bank_as_it_was(as_advisor, bank):
    answer = upload(as_advisor, bank, PLAIN)
    gift = GiftImport.objects.get()

    as_advisor.post(reverse("question_banks:cancel", args=[bank.pk, gift.pk]))

    assert GiftImport.objects.count() == 0
    assert BankQuestion.objects.count() == 0
    assert as_advisor.get(answer.url).status_code == 404


def test_second_click_imports_once(as_advisor, bank):
    answer = upload(as_advisor, bank, PLAIN)

    first = as_advisor.post(answer.url)
    second = as_advisor.post(answer.url, follow=True)

    assert first.status_code == 302
    assert "3 added" in text_of(second)
    assert bank.questions.count() == 3


@pytest.mark.parametrize(
    ("repeated", "count", "text"),
    [("skip", 3, "First?"), ("replace", 3, "Mended?"), ("add", 4, "First?")],
)
def test_second_import_does_as_the_editor_says(as_advisor, bank, repeated, count, text):
    upload(as_advisor, bank, PLAIN)
    agree(as_advisor, bank)
    kept = bank.questions.get(title="One").pk

    upload(as_advisor, bank, b"::one::Mended?{=A ~B}")
    asked = agree(as_advisor, bank)
    assert asked.status_code == 422
    assert "Say what becomes of these questions." in text_of(asked)
    agree(as_advisor, bank, repeated=repeated)

    assert bank.questions.count() == count
    assert bank.questions.get(pk=kept).value["text"] == text


def test_file_that_holds_a_title_twice_is_matched_in_order(as_advisor, bank):
    upload(as_advisor, bank, b"::A::1?{T}\n\n::A::2?{T}")
    agree(as_advisor, bank)
    upload(as_advisor, bank, b"::A::3?{T}\n\n::A::4?{T}\n\n::A::5?{T}")
    agree(as_advisor, bank, repeated="replace")

    assert [question.value["text"] for question in bank.questions.all()] == ["3?", "4?", "5?"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"\x89PNG\r\n\x00", "UTF-8"), (b"// nothing", "no question"), (b"x\x00", "no text file"), (b"", "empty")],
)
def test_file_that_cannot_be_read_is_refused_in_place(as_advisor, bank, data, says):
    answer = upload(as_advisor, bank, data)

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert GiftImport.objects.count() == 0


def test_category_of_a_file_chooses_no_bank(as_advisor, bank):
    answer = upload(as_advisor, bank, b"$CATEGORY: Finance\n\n" + PLAIN)

    assert "They choose nothing here" in text_of(as_advisor.get(answer.url))
    agree(as_advisor, bank)
    assert bank.questions.count() == 3
    assert QuestionBank.objects.count() == 1


def test_export_holds_what_was_imported(as_advisor, bank):
    upload(as_advisor, bank, PLAIN)
    agree(as_advisor, bank)

    answer = as_advisor.get(reverse("question_banks:gift_file", args=[bank.pk]))
    written = read_gift(answer.content.decode())

    assert answer["Content-Disposition"] == 'attachment; filename="governance.gift"'
    assert [(q.title, q.kind, q.choices, q.answers, q.other_reason) for q in written.questions] == [
        (q.title, q.kind, q.choices, q.answers, q.other_reason) for q in read_gift(PLAIN.decode()).questions
    ]


def test_marked_question_is_copied_into_a_draft(as_advisor, advisor, bank, tree):
    upload(as_advisor, bank, PLAIN)
    agree(as_advisor, bank)
    check = next(block for block in tree.checked.body if block.block_type == "check")
    live = tree.checked.live_revision_id
    one, two = bank.questions.all()[:2]

    answer = as_advisor.post(
        reverse("question_banks:into_lesson", args=[bank.pk]),
        {"check": f"{tree.checked.pk}/{check.id}", "questions": [str(one.pk), str(two.pk)]},
    )

    assert answer.status_code == 302
    tree.checked.refresh_from_db()
    draft = tree.checked.get_latest_revision_as_object()
    copied = next(block for block in draft.body if block.block_type == "check").value["questions"]
    assert [question["text"] for question in copied][-2:] == ["First?", "Second?"]
    assert tree.checked.live_revision_id == live
    assert tree.checked.latest_revision.user == advisor
    ids = [item.id for item in copied.bound_blocks]
    assert len(set(ids)) == len(ids)


def test_nothing_marked_is_said_in_place(as_advisor, bank, tree):
    upload(as_advisor, bank, PLAIN)
    agree(as_advisor, bank)
    answer = as_advisor.post(reverse("question_banks:into_lesson", args=[bank.pk]), {"check": "9/x"})

    assert answer.status_code == 422
    assert "Mark the questions" in text_of(answer)
    assert "Choose a check." in text_of(answer)


def test_question_is_written_and_deleted_in_the_cms(as_advisor, bank):
    page = as_advisor.get(reverse("bank_question:add") + f"?bank={bank.pk}")
    assert page.status_code == 200
    assert as_advisor.get(reverse("bank_question:add") + "?bank=rubbish").status_code == 200

    upload(as_advisor, bank, PLAIN)
    agree(as_advisor, bank)
    one = bank.questions.get(title="One")
    assert as_advisor.get(reverse("bank_question:edit", args=[one.pk])).status_code == 200
    assert as_advisor.post(reverse("bank_question:delete", args=[one.pk])).url == bank.get_absolute_url()
    assert titles(bank) == ["Two", "Three"]


def doors(bank, gift):
    return [
        ("get", reverse("question_bank:index")),
        ("get", reverse("question_banks:bank", args=[bank.pk])),
        ("get", reverse("question_banks:import", args=[bank.pk])),
        ("get", reverse("question_banks:review", args=[bank.pk, gift.pk])),
        ("post", reverse("question_banks:review", args=[bank.pk, gift.pk])),
        ("post", reverse("question_banks:cancel", args=[bank.pk, gift.pk])),
        ("get", reverse("question_banks:export", args=[bank.pk])),
        ("get", reverse("question_banks:gift_file", args=[bank.pk])),
        ("post", reverse("question_banks:into_lesson", args=[bank.pk])),
    ]


@pytest.mark.parametrize("who", ["physician", "faculty", "manager"])
def test_whoever_does_not_write_curriculum_is_turned_away(as_advisor, bank, who, request):
    upload(as_advisor, bank, PLAIN)
    gift = GiftImport.objects.get()
    client = signed_in(request.getfixturevalue(who))

    for method, url in doors(bank, gift):
        answer = getattr(client, method)(url)
        assert answer.status_code in (302, 403), url
        assert "First?" not in text_of(answer)
    assert BankQuestion.objects.count() == 0
    assert GiftImport.objects.filter(done_at=None).exists()


def test_import_of_another_bank_is_not_found(as_advisor, bank):
    upload(as_advisor, bank, PLAIN)
    gift = GiftImport.objects.get()
    other = QuestionBank.objects.create(name="Other")

    assert as_advisor.get(reverse("question_banks:review", args=[other.pk, gift.pk])).status_code == 404


def test_bank_page_asks_the_same_of_one_question_and_of_three(as_advisor, bank, tree):
    url = reverse("question_banks:bank", args=[bank.pk])
    as_advisor.get(url)
    upload(as_advisor, bank, b"::A::1?{T}")
    agree(as_advisor, bank)
    with count_queries() as few:
        as_advisor.get(url)
    upload(as_advisor, bank, PLAIN)
    agree(as_advisor, bank)
    with count_queries() as many:
        as_advisor.get(url)

    assert len(few) == len(many)


def test_author_of_the_network_keeps_banks(bank):
    from lms.accounts.actions import grant_network_role

    author = make_user("writer@network.example", "Wren Ito")
    grant_network_role(user=author, role="author")
    assert signed_in(author).get(bank.get_absolute_url()).status_code == 200


def test_new_question_stands_ready_to_be_filled_in(as_advisor, bank):
    page = text_of(as_advisor.get(reverse("bank_question:add"), {"bank": bank.pk}))
    assert "&quot;type&quot;: &quot;question&quot;" in page
