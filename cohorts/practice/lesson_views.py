"""Modules and lessons as a leader reads them: progress around curriculum's body."""

import uuid
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cohorts.practice import asking, checking, learning
from cohorts.practice.asking_panel import TEMPLATE as QUESTIONS
from cohorts.practice.asking_panel import questions_panel
from cohorts.practice.changed_lessons import look_at_changes, standing_completion, unseen_changes
from cohorts.practice.check_form import read_sent
from cohorts.practice.check_panel import panels_of, reflection_panel, reflections_of
from cohorts.practice.course import Course, CourseLesson, course_of
from cohorts.practice.enums import EnrollmentState
from cohorts.practice.loading import Leader, leader_of, plan_of, stand
from cohorts.practice.models import Enrollment, FacultyQuestion, PageRecord
from cohorts.practice.picture import timeline_item
from cohorts.practice.queries import enrollments_here
from cohorts.practice.standing import Item, Standing
from cohorts.practice.stopping import last_stop
from curriculum.models import LessonPage, ModulePage
from lms.practices.access import admits

FINISH = "cohorts/practice/includes/finish.html"


@dataclass(frozen=True)
class Reading:
    """A module that is in the plan of one of the visitor's enrollments, and how it stands."""

    enrollment: Enrollment
    leader: Leader
    standing: Standing
    item: Item
    course: Course


def _reading(request, module_id: int) -> Reading:
    """The visitor's reading of a live module that is in their plan, open or not. Or 404."""
    module = ModulePage.objects.live().filter(pk=module_id).first() if module_id < 2**31 else None
    if module is None:
        raise Http404("No such module.")
    for enrollment in enrollments_here(request):
        if enrollment.state == EnrollmentState.WITHDRAWN:
            continue
        plan = plan_of(enrollment.cohort)
        if any(asked.module_id == module_id for asked in plan.asked):
            leader = leader_of(enrollment)
            standing = stand(leader, plan)
            item = standing.item_of_module(module_id)
            assert item is not None
            return Reading(enrollment, leader, standing, item, course_of(module, leader.facts))
    raise Http404("This module is in no plan of the visitor.")


def _lesson(request, page_id: int) -> tuple[Reading, CourseLesson]:
    """A live lesson of a module in the visitor's plan. Or 404."""
    page = LessonPage.objects.live().filter(pk=page_id).first() if page_id < 2**31 else None
    if page is None:
        raise Http404("No such lesson.")
    reading = _reading(request, page.get_parent().pk)
    lesson = reading.course.of_page(page_id)
    if lesson is None:
        raise Http404("No such lesson.")
    return reading, lesson


def _closed(reading: Reading) -> bool:
    return not reading.item.is_open and reading.standing.today < reading.item.opens_on


@admits("leader")
def modules(request, practice):
    """Every module of the leader's plan, year by year."""
    years: dict[int, list[dict]] = {}
    for enrollment in enrollments_here(request):
        if enrollment.state == EnrollmentState.WITHDRAWN:
            continue
        standing = stand(leader_of(enrollment), plan_of(enrollment.cohort))
        for item in standing.modules:
            row = timeline_item(item, practice, request.user.time_zone, standing.today)
            years.setdefault(item.asked.year, []).append(row)
    listed = sorted(years.items())
    return render(request, "cohorts/practice/modules.html", {"practice": practice, "years": listed})


@admits("leader")
def module(request, practice, page):
    """One module: what it is for, its lessons, and when it opens."""
    return _draw_module(request, practice, _reading(request, page))


def _draw_module(request, practice, reading, *, asked=None, status=200):
    module, closed = reading.course.module, _closed(reading)
    unfinished = [] if closed else [row.page.pk for row in reading.course.lessons if not row.is_done]
    return render(
        request,
        "cohorts/practice/module.html",
        {
            "practice": practice,
            "reading": reading,
            "module": module,
            "closed": closed,
            "stop": last_stop(reading.enrollment.person, unfinished),
            "faculty": module.faculty.select_related("user"),
            **(asked or questions_panel(reading.enrollment, module)),
        },
        status=status,
    )


@never_cache  # Going back shows the check as it was answered, not as it was before.
@admits("leader")
def lesson(request, practice, page):
    """Read a lesson, with its check and reflections."""
    reading, current = _lesson(request, page)
    if _closed(reading):
        return redirect("cohorts_practice:module", practice.slug, reading.course.module.pk)
    before = PageRecord.objects.filter(person=reading.enrollment.person_id, page=page).first()
    record = learning.open_page(person=reading.enrollment.person, page=current.page)
    place = before.place if before else ""
    return _draw(request, practice, reading, current, record, place=place)


