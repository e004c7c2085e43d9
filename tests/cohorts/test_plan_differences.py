"""A program's page beside a cohort's pinned plan: shown, and changed only when staff say so."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError

from cohorts.network.actions import set_requirement_days
from cohorts.network.differences import differences
from cohorts.network.models import PlanChange
from cohorts.practice.enums import RulingKind
from cohorts.practice.models import Completion, PageRecord, Ruling
from cohorts.staff.plan_changes import apply_difference, leave_difference
from curriculum.models import ModulePage, PlanModule
from lms import clock
from lms.practices.schema import enter
from tests.cohorts.people import a_leader
from tests.cohorts.programs import make_cohort, make_program
from tests.curriculum.factory import add_live
from tests.fixtures import signed_in
from tests.queries import count_queries

NOW = dt.datetime(2025, 11, 3, 15, tzinfo=dt.UTC)


@pytest.fixture
def program(db):
    return make_program()


@pytest.fixture
def cohort(program):
    with clock.at(NOW):
        yield make_cohort(program=program, nominations_close_on=dt.date(2026, 1, 1))


@pytest.fixture
def added(cohort, program) -> ModulePage:
    """A module that the program's page plans since the cohort was laid out."""
    module = add_live(program, ModulePage(title="Payor talks", short_title="Payors", lede="How."))
    PlanModule.objects.create(program=program, module=module, year=1, opens_month=4, due_month=6)
    return module


def open_ones(cohort):
    return [(found.kind, found.module.title) for found in differences([cohort])[cohort.pk]]


def url(cohort) -> str:
    return f"/staff/cohorts/{cohort.pk}/plan/differences/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def decide(client, cohort, do: str):
    found = differences([cohort])[cohort.pk][0]
    return client.post(
        url(cohort), {"module": found.module.pk, "planned": json.dumps(found.planned), "do": do}, follow=True
    )


def test_cohort_laid_out_from_the_page_has_no_difference(cohort, staff):
    assert open_ones(cohort) == []
    assert "Nothing to decide" in text(signed_in(staff).get(url(cohort)))


def test_module_added_to_the_page_changes_no_plan_by_itself(cohort, added, staff):
    assert open_ones(cohort) == [("add", "Payor talks")]
    assert not cohort.requirements.filter(module=added).exists()
    page = text(signed_in(staff).get(url(cohort)))
    assert "Year 1, required, opens January 8, 2026, due March 8, 2026" in page
    assert "Nobody yet: no leader is in this cohort." in page


def test_staff_add_the_module_once(cohort, added, staff):
    client = signed_in(staff)
    planned = json.dumps(differences([cohort])[cohort.pk][0].planned)
    form = {"module": added.pk, "planned": planned, "do": "apply"}
    assert "added to the plan" in text(client.post(url(cohort), form, follow=True))
    again = client.post(url(cohort), form)

    assert again.status_code == 422
    assert "has changed meanwhile" in text(again)
    requirement = cohort.requirements.get(module=added)
    assert (requirement.opens_months, requirement.due_months, requirement.required) == (4, 6, True)
    assert open_ones(cohort) == []
    change = PlanChange.objects.get()
    assert (change.step, change.before, change.by_name) == ("added", {}, staff.name)
    assert change.after == {"year": 1, "required": True, "opens_months": 4, "due_months": 6}


def test_plan_left_as_it_is_comes_back_when_the_page_changes(cohort, added, program, staff):
    assert "stays as it is" in text(decide(signed_in(staff), cohort, "leave"))
    assert open_ones(cohort) == []

    PlanModule.objects.filter(module=added).update(due_month=7)
    assert open_ones(cohort) == [("add", "Payor talks")]


def test_module_dropped_from_the_page_is_removed_only_by_staff(cohort, program, staff, alder, manager):
    leader = a_leader(alder, cohort, manager, staff)
    media = program.plan_modules.get(year=1).module
    with enter(alder):
        record = PageRecord.objects.create(person=leader.person, page_id=media.pk, started_at=NOW, seen_at=NOW)
        Completion.objects.create(record=record, completed_at=NOW)
    PlanModule.objects.filter(module=media).delete()
    client = signed_in(staff)

    page = text(client.get(url(cohort)))
    assert "1 leader in 1 practice. 1 has completed it; that stays on their record." in page
    decide(client, cohort, "apply")

    assert not cohort.requirements.filter(module=media).exists()
    with enter(alder):
        assert Completion.objects.get().withdrawn_at is None


