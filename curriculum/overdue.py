"""Modules past or near the day on which the advisory group looks at them again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from curriculum.impact import Reach, reach_of
from curriculum.models import ModulePage

SOON = 60  # days


@dataclass(frozen=True)
class Row:
    """One module. `days` until its review is due, negative once that has passed."""

    module: ModulePage
    review_by: dt.date
    days: int
    owner: str
    faculty: list[str]
    reach: Reach

    @property
    def is_past(self) -> bool:
        return self.days < 0

    @property
    def days_past(self) -> int:
        return max(0, -self.days)


def past_review(today: dt.date) -> int:
    """How many published modules are past their review date. One query."""
    return ModulePage.objects.live().filter(review_by__lt=today).count()


def due_for_review(today: dt.date, *, within: int | None) -> list[Row]:
    """The published modules whose review is due within so many days, past ones first; None for all that have a day.

    Drafts and retired modules are read by nobody. The same queries for one row as for many.
    """
    found = ModulePage.objects.live().exclude(review_by=None).select_related("owner").order_by("review_by", "path")
    if within is not None:
        found = found.filter(review_by__lt=today + dt.timedelta(days=within))
    modules = list(found.prefetch_related("faculty__user"))
    return list(_rows(modules, today))


def _rows(modules: list[ModulePage], today: dt.date) -> Iterable[Row]:
    pages: list[Page] = list(modules)
    reach = reach_of(pages)
    for module in modules:
        if module.review_by is not None:
            yield Row(
                module=module,
                review_by=module.review_by,
                days=(module.review_by - today).days,
                owner=module.owner.name if module.owner else "",
                faculty=[member.user.name for member in module.faculty.all()],
                reach=reach[module.pk],
            )
