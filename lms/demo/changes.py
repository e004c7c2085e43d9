"""What changed in the curriculum since leaders read it, and when the group looks at modules again."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from curriculum.enums import ChangeKind
from curriculum.models import LessonPage, ModulePage
from lms import clock
from lms.accounts.models import User
from lms.demo import cast, reviews
from lms.demo.calendar import Calendar


def lay_out(calendar: Calendar, advisors: Sequence[User], now: dt.datetime) -> None:
    """Add to the calendar one substantial change, a minor one, and two review dates. `advisors` as in reviews."""
    _, reviewer, author = advisors
    plan = cast.read("changes.toml")
    for kind in ChangeKind:
        facts = plan[kind]
        calendar.add(now - dt.timedelta(days=facts["days"]), partial(_change_lesson, kind, facts, author, reviewer))
    for facts in plan["dates"]:
        calendar.add(now - dt.timedelta(days=facts["days"]), partial(_set_date, facts, author, reviewer))


def _change_lesson(kind: ChangeKind, facts: dict, author: User, reviewer: User) -> None:
    page = LessonPage.objects.get(slug=facts["lesson"])
    page.lede = f"{page.lede} {facts['adds']}"
    page.change_kind, page.change_note = kind, facts.get("note", "")
    reviews.change(page, author)
    reviews.approve(page, reviewer)


def _set_date(facts: dict, author: User, reviewer: User) -> None:
    page = ModulePage.objects.get(slug=facts["module"])
    page.review_by = clock.now().date() + dt.timedelta(days=facts["in"])
    reviews.change(page, author)
    reviews.approve(page, reviewer)