def test_year_that_the_smaller_plan_completes_is_recorded(cohort, program, added, staff, alder, manager):
    leader = a_leader(alder, cohort, manager, staff)
    cohort.requirements.filter(module__isnull=True).update(required=False)
    decide(signed_in(staff), cohort, "apply")
    media = program.plan_modules.get(module__title="Media and Speaker Training").module
    with enter(alder):
        record = PageRecord.objects.create(person=leader.person, page_id=media.pk, started_at=NOW, seen_at=NOW)
        Completion.objects.create(record=record, completed_at=NOW)
    PlanModule.objects.filter(module=added).delete()

    decide(signed_in(staff), cohort, "apply")

    with enter(alder):
        assert [row.year for row in leader.year_completions.all()] == [1]


def test_module_that_staff_excused_is_not_removed(cohort, program, staff, alder, manager):
    leader = a_leader(alder, cohort, manager, staff)
    media = program.plan_modules.get(year=1).module
    requirement = cohort.requirements.get(module=media)
    with enter(alder):
        Ruling.objects.create(
            enrollment=leader, requirement=requirement, kind=RulingKind.WAIVED, reason="Taught it.", at=NOW
        )
    PlanModule.objects.filter(module=media).delete()

    page = decide(signed_in(staff), cohort, "apply")

    assert page.status_code == 422
    assert "excused or extended it for 1 leader" in text(page)
    assert cohort.requirements.filter(module=media).exists()
    assert PlanChange.objects.count() == 0


def test_moved_month_leaves_days_that_staff_set(cohort, program, staff):
    media = program.plan_modules.get(year=1).module
    requirement = cohort.requirements.get(module=media)
    set_requirement_days(requirement=requirement, opens_on=None, due_on=dt.date(2026, 2, 2))
    PlanModule.objects.filter(module=media).update(due_month=4, required=False)

    found = differences([cohort])[cohort.pk][0]
    apply_difference(cohort=cohort, module_id=media.pk, planned=found.planned, by=staff)

    requirement.refresh_from_db()
    assert (requirement.due_months, requirement.required, requirement.due_on) == (4, False, dt.date(2026, 2, 2))


def test_due_day_that_is_past_is_said(cohort, added, staff, alder, manager):
    a_leader(alder, cohort, manager, staff)
    PlanModule.objects.filter(module=added).update(opens_month=0, due_month=1)

    assert "The planned due day is past" in text(signed_in(staff).get(url(cohort)))


def test_module_that_is_not_published_is_none_to_add(cohort, added):
    added.live = False
    added.save(update_fields=["live"])
    assert open_ones(cohort) == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"module": "x", "planned": "{}"},
        {"module": "9" * 40, "planned": "{}"},
        {"module": "1", "planned": "[["},
        {"module": "1", "planned": "3", "do": "leave"},
        {"module": "1", "planned": "\x00"},
    ],
)
def test_rubbish_is_answered_in_words(cohort, added, staff, form):
    answer = signed_in(staff).post(url(cohort), form)
    assert answer.status_code == 422
    assert PlanChange.objects.count() == 0


def test_another_decision_meanwhile_is_noticed(cohort, added, staff):
    with pytest.raises(ValidationError, match="changed meanwhile"):
        leave_difference(cohort=cohort, module_id=added.pk, planned={"year": 2}, by=staff)


def test_only_staff_decide(cohort, added, faculty, advisor, manager):
    for user in (faculty, advisor, manager):
        answer = signed_in(user).post(url(cohort), {"module": added.pk, "planned": "{}", "do": "apply"})
        assert answer.status_code == 403
        assert signed_in(user).get(url(cohort)).status_code == 403
    assert PlanChange.objects.count() == 0


def test_cohorts_say_how_many_differences_wait(cohort, added, program, staff):
    client = signed_in(staff)
    assert "differs from this plan in 1 module" in text(client.get("/staff/cohorts/"))
    with count_queries() as one:
        client.get("/staff/cohorts/")
    for number in (2, 3):
        make_cohort(f"Cohort {number}", program=program)
    with count_queries() as three:
        client.get("/staff/cohorts/")
    assert len(one) == len(three)
