"""A leader's questions to a module's faculty: asked from a page, answered or taken to a session."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.network.models import CohortSession, PageAnswer
from cohorts.practice.learning import open_page, requirement_for
from cohorts.practice.models import Enrollment, FacultyQuestion, PageRecord
from curriculum.models import LessonPage, ModulePage
from lms import clock
from lms.accounts.enums import NetworkRole
from lms.outbox.actions import promise
from lms.practices.models import Practice

MOST_WAITING = 5  # per leader and page
LONGEST = {"question": 2000, "answer": 4000, "shown_as": 600}
EMPTY = {
    "question": "Write your question first.",
    "answer": "Write an answer, or take it to a session.",
    "shown_as": "Put the question in words that name nobody.",
}


def module_of(page: LessonPage | ModulePage) -> ModulePage:
    return page if isinstance(page, ModulePage) else ModulePage.objects.get(pk=page.get_parent().pk)


def faculty_of(module: ModulePage) -> list:
    """The users who teach the module and hold the faculty role now, in the page's order. One statement."""
    members = module.faculty.filter(
        user__network_roles__role=NetworkRole.FACULTY, user__network_roles__ended_at=None
    ).select_related("user")
    return [member.user for member in members]


@transaction.atomic
def ask_faculty(
    *, practice: Practice, enrollment: Enrollment, page: LessonPage | ModulePage, text: str
) -> FacultyQuestion:
    """Ask the faculty of the page's module, each of whom is mailed; without faculty, program staff answer.

    The same words sent twice are one question. Raises ValidationError, in words, for an empty or overlong text, for
    a module that is not open, and while five questions about the page wait.
    """
    module = module_of(page)
    requirement_for(enrollment=enrollment, module_id=module.pk)
    text = _checked("question", text)
    record = open_page(person=enrollment.person, page=page)
    PageRecord.objects.select_for_update().get(pk=record.pk)
    waiting = record.faculty_questions.filter(answered_at=None)
    same = waiting.filter(text=text).first()
    if same:
        return same
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(
            f"{MOST_WAITING} of your questions about this page wait already. Wait for an answer, or take one back."
        )
    faculty = faculty_of(module)
    question = record.faculty_questions.create(
        text=text, asked=[str(user.pk) for user in faculty], asked_at=clock.now()
    )
    for user in faculty:
        promise(
            kind="faculty_asked",
            ids={"question": str(question.pk), "user": str(user.pk)},
            practice=practice,
            key=f"faculty_asked:{question.pk}:{user.pk}",
        )
    return question


@transaction.atomic
def take_question_back(*, question: FacultyQuestion) -> None:
    """Remove a question that nobody has answered yet. Raises ValidationError for one that is answered."""
    held = FacultyQuestion.objects.select_for_update().get(pk=question.pk)
    if held.answered_at:
        raise ValidationError("It is answered already, so it stays on this page.")
    held.delete()


@transaction.atomic
def answer_question(
    *,
    practice: Practice,
    question: FacultyQuestion,
    by,
    answer: str = "",
    taken_to: CohortSession | None = None,
    shown_as: str = "",
) -> FacultyQuestion:
    """Answer in words, take it to a session, or both; the leader is mailed. `by` is a user. Again changes nothing.

    With `shown_as`, the question in words that name nobody, question and answer stand with the page for every
    leader. Raises ValidationError by field, in words.
    """
    held = FacultyQuestion.objects.select_for_update(of=("self",)).select_related("record").get(pk=question.pk)
    if held.answered_at:
        return held
    if answer.strip() or taken_to is None or shown_as.strip():
        answer = _checked("answer", answer)
    held.answer, held.answered_at = answer, clock.now()
    held.answered_by_id, held.answered_by_name = by.pk, by.name
    if taken_to is not None:
        held.taken_to, held.taken_to_title = taken_to.pk, taken_to.title
    held.save()
    if shown_as.strip():
        PageAnswer.objects.create(
            page_id=held.record.page_id,
            question=_checked("shown_as", shown_as),
            answer=answer,
            by=by,
            at=clock.now(),
        )
    promise(
        kind="faculty_answered",
        ids={"question": str(held.pk)},
        practice=practice,
        key=f"faculty_answered:{held.pk}",
    )
    return held


@transaction.atomic
def withdraw_page_answer(*, answer: PageAnswer) -> PageAnswer:
    """Show it no longer. The leader who asked keeps theirs."""
    if answer.withdrawn_at is None:
        answer.withdrawn_at = clock.now()
        answer.save(update_fields=["withdrawn_at"])
    return answer


def _checked(field: str, text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({field: EMPTY[field]})
    if len(text) > LONGEST[field]:
        raise ValidationError({field: f"Keep it under {LONGEST[field]:,} characters. Nothing was sent."})
    return text
