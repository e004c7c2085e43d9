"""A small program, and cohorts laid out from it, for the tests of this area."""

import datetime as dt

from wagtail.models import Page, Site

from cohorts.network.actions import create_cohort
from curriculum.models import FrontPage, ModulePage, PlanModule, PlanSession, ProgramPage
from tests.curriculum.factory import add_live

START = dt.date(2025, 9, 8)


def make_program(title: str = "Physician Leadership Program", *, years: int = 2) -> ProgramPage:
    """A program of two modules and two sessions, one of each per year."""
    front = FrontPage.objects.first()
    if front is None:
        front = add_live(Page.objects.get(depth=1), FrontPage(title="Front", slug="front", lede="Welcome."))
        Site.objects.update_or_create(is_default_site=True, defaults={"root_page": front, "hostname": "localhost"})
    program = add_live(front, ProgramPage(title=title, years=years))
    for number, (name, short, year, opens, due) in enumerate(
        [("Media and Speaker Training", "Media", 1, 0, 2), ("Leading Care Teams", "Teams", 2, 13, 15)]
    ):
        module = add_live(program, ModulePage(title=name, short_title=short, lede="What it is about."))
        if year <= years:
            program.plan_modules.add(
                PlanModule(module=module, year=year, opens_month=opens, due_month=due, sort_order=number)
            )
    program.plan_sessions.add(
        PlanSession(title="Opening retreat", year=1, month=0, mode="in_person", minutes=480, sort_order=0)
    )
    if years > 1:
        program.plan_sessions.add(
            PlanSession(title="Peer circle on care teams", year=2, month=14, mode="virtual", sort_order=1)
        )
    program.save()
    return program


def make_cohort(name: str = "Cohort 2025–27", *, starts_on: dt.date = START, program=None, **fields):
    """A cohort open for nominations until the day it starts."""
    return create_cohort(
        program=program or make_program(),
        name=name,
        starts_on=starts_on,
        **{"nominations_close_on": starts_on, **fields},
    )
