"""What stands beside a page in the demo: how long leaders read, how sure they are, and the advisory group's to-dos."""

import datetime as dt
import random
from functools import partial

from wagtail.rich_text import RichText

from curriculum.checking import Question
from curriculum.models import LessonPage, ModulePage
from feedback.network.models import ToDo
from feedback.network.queries import released_comments
from feedback.network.to_dos import close_with_publication, make_to_do
from lms import clock
from lms.demo import cast, reviews
from lms.demo.calendar import Calendar
from lms.demo.stage import Stage

FACTS = cast.read("evidence.toml")
# One in so many lessons is begun some days before it is read to the end.
BEGUN_BEFORE = 0.08


def sureness(email: str, question: Question) -> float:
    """How likely the leader of that address is to have `question` right at first: some know more, some ask too much."""
    return 0.22 if question.text in FACTS["hard"] else random.Random(f"sure {email}").uniform(0.5, 1.0)


def slip(question: Question) -> str:
    """The wrong number that comes to mind first; nothing where none is known."""
    return next((number for begins, number in FACTS["slips"].items() if question.text.startswith(begins)), "")


def stretches(email: str, slug: str) -> list[dt.timedelta]:
    """When, after opening the lesson, the leader reaches its check and then its end: the same on every run."""
    dice = random.Random(f"read {email} {slug}")
    check = dt.timedelta(seconds=round(dice.triangular(90, 420, 190)))
    return [check, check + dt.timedelta(seconds=dice.randint(40, 200))]


def begins_before(email: str, slug: str) -> bool:
    """Whether the leader looks into the lesson before the day on which they finish it."""
    return random.Random(f"begin {email} {slug}").random() < BEGUN_BEFORE


def stops_at(email: str, lesson: LessonPage) -> str:
    """The heading at which the leader is called away."""
    headings = [block.id for block in lesson.body if block.block_type == "heading"]
    return random.Random(f"stop {email} {lesson.slug}").choice(headings) if headings else ""


def plan_to_dos(calendar: Calendar, stage: Stage, now: dt.datetime) -> None:
    """The group makes its to-dos from released comments; one closes when its page is published, with a note."""
    for facts in FACTS["to_dos"]:
        calendar.add(now - dt.timedelta(days=facts["days_ago"]), partial(_make, stage, facts))
        if "closed_days_ago" in facts:
            calendar.add(now - dt.timedelta(days=facts["closed_days_ago"]), partial(_publish, stage, facts))


def _page(facts: dict) -> LessonPage | ModulePage:
    found = ModulePage.objects.filter(slug=facts["page"]).first()
    return found or LessonPage.objects.get(slug=facts["page"])


def _make(stage: Stage, facts: dict) -> None:
    page = _page(facts)
    # Ids differ from run to run, words do not.
    comments = released_comments(page).order_by("text").values_list("pk", flat=True)[:2]
    make_to_do(
        by=stage.advisors[0],
        title=facts["title"],
        page=page,
        comments=list(comments),
        assignee=stage.advisors[1],
        due_on=clock.now().date() + dt.timedelta(days=45),
    )


def _publish(stage: Stage, facts: dict) -> None:
    page = _page(facts)
    to_do = ToDo.objects.get(page=page.pk, title=facts["title"])
    close_with_publication(to_do=to_do, by=stage.advisors[0], said=facts["said"], did=facts["did"])
    page.body.append(("text", RichText(facts["adds"])))
    reviews.change(page, stage.advisors[2])
    reviews.approve(page, stage.advisors[1])
