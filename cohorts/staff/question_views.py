"""What leaders asked: for the faculty whom they asked, and for program staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from cohorts.network.models import PageAnswer
from cohorts.practice.asking import answer_question, withdraw_page_answer
from cohorts.practice.models import Enrollment, FacultyQuestion
from cohorts.practice.nomination_forms import take_errors
from cohorts.staff.asked import questions_for, reflections_for, sessions_to_take_it_to
from cohorts.staff.forms import AnswerForm
from lms.accounts.queries import is_faculty, is_staff
from lms.people.actions import record_access
from lms.practices.access import admits
from lms.practices.models import Practice
from lms.practices.schema import enter


@admits("faculty", "staff")
@require_safe
def questions(request):
    """Questions that wait, those answered, what stands with pages, and for faculty the reflections shared with them."""
    rows = questions_for(request.user)
    shown = PageAnswer.objects.filter(withdrawn_at=None).select_related("page", "by").order_by("-at")
    context = {
        "waiting": [row for row in rows if not row["answered_at"]],
        "answered": [row for row in reversed(rows) if row["answered_at"]],
        "shown": shown if is_staff(request.user) else shown.filter(by=request.user),
        "reflections": reflections_for(request.user) if is_faculty(request.user) else [],
        "reads_all": is_staff(request.user),
    }
    return render(request, "cohorts/staff/questions.html", context)


@admits("faculty", "staff")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, asked_in, faculty_question):
    """One question, and its answer: in words, in a session, or with the page for everybody.

    Faculty belong to no practice, so the leader's is entered here, for this one question that was put to them.
    """
    practice = get_object_or_404(Practice, slug=asked_in)
    with enter(practice):
        return _question(request, practice, faculty_question)


def _question(request, practice, faculty_question):
    asked = FacultyQuestion.objects.select_related("record__person__user")
    found = get_object_or_404(asked, pk=faculty_question)
    if not is_staff(request.user) and str(request.user.pk) not in found.asked:
        raise Http404("Not asked of this user.")
    person = found.record.person
    if str(request.user.pk) not in found.asked:
        record_access(person=person, viewer=request.user, role="Program staff", what="A question to faculty")
    cohorts = Enrollment.objects.filter(person=person).values_list("nomination__cohort", flat=True)
    sessions = sessions_to_take_it_to(request.user, list(cohorts))
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, sessions=sessions, initial={"shown_as": found.text[:600]})
    if request.method == "POST" and form.is_valid():
        try:
            done = answer_question(practice=practice, question=found, by=request.user, **form.values())
        except ValidationError as error:
            take_errors(form, error)
        else:
            if done.answered_by_id == request.user.pk:
                messages.success(request, f"{person.user.name} gets your answer by mail.")
            else:
                messages.info(request, f"{done.answered_by_name} answered meanwhile, so yours was not sent.")
            return redirect("cohorts_staff:questions")
    context = {
        "practice": practice,
        "question": found,
        "who": person.user,
        "page": Page.objects.get(pk=found.record.page_id),
        "form": form,
    }
    return render(request, "cohorts/staff/question.html", context, status=422 if form.errors else 200)


@admits("faculty", "staff")
@require_POST
def withdraw_answer(request, page_answer):
    """Take an answer off its page: whoever gave it, or staff."""
    mine = PageAnswer.objects.all() if is_staff(request.user) else PageAnswer.objects.filter(by=request.user)
    withdraw_page_answer(answer=get_object_or_404(mine, pk=page_answer))
    messages.success(request, "The answer no longer stands with the page.")
    return redirect("cohorts_staff:questions")
