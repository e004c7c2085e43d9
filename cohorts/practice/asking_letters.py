"""Mails about a question to faculty: to those who were asked, and to the leader once it is answered."""

from django.urls import reverse
from wagtail.models import Page

from cohorts.practice.models import FacultyQuestion
from curriculum.models import LessonPage
from lms.accounts.models import User
from lms.accounts.queries import is_faculty
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.practices.schema import current_practice
from lms.ui.names import for_dr


@letter("faculty_asked")
def faculty_asked(ids: dict) -> Letter | None:
    found = _question(ids)
    user = User.objects.filter(pk=ids["user"], is_active=True).first()
    if found is None or found.answered_at or user is None or not is_faculty(user):
        return None
    title, practice = _title(found), current_practice()
    path = reverse("cohorts_staff:question", args=[practice.slug, found.pk])
    return Letter(
        to=user.email,
        subject=f"A question on {title}",
        paragraphs=[
            f"{for_dr(found.record.person.user.name)} of {practice.name} asks the faculty of “{title}”:",
            found.text,
            "Answer on the page behind the button, or take it to one of your sessions. One answer is enough.",
        ],
        why=f"You get this because you teach “{title}”, or the module that it belongs to.",
        button=("Answer the question", absolute(path)),
    )


@letter("faculty_answered")
def faculty_answered(ids: dict) -> Letter | None:
    found = _question(ids)
    if found is None or not found.answered_at:
        return None
    title, person = _title(found), found.record.person
    name = "lesson" if LessonPage.objects.filter(pk=found.record.page_id).exists() else "module"
    path = reverse(f"cohorts_practice:{name}", args=[current_practice().slug, found.record.page_id])
    said = [f"You asked on “{title}”:", found.text]
    if found.answer:
        said += [f"{found.answered_by_name} answers:", found.answer]
    if found.taken_to:
        said.append(f"{found.answered_by_name} takes it to “{found.taken_to_title}”. Its day is under Sessions.")
    return Letter(
        to=person.user.email,
        subject=f"Your question on {title}",
        paragraphs=said,
        why="You get this because you asked the module’s faculty.",
        button=("See it on the page", absolute(f"{path}#questions")),
        person=person,
    )


def _question(ids: dict) -> FacultyQuestion | None:
    """The question, unless the leader has taken it back."""
    return FacultyQuestion.objects.select_related("record__person__user").filter(pk=ids["question"]).first()


def _title(found: FacultyQuestion) -> str:
    return Page.objects.values_list("title", flat=True).get(pk=found.record.page_id)
