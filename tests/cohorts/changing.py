"""A lesson that leaders of three practices read, and the advisory group that changes it."""

import datetime as dt
from dataclasses import dataclass

from cohorts.network.actions import create_cohort
from cohorts.network.models import Cohort
from cohorts.practice import learning
from cohorts.practice.models import Completion, Enrollment, PageRecord
from curriculum.models import LessonPage
from lms import clock
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.outbox.delivery import OPEN, deliver
from lms.outbox.models import OutboxRow
from lms.practices.schema import enter
from tests.cohorts.samples import make_leader
from tests.curriculum.factory import Tree
from tests.curriculum.review.writing import Desk
from tests.fixtures import make_user

NOTE = "The fee’s base is another since January."


@dataclass
class Office:
    """The desk with the lesson, and who stands at it."""

    desk: Desk
    tree: Tree
    cohort: Cohort
    author: User
    reviewer: User
    chair: User

    def change(self, words: str = "Other words.", *, note: str = NOTE, kind: str = "substantial") -> None:
        """Send a changed text to be reviewed, and let it be approved."""
        mark = {"change_kind": kind, "change_note": note}
        self.desk.save(self.author, words, **mark, **{"action-submit": "action-submit"})
        assert self.desk.approve(self.reviewer).status_code == 302


def make_office(tree: Tree) -> Office:
    people = []
    for role in (NetworkRole.AUTHOR, NetworkRole.REVIEWER, NetworkRole.PUBLISHER):
        user = make_user(f"{role}@network.example", role.label)
        grant_network_role(user=user, role=role)
        people.append(user)
    today = clock.now().date()
    cohort = create_cohort(program=tree.program, name="Cohort", starts_on=today - dt.timedelta(days=30))
    return Office(Desk(tree.lessons[0]), tree, cohort, *people)


def reads(practice, cohort, lesson: LessonPage, name: str = "Leela Raghunathan", *, completes=True) -> Enrollment:
    """A new leader of `practice` who opens the lesson, and perhaps completes it."""
    enrollment = make_leader(practice, cohort, name)
    with enter(practice):
        learning.open_page(person=enrollment.person, page=lesson)
        if completes:
            learning.complete_lesson(enrollment=enrollment, lesson=LessonPage.objects.get(pk=lesson.pk))
    return enrollment


def completion_of(practice, enrollment: Enrollment, lesson) -> Completion:
    with enter(practice):
        record = PageRecord.objects.get(person=enrollment.person_id, page=lesson.pk)
        return record.completions.get()


def drain() -> None:
    while rows := list(OutboxRow.objects.filter(OPEN, due_at__lte=clock.now()).values_list("pk", flat=True)):
        for pk in rows:
            deliver(str(pk))