def _draw(request, practice, reading, current, record, *, place="", status=200, sent=None, reflected=None, asked=None):
    reflections = reflections_of(current.page, record, reading.course.module)
    if reflected:
        reflections[reflected["block_id"]] = reflected
    panels = panels_of(current.page, record, sent)
    completion = standing_completion(record) if current.is_done else None
    headings = {block.id for block in current.page.body if block.block_type == "heading"}
    return render(
        request,
        "cohorts/practice/lesson.html",
        {
            "practice": practice,
            "reading": reading,
            "item": reading.item,
            "lesson": current.page,
            **_ending(reading, current, panels),
            "completion": completion,
            "changes": unseen_changes(completion, current.page.pk) if completion else [],
            "check_panels": panels,
            "reflection_panels": reflections,
            "place": place if place in headings and not current.is_done else "",
            **(asked or questions_panel(reading.enrollment, current.page)),
        },
        status=status,
    )


def _ending(reading, current, panels) -> dict:
    """What includes/finish.html draws: the way on from this lesson, and whether a check stands before it."""
    return {
        "course": reading.course,
        "current": current,
        "following": reading.course.after(current),
        "waits": any(panel["passed"] is None for panel in panels.values()),
    }


@require_POST
@admits("leader")
def complete(request, practice, page):
    """Mark a lesson complete, and lead on."""
    reading, current = _lesson(request, page)
    try:
        learning.complete_lesson(enrollment=reading.enrollment, lesson=current.page)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("cohorts_practice:lesson", practice.slug, page)
    left = [other for other in reading.course.lessons if not other.is_done and other.page.pk != page]
    if not left:
        messages.success(request, f"You completed {reading.course.module.title}.")
        return redirect("cohorts_practice:module", practice.slug, reading.course.module.pk)
    following = reading.course.after(current)
    onward = following if following is not None and not following.is_done else left[0]
    messages.success(request, f"Lesson {current.number} is complete.")
    return redirect("cohorts_practice:lesson", practice.slug, onward.page.pk)


@require_POST
@admits("leader")
def looked(request, practice, page):
    """The leader has looked at what changed since they completed the lesson; or at least wants to see it no more."""
    reading, current = _lesson(request, page)
    try:
        change = uuid.UUID(request.POST.get("change", ""))
    except ValueError:
        change = None
    record = PageRecord.objects.filter(person=reading.enrollment.person_id, page=current.page.pk).first()
    if change and record and look_at_changes(record=record, change_id=change):
        messages.success(request, "Noted. What you completed stays as it was.")
    return redirect("cohorts_practice:lesson", practice.slug, page)


@require_POST
@admits("leader")
def answer_check(request, practice, page, check):
    """Grade one try at a check: with htmx the check alone comes back, else the whole page at the check."""
    reading, current = _lesson(request, page)
    sent = read_sent(check, request.POST)
    refused = None
    try:
        checking.submit_check(
            enrollment=reading.enrollment,
            lesson=current.page,
            check_id=check,
            chosen=sent.chosen,
            number=sent.number,
            shown=sent.shown,
        )
    except ValidationError as refusal:
        if refusal.code == "gone":
            raise Http404("No such check.") from refusal
        refused = replace(sent, error=" ".join(refusal.messages), shows_faults=refusal.code == "faults")
    record = learning.open_page(person=reading.enrollment.person, page=current.page)
    if request.htmx:
        panels = panels_of(current.page, record, refused)
        context = {**_ending(reading, current, panels), "practice": practice, "lesson": current.page}
        panel = panels[str(check)]
        answer = render(request, panel["template"], {**context, **panel}, status=422 if refused else 200)
        if not refused:
            answer.write(render_to_string(FINISH, {**context, "swaps_itself": True}, request))
        return answer
    if refused:
        return _draw(request, practice, reading, current, record, status=422, sent=refused)
    return redirect(reverse("cohorts_practice:lesson", args=[practice.slug, page]) + f"#check-{check}")


@require_POST
@admits("leader")
def ask_attempts(request, practice, page):
    """Ask program staff for more attempts."""
    reading, current = _lesson(request, page)
    checking.ask_for_attempts(enrollment=reading.enrollment, lesson=current.page)
    messages.success(request, "Program staff see your request. The check opens again here when they grant it.")
    return redirect("cohorts_practice:lesson", practice.slug, page)


