"""Checks of every kind through the leader's door: what is shown, refused, graded and kept."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from cohorts.practice.checking import laid_out
from cohorts.practice.models import Attempt, PageRecord
from curriculum.actions import publish_module
from curriculum.checking import checks_of, fingerprint
from curriculum.models import LessonPage
from lms import clock
from lms.practices.schema import enter
from tests.cohorts.samples import NOON, lessons, make_cohort, make_leader, require
from tests.curriculum import questions
from tests.curriculum.factory import lesson, module
from tests.fixtures import signed_in

SECRETS = ("3.14159", "3.14", "0.005", "Very close.", "Two decimals.", "Not near enough.", "More digits", "It pays.")
SECRETS += ("Everything follows", "It has to survive", "None of these", "It can lose money.")


@pytest.fixture(autouse=True)
def january(db):
    with clock.at(NOON):
        yield


@pytest.fixture
def cohort(db):
    return make_cohort()


@pytest.fixture
def leader(cohort, alder):
    return make_leader(alder, cohort)


@pytest.fixture
def checked(cohort) -> LessonPage:
    """A lesson in the plan with a question of each kind that was not there from the start."""
    check = questions.check(
        questions.NUMBER,
        questions.ORDER,
        questions.PINNED,
        questions.STATEMENT,
        shuffle_questions=True,
        shuffle_options=True,
    )
    page = publish_module(program=cohort.program, data=module("Numbers", [lesson("All kinds", more=[check])]))
    require(cohort, page, 1, opens_months=1, due_months=6, position=9)
    return lessons(page)[0]


@pytest.fixture
def client(leader):
    return signed_in(leader.person.user)


class Form:
    """The check as the leader has it on the screen, and what a browser would send of it."""

    def __init__(self, client, alder, page):
        self.client, self.alder, self.page = client, alder, page
        [self.check] = checks_of(page)
        self.by_kind = {question.kind: question for question in self.check.questions}
        self.lesson_url = reverse("cohorts_practice:lesson", args=[alder.slug, page.pk])
        self.url = reverse("cohorts_practice:answer_check", args=[alder.slug, page.pk, self.check.id])
        self.load()

    def load(self) -> str:
        self.html = self.client.get(self.lesson_url).content.decode()
        self.hidden = dict(re.findall(r'type="hidden" name="(number|shown)" value="(\w+)"', self.html))
        return self.html

    def data(self, number="3.14159", order=(0, 1, 2, 3), single="Margin", statement="True") -> dict:
        ordering = self.by_kind["ordering"]
        data = {
            **self.hidden,
            f"q-{self.by_kind['numeric'].id}": number,
            f"q-{self.by_kind['single'].id}": self._option("single", single),
            f"q-{self.by_kind['true_false'].id}": self._option("true_false", statement),
        }
        for place, step in enumerate(order, start=1):
            data[f"p-{ordering.id}:{ordering.steps[step].id}"] = str(place)
        return data

    def _option(self, kind, text) -> str:
        return next(option.id for option in self.by_kind[kind].options if option.text == text)

    def send(self, data=None, **changes):
        return self.client.post(self.url, data if data is not None else self.data(**changes))

    def attempts(self) -> list[Attempt]:
        with enter(self.alder):
            return list(Attempt.objects.all())


@pytest.fixture
def form(client, alder, checked) -> Form:
    return Form(client, alder, checked)


def test_nothing_of_the_key_is_in_the_page_before_an_answer(form):
    for secret in SECRETS:
        assert secret not in form.html, secret
    shown = re.findall(r'<select id="p-([\w-]+)"', form.html)
    right = [step.id for step in form.by_kind["ordering"].steps]
    assert sorted(shown) == sorted(right)
    assert shown != right
    part = form.client.post(form.url, form.hidden, headers={"hx-request": "true"})
    assert part.status_code == 422
    for secret in SECRETS:
        assert secret not in part.content.decode(), secret


def test_order_stays_at_a_reload_and_is_kept_with_the_attempt(form):
    order = re.findall(r'(?:id="q-|name="q-|<select id="p-)([\w-]+)', form.html)
    form.load()
    assert re.findall(r'(?:id="q-|name="q-|<select id="p-)([\w-]+)', form.html) == order
    form.send(number="4")
    [attempt] = form.attempts()
    with enter(form.alder):
        laid = laid_out(form.check, PageRecord.objects.get(page=form.page.pk), 1)
    assert [item["question"] for item in attempt.items] == [question.id for question in laid.questions]
    by_kind = {item["kind"]: item for item in attempt.items}
    assert by_kind["ordering"]["shown"] == list(next(q for q in laid.questions if q.steps).laid)
    assert [option["text"] for option in by_kind["single"]["options"]][-1] == "None of the above"
    assert [option["id"] for option in by_kind["single"]["options"]] == [
        option.id for option in next(q for q in laid.questions if q.kind == "single").options
    ]
    assert fingerprint(laid) == form.hidden["shown"]


def test_all_right_passes_and_tells_the_key(form):
    assert form.send().status_code == 302
    [attempt] = form.attempts()
    assert (attempt.right, attempt.score, attempt.passed) == (4, 4, True)
    page = form.load()
    assert "Passed." in page
    assert "4 of 4 right" in page
    for told in ("Very close.", "More digits are for show.", "Accepted: 3.14159 ± 0.00001 rad", "Everything follows"):
        assert told in page, told


def test_part_of_the_credit_counts_and_is_said(form):
    form.send(number="3,14", order=(1, 0, 2, 3))
    [attempt] = form.attempts()
    assert (attempt.right, attempt.score, attempt.passed) == (2, Decimal("2.5"), False)
    page = form.load()
    assert "2.5 of 4 points; 70 percent are needed" in page
    assert "Partly: 50 percent of the credit." in page
    assert "Two decimals." in page
    assert "Accepted:" not in page
    assert "The right order" not in page
    assert "Everything follows" not in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("forty-six", "Enter one number in digits"),
        ("", "Still open"),
        ("1,234", "Write 1234 or 1.234."),
        ("1e999999", "Enter a number between"),
        ("nan", "Enter one number in digits"),
        ("5\x00x", "Enter one number in digits"),
        ("9" * 100_000, "at most 40 characters"),
    ],
)
def test_what_is_no_number_is_refused_in_place_and_counts_no_attempt(form, typed, says):
    answer = form.send(number=typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "No attempt was counted." in page
    assert 'aria-invalid="true"' in page
    if typed and len(typed) < 50:
        assert f'value="{typed.replace(chr(0), "")}"' in page
    assert f'value="{form._option("single", "Margin")}" checked' in page
    assert "<option selected>4</option>" in page
    assert form.attempts() == []


def test_untouched_or_half_given_order_is_refused_with_what_was_picked(form):
    data, ordering = form.data(), form.by_kind["ordering"]
    names = [f"p-{ordering.id}:{step.id}" for step in ordering.steps]
    untouched = data | dict.fromkeys(names, "")
    page = form.send(untouched).content.decode()
    assert "Still open" in page
    for changes in ({names[0]: "2"}, {names[0]: ""}, {names[0]: "9" * 5000}, {names[0]: "-1"}, {names[0]: "\x00"}):
        answer = form.send(data | changes)
        assert answer.status_code == 422
        assert "Give each item a position of its own, from 1 to 4." in answer.content.decode()
        assert "<option selected>3</option>" in answer.content.decode()
    assert form.send({name: value for name, value in data.items() if name != names[1]}).status_code == 422
    assert form.attempts() == []


def republish(page, change) -> None:
    lesson = LessonPage.objects.get(pk=page.pk)
    change(next(block for block in lesson.body if block.block_type == "check").value)
    lesson.save_revision().publish()


def test_check_that_changed_meanwhile_is_refused_with_the_answers_kept(form):
    def reword(check):
        next(q for q in check["questions"] if q["kind"] == "numeric")["text"] = "And twice pi?"

    republish(form.page, reword)
    answer = form.send(number="3.15")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The check was changed while you had it open" in page
    assert "And twice pi?" in page
    assert 'value="3.15"' in page
    assert f'value="{form._option("single", "Margin")}" checked' in page
    assert form.attempts() == []


def test_mended_key_alone_does_not_refuse_what_was_shown(form):
    def mend(check):
        next(q for q in check["questions"] if q["kind"] == "numeric")["answers"][0]["tolerance"] = "1"

    republish(form.page, mend)
    assert form.send(number="4").status_code == 302
    [attempt] = form.attempts()
    assert attempt.passed


def test_stale_tab_keeps_its_answers_and_never_loses_them_silently(form):
    first = form.data(number="4", statement="False", order=(3, 2, 1, 0))
    assert form.send(first).status_code == 302
    assert form.send(first).status_code == 302  # the same form sent twice
    other = form.send(first | {f"q-{form.by_kind['numeric'].id}": "5"})
    page = other.content.decode()
    assert other.status_code == 422
    assert "Attempt 1 was sent already" in page
    assert 'value="5"' in page
    assert len(form.attempts()) == 1
    form.load()
    form.send()
    assert "You have passed this check already" in form.send(number="7").content.decode()
    assert len(form.attempts()) == 2


def test_form_without_fingerprint_or_with_a_strange_one(form):
    data = form.data()
    assert form.send(data | {"shown": "x" * 100_000}).status_code == 422
    del data["shown"]
    assert form.send(data).status_code == 302


def test_reader_who_is_no_leader_sees_mixed_items_and_no_number(form, manager):
    from curriculum.templatetags.lessons import questions_only

    block = next(block for block in form.page.body if block.block_type == "check")
    by_kind = {question["kind"]: question for question in questions_only(block)}
    right = [step["text"] for step in questions.ORDER["steps"]]
    assert sorted(by_kind["ordering"]["options"]) == sorted(right)
    assert by_kind["ordering"]["options"] != right
    assert by_kind["numeric"] == {"text": questions.NUMBER["text"], "kind": "numeric", "unit": "rad", "options": []}
    words = " ".join(LessonPage._meta.get_field("body").get_searchable_content(form.page.body))
    assert questions.NUMBER["text"] in words
    for secret in (*SECRETS, *right):
        assert secret not in words
