"""A bank in the CMS: its questions, its import in two steps, its export, and the way into a lesson."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.banks import actions
from curriculum.banks.carrying import gift_of
from curriculum.banks.forms import AgreementForm, GiftFileForm, IntoLessonForm
from curriculum.banks.gift import read_gift, write_gift
from curriculum.banks.models import GiftImport, QuestionBank
from curriculum.banks.permissions import keeps_banks
from curriculum.banks.queries import checks_to_fill, with_their_match
from curriculum.models import LessonPage

ON_A_PAGE = 50


@require_safe
def bank(request, bank):
    return _bank_page(request, _bank(request, bank))


@require_http_methods(["GET", "HEAD", "POST"])
def import_gift(request, bank):
    """Choose a file. What it holds is shown next, and imported only from there."""
    found = _bank(request, bank)
    form = GiftFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            gift = actions.begin_import(bank=found, file_name=file.name, data=file.read(), by=request.user)
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect("question_banks:review", found.pk, gift.pk)
    context = {"form": form, **_furniture("Import questions", found)}
    return render(request, "curriculum/banks/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, bank, gift):
    """What an uploaded file holds, and what would become of it."""
    found = _bank(request, bank)
    gift = get_object_or_404(GiftImport, pk=gift, bank=found)
    if gift.done_at:
        messages.info(request, f"“{gift.file_name}” is imported. {gift.outcome}")
        return redirect(found)
    file = read_gift(gift.text)
    rows = list(with_their_match(found, file.questions))
    repeated = sum(match is not None for _, match in rows)
    sent = request.POST if request.method == "POST" else None
    form = AgreementForm(sent, repeated=repeated, troubles=len(file.troubles))
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.finish_import(gift=gift, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, done.outcome)
            return redirect(found)
    context = {
        "gift": gift,
        "file": file,
        "rows": rows,
        "repeated": repeated,
        "form": form,
        **_furniture(f"Import “{gift.file_name}”", found),
    }
    return render(request, "curriculum/banks/review.html", context, status=422 if form.errors else 200)


@require_POST
def cancel(request, bank, gift):
    found = _bank(request, bank)
    actions.cancel_import(gift=get_object_or_404(GiftImport, pk=gift, bank=found))
    messages.info(request, "Nothing was imported.")
    return redirect(found)


@require_safe
def export(request, bank):
    """What the file will hold, and what it will not, before it is taken."""
    found = _bank(request, bank)
    written = write_gift(map(gift_of, found.questions.all()))
    context = {"written": written, "bank": found, **_furniture("Export questions", found)}
    return render(request, "curriculum/banks/export.html", context)


@require_safe
def gift_file(request, bank):
    found = _bank(request, bank)
    written = write_gift(map(gift_of, found.questions.all()))
    response = HttpResponse(written.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(found.name) or "questions"}.gift"'
    return response


@require_POST
def into_lesson(request, bank):
    """Copy marked questions into a lesson's check, as a draft by whoever does it."""
    found = _bank(request, bank)
    form = IntoLessonForm(request.POST, bank=found, checks=checks_to_fill())
    if form.is_valid():
        page, _, check = form.cleaned_data["check"].partition("/")
        lesson = get_object_or_404(LessonPage, pk=page)
        if (
            not lesson.permissions_for_user(request.user).can_edit()
            or lesson.permissions_for_user(request.user).page_locked()
        ):
            form.add_error("check", "This lesson is locked, or is being reviewed. Choose another.")
        else:
            try:
                actions.copy_into_check(
                    questions=list(form.cleaned_data["questions"]), lesson=lesson, check_id=check, by=request.user
                )
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, "The questions are in the lesson’s draft. Read it, then send it for review.")
                return redirect("wagtailadmin_pages:edit", lesson.pk)
    return _bank_page(request, found, form)


def _bank(request, bank) -> QuestionBank:
    if not keeps_banks(request.user):
        raise PermissionDenied
    return get_object_or_404(QuestionBank, pk=bank)


def _bank_page(request, bank: QuestionBank, form: IntoLessonForm | None = None):
    questions = Paginator(bank.questions.all(), ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "bank": bank,
        "questions": questions,
        "form": form or IntoLessonForm(bank=bank, checks=checks_to_fill()),
        "marked": set(request.POST.getlist("questions")),
        **_furniture(bank.name),
    }
    return render(request, "curriculum/banks/bank.html", context, status=422 if form else 200)


def _furniture(title: str, bank: QuestionBank | None = None) -> dict:
    """What the frame of the CMS shows: title, and the way back."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("question_bank:index"), "label": "Question banks"},
    ]
    if bank:
        crumbs.append({"url": bank.get_absolute_url(), "label": bank.name})
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "help",
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
    }