@require_POST
@admits("leader")
def reflect(request, practice, page, block):
    """Save what the leader wrote under a prompt; only they can read it."""
    reading, current = _lesson(request, page)
    prompt = next((b.value["prompt"] for b in current.page.body if b.id == str(block)), None)
    if prompt is None:
        raise Http404("No such prompt.")
    text, panel = request.POST.get("text", ""), None
    faculty = asking.faculty_of(reading.course.module)
    try:
        saved = learning.save_reflection(enrollment=reading.enrollment, lesson=current.page, block_id=block, text=text)
        shared = [user.pk for user in faculty] if "shared" in request.POST else []
        learning.share_reflection(reflection=saved, faculty=shared)
    except ValidationError as refusal:
        panel = reflection_panel(
            prompt, block, None, faculty, text=text, shared="shared" in request.POST, error=" ".join(refusal.messages)
        )
    if request.htmx:
        shown = panel or reflection_panel(prompt, block, saved, faculty)
        context = {**shown, "practice": practice, "lesson": current.page}
        return render(request, shown["template"], context, status=422 if panel else 200)
    if panel:
        record = learning.open_page(person=reading.enrollment.person, page=current.page)
        return _draw(request, practice, reading, current, record, status=422, reflected=panel)
    readers = "You and the module’s faculty can read it." if saved.shared_with else "Only you can read it."
    messages.success(request, f"Saved. {readers}")
    return redirect(reverse("cohorts_practice:lesson", args=[practice.slug, page]) + f"#reflect-{block}")


@require_POST
@admits("leader")
def keep_place(request, practice, page):
    """Remember the heading that was last on the screen. Sent by the page itself while one reads."""
    reading, current = _lesson(request, page)
    place = request.POST.get("place", "")
    if any(block.block_type == "heading" and block.id == place for block in current.page.body):
        learning.save_place(person=reading.enrollment.person, page=current.page, place=place)
    return HttpResponse(status=204)


@require_POST
@admits("leader")
def ask_about_lesson(request, practice, page):
    """Ask the module's faculty about a lesson."""
    reading, current = _lesson(request, page)
    panel = _ask(request, practice, reading.enrollment, current.page)
    if request.htmx:
        return render(request, QUESTIONS, {**panel, "practice": practice}, status=_status(panel))
    if panel["question_error"]:
        record = learning.open_page(person=reading.enrollment.person, page=current.page)
        return _draw(request, practice, reading, current, record, status=422, asked=panel)
    messages.success(request, "Your question is sent. You get a mail when it is answered.")
    return redirect(reverse("cohorts_practice:lesson", args=[practice.slug, page]) + "#questions")


@require_POST
@admits("leader")
def ask_about_module(request, practice, page):
    """Ask the module's faculty about the module."""
    reading = _reading(request, page)
    panel = _ask(request, practice, reading.enrollment, reading.course.module)
    if request.htmx:
        return render(request, QUESTIONS, {**panel, "practice": practice}, status=_status(panel))
    if panel["question_error"]:
        return _draw_module(request, practice, reading, asked=panel, status=422)
    messages.success(request, "Your question is sent. You get a mail when it is answered.")
    return redirect(reverse("cohorts_practice:module", args=[practice.slug, page]) + "#questions")


def _ask(request, practice, enrollment, page) -> dict:
    """The panel after the question in the request was asked, or refused with its words kept."""
    text = request.POST.get("question", "")
    try:
        asking.ask_faculty(practice=practice, enrollment=enrollment, page=page, text=text)
    except ValidationError as refusal:
        return questions_panel(enrollment, page, text=text, error=" ".join(refusal.messages))
    return questions_panel(enrollment, page, sent=True)


def _status(panel: dict) -> int:
    return 422 if panel["question_error"] else 200


@require_POST
@admits("leader")
def take_question_back(request, practice, faculty_question):
    """Take back a question that waits. Only whoever asked it can."""
    mine = FacultyQuestion.objects.filter(record__person__user=request.user).select_related("record")
    found = get_object_or_404(mine, pk=faculty_question)
    try:
        asking.take_question_back(question=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Your question is taken back.")
    page = found.record.page_id
    name = "lesson" if LessonPage.objects.filter(pk=page).exists() else "module"
    return redirect(reverse(f"cohorts_practice:{name}", args=[practice.slug, page]) + "#questions")
