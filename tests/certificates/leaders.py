"""Leaders with completed years, for the tests of this area."""

import datetime as dt

from certificates.network.actions import make_standard_designs
from certificates.practice.models import Certificate
from cohorts.practice.models import Enrollment, Nomination, YearCompletion
from cohorts.signals import year_completed
from lms import clock
from lms.outbox.delivery import deliver
from lms.outbox.models import OutboxRow
from lms.people.actions import person_for
from lms.practices.actions import grant_membership
from lms.practices.schema import enter
from tests.fixtures import make_user

SIGNATORIES = [("Marguerite Dolan", "Program Director"), ("Vikram Sethi, MD", "Faculty Chair")]
COUNTED = [
    {"kind": "module", "title": "Media and Speaker Training"},
    {"kind": "module", "title": "Ins and Outs of Drug Reimbursement"},
    {"kind": "session", "title": "Opening retreat"},
]


def enroll(practice, cohort, *, email="leela@alder.example", name="Leela Raghunathan", credentials="MD") -> Enrollment:
    """A leader of `practice` in `cohort`, with a membership so that the practice's pages admit them."""
    user = make_user(email, name, credentials=credentials, time_zone=practice.time_zone)
    grant_membership(user=user, practice=practice, role="physician")
    make_standard_designs(signatories=SIGNATORIES)
    cohort.practices.add(practice)
    with enter(practice):
        nomination = Nomination.objects.create(
            cohort=cohort,
            state="accepted",
            name=name,
            email=email,
            why="Runs the clinic well.",
            protected_hours=8,
            sponsor_id=user.pk,
            sponsor_name="Mona Reyes",
            sponsor_email="manager@alder.example",
            submitted_at=clock.now(),
        )
        return Enrollment.objects.create(nomination=nomination, person=person_for(user=user), enrolled_at=clock.now())


def complete_year(practice, enrollment: Enrollment, year: int = 1, counted=None) -> YearCompletion:
    """Record the year as completed and announce it, as the cohort engine does."""
    with enter(practice):
        completion = YearCompletion.objects.create(
            enrollment=enrollment, year=year, completed_at=clock.now(), counted=counted or COUNTED, plan=[]
        )
        year_completed.send(sender=None, enrollment=enrollment, year_completion=completion)
        return completion


def take_back(practice, completion: YearCompletion, *, at: dt.datetime | None = None) -> None:
    with enter(practice):
        YearCompletion.objects.filter(pk=completion.pk).update(
            withdrawn_at=at or clock.now(), withdrawn_by="Tess Park", withdrawn_why="The attendance was another’s."
        )


def work(kind: str = "issue_certificate") -> None:
    """Deliver every open row of `kind`, in the order of its promise."""
    for pk in OutboxRow.objects.filter(kind=kind, done_at=None, stopped_at=None).values_list("pk", flat=True):
        deliver(str(pk))


def issued(practice, enrollment: Enrollment, year: int = 1) -> Certificate:
    """The certificate of a year that `enrollment` completes now, issued by the real worker's path."""
    complete_year(practice, enrollment, year)
    work()
    with enter(practice):
        return Certificate.objects.select_related("registry", "person__user").get(enrollment=enrollment, year=year)
