"""A program's page beside a cohort's plan, for program staff."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cohorts.network.differences import FIELDS, Difference
from cohorts.network.models import Cohort
from cohorts.network.plan import add_months
from cohorts.staff.plan_changes import apply_difference, compared, leave_difference
from lms.practices.access import admits
from lms.ui.dates import day


@admits("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def differences(request, cohort):
    """What the program's page says and this plan does not: applied or left, module by module."""
    found = get_object_or_404(Cohort.objects.select_related("program"), pk=cohort)
    error, at = "", None
    if request.method == "POST":
        try:
            at, planned = int(request.POST.get("module", "")), _planned(request.POST.get("planned", ""))
            if request.POST.get("do") == "leave":
                change = leave_difference(cohort=found, module_id=at, planned=planned, by=request.user)
                messages.success(request, f"{change.module.title}: this plan stays as it is.")
            else:
                change = apply_difference(cohort=found, module_id=at, planned=planned, by=request.user)
                messages.success(request, f"{change.module.title}: {change.get_step_display().lower()}.")
            return redirect("cohorts_staff:differences", found.pk)
        except ValueError:
            error = "Choose one of the differences below."
        except ValidationError as problem:
            error = " ".join(problem.messages)
    context = {
        "cohort": found,
        "rows": [_row(difference, touched) for difference, touched in compared(found)],
        "changes": found.plan_changes.select_related("module")[:20],
        "error": error,
        "at": at,
    }
    return render(request, "cohorts/staff/differences.html", context, status=422 if error else 200)


def _planned(text: str) -> dict:
    """What staff saw the page plan; anything else than such a value compares unequal, and is refused there."""
    read = json.loads(text[:500])
    return read if isinstance(read, dict) else {"unreadable": True}


def _row(found: Difference, touched) -> dict:
    return {
        "found": found,
        "touched": touched,
        "planned": json.dumps({name: found.planned[name] for name in FIELDS} if found.planned else {}),
        "page_says": _in_words(found.cohort, found.planned),
        "plan_says": _in_words(found.cohort, _now(found)),
    }


def _now(found: Difference) -> dict:
    return {name: getattr(found.requirement, name) for name in FIELDS} if found.requirement else {}


def _in_words(cohort: Cohort, fields: dict) -> str:
    if not fields:
        return "Not in it"
    opens = add_months(cohort.starts_on, fields["opens_months"])
    due = add_months(cohort.starts_on, fields["due_months"])
    asked = "required" if fields["required"] else "not required"
    return f"Year {fields['year']}, {asked}, opens {day(opens)}, due {day(due)}"
