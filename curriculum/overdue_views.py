"""The report of modules past or near their review date, among Wagtail's reports.

Wagtail's own export leaves a CSV's formulas as they are and streams it from the database, so it is not used.
"""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from curriculum.overdue import SOON, Row, due_for_review
from lms import clock
from lms.ui.csv_file import csv_file
from lms.ui.forms import PlainWords
from lms.ui.xlsx_file import XLSX, xlsx_file

NAME = "review_dates"
HEADER = (
    "Module",
    "Review by",
    "Days left",
    "Last published",
    "Owner",
    "Faculty",
    "Leaders part-way",
    "Leaders completed",
    "Address",
)


class ShownForm(PlainWords, forms.Form):
    """Which modules; what is none of the choices means the first."""

    show = forms.ChoiceField(
        choices=[
            ("", f"Past, or within {SOON} days"),
            ("0", "Past"),
            ("30", "Past, or within 30 days"),
            ("90", "Past, or within 90 days"),
            ("180", "Past, or within 180 days"),
            ("all", "All that have a date"),
        ],
        required=False,
        label="Review",
    )

    @property
    def within(self) -> int | None:
        shown = self.cleaned_data["show"] if self.is_valid() else ""
        return None if shown == "all" else int(shown or SOON)


@require_safe
def review_dates(request):
    """Past first, then the nearest. With ?export=csv or xlsx the same rows as a file."""
    form = ShownForm(request.GET)
    rows = due_for_review(clock.today(request.user.time_zone), within=form.within)
    match request.GET.get("export"):
        case "csv":
            return _download(csv_file(HEADER, map(_values, rows)), "text/csv; charset=utf-8", "csv")
        case "xlsx":
            return _download(xlsx_file(HEADER, map(_values, rows), title="Review dates"), XLSX, "xlsx")
    chosen = request.GET.get("show", "") if form.is_valid() else ""
    context = {"rows": rows, "form": form, "chosen": chosen, "past": sum(row.is_past for row in rows)}
    return render(request, "curriculum/review_dates.html", context)


def _values(row: Row) -> list:
    published = row.module.last_published_at
    return [
        row.module.title,
        row.review_by,
        row.days,
        published.date() if published else None,
        row.owner,
        ", ".join(row.faculty),
        row.reach.part_way,
        row.reach.completed,
        row.module.full_url or "",
    ]


def _download(content: bytes, kind: str, ending: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="review-dates.{ending}"'}
    )


def admin_urls():
    return [path("reports/review-dates/", review_dates, name=NAME)]


def menu_item():
    return MenuItem("Review dates", reverse(NAME), name="review-dates", icon_name="calendar-check", order=1100)
