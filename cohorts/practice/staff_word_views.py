"""What program staff decide about one leader, from the leader's page: rulings, more attempts, leave, withdrawal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cohorts.network.models import Requirement
from cohorts.practice import checking, enrolling
from cohorts.practice.forms import PauseForm, RulingForm, WithdrawRulingForm
from cohorts.practice.leadership_views import draw_leader, leader_here, rulable
from cohorts.practice.loading import standing_of
from cohorts.practice.models import Enrollment, PageRecord, Ruling
from cohorts.practice.nomination_forms import take_errors
from lms.practices.access import admits


def _back(practice, enrollment: Enrollment):
    return redirect("cohorts_practice:leader", practice.slug, enrollment.pk)


@require_POST
@admits("staff")
def add_ruling(request, practice, enrollment):
    """Excuse the leader from a requirement, or extend it."""
    enrollment = leader_here(enrollment)
    form = RulingForm(request.POST, choices=rulable(standing_of(enrollment)))
    if form.is_valid():
        given = form.cleaned_data
        requirement = Requirement.objects.select_related("cohort_session").get(pk=given["requirement"])
        try:
            enrolling.rule(
                enrollment=enrollment,
                requirement=requirement,
                kind=given["kind"],
                until=given["until"],
                reason=given["reason"],
                by=request.user,
            )
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, f"Recorded for {requirement.title}. The leader reads why.")
            return _back(practice, enrollment)
    return draw_leader(request, practice, enrollment, staff=True, ruling_form=form)


@require_POST
@admits("staff")
def take_ruling_back(request, practice, enrollment, ruling):
    """Withdraw a ruling, with the reason."""
    enrollment = leader_here(enrollment)
    held = Ruling.objects.filter(pk=ruling, enrollment=enrollment).first()
    if held is None:
        raise Http404("No such ruling of this leader.")
    held.enrollment = enrollment
    form = WithdrawRulingForm(request.POST)
    if form.is_valid():
        enrolling.withdraw_ruling(ruling=held, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, "Taken back. It stays on record, marked withdrawn.")
        return _back(practice, enrollment)
    return draw_leader(request, practice, enrollment, staff=True, withdraw_form=form, withdraw_target=held.pk)


@require_POST
@admits("staff")
def grant(request, practice, enrollment, record):
    """Give the leader more attempts at a lesson's check."""
    enrollment = leader_here(enrollment)
    held = PageRecord.objects.filter(pk=record, person=enrollment.person_id).first()
    if held is None:
        raise Http404("No such record of this leader.")
    checking.grant_attempts(record=held, by=request.user)
    messages.success(request, f"{checking.GRANTED} more attempts granted.")
    return _back(practice, enrollment)


@require_POST
@admits("staff")
def pause(request, practice, enrollment):
    """Begin a leave."""
    enrollment = leader_here(enrollment)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            enrolling.pause_enrollment(enrollment=enrollment, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, "Paused. Due days move by each day of the leave.")
            return _back(practice, enrollment)
    return draw_leader(request, practice, enrollment, staff=True, pause_form=form)


@require_POST
@admits("staff")
def resume(request, practice, enrollment):
    """End the leave today."""
    enrollment = leader_here(enrollment)
    enrolling.resume_enrollment(enrollment=enrollment)
    messages.success(request, "Resumed. Due days hold as shown here.")
    return _back(practice, enrollment)


@require_POST
@admits("staff")
def withdraw(request, practice, enrollment):
    """End the leader's part before the end of the program."""
    enrollment = leader_here(enrollment)
    try:
        enrolling.withdraw_enrollment(enrollment=enrollment)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Withdrawn. What was done stays on record.")
    return _back(practice, enrollment)
