"""Questions to a module's faculty, and reflections shared with them."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.network.models import PageAnswer
from cohorts.practice.models import FacultyQuestion, Reflection
from curriculum.models import LessonPage, ModuleFaculty, ModulePage
from lms import clock
from lms.accounts.actions import end_network_role, grant_network_role
from lms.outbox.models import OutboxRow
from lms.people.models import AccessLogEntry
from lms.practices.schema import enter
from tests.cohorts.people import mails
from tests.cohorts.samples import NOON, PROMPT, make_cohort, make_leader, make_session
from tests.fixtures import make_user, signed_in
from tests.queries import count_queries

WORDS = "How do you <b>answer</b> a reporter who has it wrong?"
LIST = "/staff/questions/"


def first_module(cohort) -> ModulePage:
    return cohort.requirements.get(kind="module", year=1).module


def lessons(module) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(module))


@pytest.fixture(autouse=True)
def january(db):
    with clock.at(NOON):
        yield


@pytest.fixture
def cohort(db):
    return make_cohort()


@pytest.fixture
def lesson(cohort, faculty):
    module = first_module(cohort)
    ModuleFaculty.objects.create(module=module, user=faculty, about="Taught it before.")
    return lessons(module)[0]


@pytest.fixture
def leader(cohort, alder):
    return make_leader(alder, cohort)


@pytest.fixture
def client(leader):
    return signed_in(leader.person.user)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def ask(client, alder, lesson, words=WORDS, **headers):
    url = reverse("cohorts_practice:ask_about_lesson", args=[alder.slug, lesson.pk])
    return client.post(url, {"question": words}, **headers)


def page_of(client, alder, lesson) -> str:
    return text(client.get(reverse("cohorts_practice:lesson", args=[alder.slug, lesson.pk])))


@pytest.fixture
def question(client, alder, lesson, leader) -> FacultyQuestion:
    assert ask(client, alder, lesson).status_code == 302
    with enter(alder):
        return FacultyQuestion.objects.get()


def answer_url(alder, question) -> str:
    return f"{LIST}{alder.slug}/{question.pk}/"


def again(alder, question) -> FacultyQuestion:
    with enter(alder):
        return FacultyQuestion.objects.get(pk=question.pk)


def test_question_reaches_the_faculty_of_the_module(client, alder, lesson, question, faculty, leader):
    page = page_of(client, alder, lesson)
    assert "Waits for an answer" in page
    assert "&lt;b&gt;answer&lt;/b&gt;" in page

    (letter,) = mails("faculty_asked")
    assert letter.to == faculty.email
    assert WORDS in letter.paragraphs
    shown = text(signed_in(faculty).get(LIST))
    assert leader.person.user.name in shown
    assert "1 waits for an answer" in shown


def test_question_sent_twice_is_one(client, alder, lesson, question):
    ask(client, alder, lesson)
    with enter(alder):
        assert FacultyQuestion.objects.count() == 1
    assert OutboxRow.objects.filter(kind="faculty_asked").count() == 1


@pytest.mark.parametrize(("words", "says"), [("  ", "Write your question first"), ("x" * 2001, "under 2,000")])
@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_question_that_cannot_be_sent_keeps_its_words(client, alder, lesson, leader, words, says, headers):
    answer = ask(client, alder, lesson, words, **headers)
    assert answer.status_code == 422
    assert says in text(answer)
    assert words.strip() in text(answer)


def test_sixth_waiting_question_is_refused(client, alder, lesson, leader):
    for number in range(5):
        ask(client, alder, lesson, f"Question {number}?")
    assert "wait already" in text(ask(client, alder, lesson, "One more?"))


def test_question_can_be_asked_of_a_module(client, alder, lesson, leader, cohort):
    module = first_module(cohort)
    url = reverse("cohorts_practice:ask_about_module", args=[alder.slug, module.pk])
    assert client.post(url, {"question": ""}).status_code == 422
    assert client.post(url, {"question": "Why?"}).status_code == 302
    assert "Why?" in text(client.get(reverse("cohorts_practice:module", args=[alder.slug, module.pk])))


def test_answer_reaches_the_leader(client, alder, lesson, question, faculty, leader):
    answer = signed_in(faculty).post(answer_url(alder, question), {"answer": "Call the editor.\nAt once."})

    assert answer.status_code == 302
    held = again(alder, question)
    assert (held.answer, held.answered_by_name) == ("Call the editor.\nAt once.", faculty.name)
    assert "Call the editor." in page_of(client, alder, lesson)
    (letter,) = mails("faculty_answered")
    assert letter.to == leader.person.user.email
    assert letter.button[1].endswith("#questions")
    assert PageAnswer.objects.count() == 0
    assert "Nothing waits" in text(signed_in(faculty).get(LIST))


def test_second_answer_changes_nothing(alder, lesson, question, faculty, staff):
    signed_in(faculty).post(answer_url(alder, question), {"answer": "First."})
    late = signed_in(staff).post(answer_url(alder, question), {"answer": "Second."}, follow=True)
    assert f"{faculty.name} answered meanwhile, so yours was not sent." in text(late)
    assert again(alder, question).answer == "First."
    assert OutboxRow.objects.filter(kind="faculty_answered").count() == 1


def test_question_is_taken_to_a_session_of_the_faculty(client, alder, lesson, question, faculty, cohort):
    mine = make_session(cohort, "Office hours", NOON + dt.timedelta(days=7))
    mine.faculty.add(faculty)
    other = make_session(cohort, "Not theirs", NOON + dt.timedelta(days=8))
    visitor = signed_in(faculty)

    form = text(visitor.get(answer_url(alder, question)))
    assert "Office hours" in form
    assert "Not theirs" not in form
    assert visitor.post(answer_url(alder, question), {"taken_to": str(other.pk)}).status_code == 422
    assert visitor.post(answer_url(alder, question), {"taken_to": str(mine.pk)}).status_code == 302

    page = page_of(client, alder, lesson)
    assert f"{faculty.name} takes this to" in page
    assert "Office hours" in page


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Write an answer first."),
        ({"answer": "x" * 4001}, "4000"),
        ({"show": "on", "answer": "Yes.", "shown_as": ""}, "words that name nobody"),
        ({"show": "on", "shown_as": "Why?"}, "Write an answer"),
    ],
)
def test_answer_that_cannot_be_sent_says_why(alder, lesson, question, faculty, form, says):
    answer = signed_in(faculty).post(answer_url(alder, question), form)
    assert answer.status_code == 422
    assert says in text(answer)
    assert again(alder, question).answered_at is None
    assert PageAnswer.objects.count() == 0


def test_answer_for_everybody_names_nobody(client, alder, birch, lesson, question, faculty, leader, cohort):
    form = {"answer": "Call the editor.", "show": "on", "shown_as": "What if a report is wrong?"}
    signed_in(faculty).post(answer_url(alder, question), form)
    peer = signed_in(make_leader(birch, cohort, "Joaquin Baca").person.user)

    page = page_of(peer, birch, lesson)
    assert "What if a report is wrong?" in page
    assert "Call the editor." in page
    assert leader.person.user.name not in page
    assert "reporter who has it wrong" not in page

    shown = PageAnswer.objects.get()
    withdraw = f"{LIST}shown/{shown.pk}/withdraw/"
    stranger = make_user("other@network.example", "Other Faculty")
    grant_network_role(user=stranger, role="faculty")
    assert signed_in(stranger).post(withdraw).status_code == 404
    assert signed_in(faculty).post(withdraw).status_code == 302
    assert "What if a report is wrong?" not in page_of(peer, birch, lesson)


def test_question_is_read_by_whom_it_is_addressed_to(alder, birch, lesson, question, staff, manager, advisor, cohort):
    stranger = make_user("other@network.example", "Other Faculty")
    grant_network_role(user=stranger, role="faculty")
    assert signed_in(stranger).get(answer_url(alder, question)).status_code == 404
    assert WORDS[:10] not in text(signed_in(stranger).get(LIST))
    for user in (manager, advisor, make_leader(birch, cohort, "Joaquin Baca").person.user):
        assert signed_in(user).get(LIST).status_code == 403
        assert signed_in(user).get(answer_url(alder, question)).status_code == 403
    assert "How do you" in text(signed_in(staff).get(LIST))
    assert signed_in(staff).get(f"{LIST}{birch.slug}/{question.pk}/").status_code == 404


def test_staff_who_open_a_question_are_logged(alder, lesson, question, staff, faculty):
    signed_in(staff).get(answer_url(alder, question))
    signed_in(faculty).get(answer_url(alder, question))
    with enter(alder):
        assert [entry.viewer_name for entry in AccessLogEntry.objects.all()] == [staff.name]


def test_question_without_faculty_waits_for_staff(client, alder, cohort, leader, staff):
    lesson = lessons(first_module(cohort))[0]
    ask(client, alder, lesson)
    assert OutboxRow.objects.filter(kind="faculty_asked").count() == 0
    assert "1 waits for an answer" in text(signed_in(staff).get(LIST))


def test_former_faculty_is_asked_nothing(client, alder, lesson, leader, faculty):
    ask(client, alder, lesson)
    end_network_role(user=faculty, role="faculty")
    assert mails("faculty_asked") == []


def test_waiting_question_is_taken_back_by_its_author_alone(client, alder, lesson, question, cohort, faculty):
    url = reverse("cohorts_practice:take_question_back", args=[alder.slug, question.pk])
    assert signed_in(make_leader(alder, cohort, "Joaquin Baca").person.user).post(url).status_code == 404
    assert client.post(url).status_code == 302
    with enter(alder):
        assert FacultyQuestion.objects.count() == 0
    assert mails("faculty_asked") == []


def test_answered_question_stays(client, alder, lesson, question, faculty):
    signed_in(faculty).post(answer_url(alder, question), {"answer": "Yes."})
    client.post(reverse("cohorts_practice:take_question_back", args=[alder.slug, question.pk]))
    assert again(alder, question).answer == "Yes."


def reflect(client, alder, lesson, **form):
    url = reverse("cohorts_practice:reflect", args=[alder.slug, lesson.pk, PROMPT])
    return client.post(url, {"text": "We speak too late.", **form})


def test_reflection_is_private_unless_it_is_shared(client, alder, lesson, leader, faculty, staff):
    reflect(client, alder, lesson)
    assert "Only you can read this." in page_of(client, alder, lesson)
    assert "We speak too late." not in text(signed_in(faculty).get(LIST))

    reflect(client, alder, lesson, shared="on")
    assert f"You and {faculty.name} can read this." in page_of(client, alder, lesson)
    assert "We speak too late." in text(signed_in(faculty).get(LIST))
    assert "We speak too late." not in text(signed_in(staff).get(LIST))

    reflect(client, alder, lesson)
    assert "We speak too late." not in text(signed_in(faculty).get(LIST))
    with enter(alder):
        assert Reflection.objects.get().shared_with == []


def test_list_asks_the_same_of_one_question_and_of_three(client, alder, lesson, leader, faculty):
    visitor = signed_in(faculty)
    ask(client, alder, lesson, "One?")
    with count_queries() as one:
        visitor.get(LIST)
    for number in range(2):
        ask(client, alder, lesson, f"More {number}?")
    with count_queries() as three:
        visitor.get(LIST)
    assert len(one) == len(three)
