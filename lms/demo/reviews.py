"""What the demo's advisory group is at: texts that wait to be read, and one that was published in an emergency."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from wagtail.models import Comment, Page

from curriculum.models import LessonPage
from curriculum.review import asking, deciding
from lms import clock
from lms.accounts.models import User
from lms.demo import cast
from lms.demo.calendar import Calendar


def change(page: Page, by: User) -> None:
    """`by` saves `page` as it stands, and sends it to be reviewed."""
    revision = page.save_revision(user=by, log_action=True)
    asking.submit(page=page, revision_id=revision.pk, by=by)


def approve(page: Page, by: User) -> None:
    waiting = asking.open_review_of(page.pk)
    assert waiting is not None
    deciding.approve(page_id=page.pk, revision_id=waiting.revision_id, by=by)


def lay_out(calendar: Calendar, advisors: Sequence[User], now: dt.datetime) -> None:
    """Add to the calendar what the group does in its last days. `advisors` are chair, reviewer and author."""
    chair, reviewer, author = advisors
    plan = cast.read("reviews.toml")
    for writer, name in ((author, "waiting"), (chair, "commented")):
        facts = plan[name]
        calendar.add(now - dt.timedelta(days=facts["days"]), partial(_send, facts, writer, reviewer))
    facts = plan["emergency"]
    calendar.add(now - dt.timedelta(days=facts["days"]), partial(_publish, facts, chair))


def _write(facts: dict, by: User):
    page = LessonPage.objects.get(slug=facts["lesson"])
    page.lede = f"{page.lede} {facts['adds']}"
    return page, page.save_revision(user=by, log_action=True)


def _send(facts: dict, writer: User, reader: User) -> None:
    page, revision = _write(facts, writer)
    wanted = clock.today(writer.time_zone) + dt.timedelta(days=facts.get("wanted_in", 10))
    asking.submit(page=page, revision_id=revision.pk, by=writer, due_on=wanted, note=facts["note"])
    if "comment" in facts:
        Comment.objects.create(
            page=page, user=reader, text=facts["comment"], contentpath="lede", revision_created=revision
        )


def _publish(facts: dict, chair: User) -> None:
    page, revision = _write(facts, chair)
    deciding.publish_in_emergency(page_id=page.pk, revision_id=revision.pk, by=chair, reason=facts["reason"])
