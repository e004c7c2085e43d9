"""The demo network, loaded whole: what `make demo` shows is made by the product's own actions."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from certificates.network.models import Registry
from cohorts.network.models import Cohort, CohortSession, KeyChange, PageAnswer
from cohorts.network.plan import month_of
from cohorts.staff.reading_figures import lesson_figures
from curriculum.models import LessonPage, SubstantialChange
from curriculum.overdue import SOON, due_for_review
from feedback.network.models import Answer, Decision, Release, Response, ToDo, Window
from lms import clock
from lms.accounts.models import User
from lms.outbox.models import OutboxRow
from lms.practices.across import read_across
from lms.practices.models import Practice
from tests.fixtures import signed_in

SIGN_INS = ("leader", "practice", "physician", "faculty", "advisor", "reviewer", "author", "staff")


def test_demo_network_is_whole(empty_database, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "mail"
    call_command("load_demo", verbosity=0)

    assert Practice.objects.count() == 22
    assert Practice.objects.values("state").distinct().count() >= 12
    running = Cohort.objects.filter(starts_on__lte=clock.now()).order_by("starts_on")
    assert [month_of(cohort, clock.now().date()) for cohort in running] == [19, 5]
    assert set(CohortSession.objects.values_list("mode", flat=True)) == {"in_person", "virtual", "hybrid"}

    leaders = read_across("SELECT {practice} AS practice, state FROM {s}.cohorts_practice_enrollment")
    assert len(leaders) == 48
    assert len({row["practice"] for row in leaders}) >= 15
    states = Counter(row["state"] for row in leaders)
    assert (states["paused"], states["withdrawn"]) == (2, 3)

    assert Response.objects.count() >= 300
    assert Answer.objects.count() >= 1500
    assert Release.objects.filter(people__lt=5).count() == 0
    assert Window.objects.exclude(closed_at=None).exists()
    assert Decision.objects.count() >= 10
    assert Registry.objects.count() >= 15
    assert not OutboxRow.objects.filter(done_at=None, dropped_at=None).exists()

    lesson = LessonPage.objects.get(slug="your-name-their-money-everyones-feed")
    found = lesson_figures(lesson)
    assert found.figures.minutes is not None
    assert any(lesson_figures(one).stops for one in LessonPage.objects.live())
    assert found.checks[0].flagged
    assert sorted(ToDo.objects.values_list("state", flat=True)) == ["done", "open", "open"]
    closed = ToDo.objects.get(state="done")
    assert closed.revision_id == lesson.live_revision_id
    assert closed.decisions.exists()
    assert SubstantialChange.objects.get().page.slug == "biosimilars-340b-and-prices-set-in-washington"
    told = OutboxRow.objects.filter(kind="lesson_changed").exclude(done_at=None).count()
    assert told >= 15
    assert [row.is_past for row in due_for_review(clock.now().date(), within=SOON)] == [True, False]

    asked = read_across("SELECT answered_at, taken_to FROM {s}.cohorts_practice_facultyquestion")
    assert Counter(row["answered_at"] is None for row in asked) == {False: 3, True: 1}
    assert sum(row["taken_to"] is not None for row in asked) == PageAnswer.objects.count() == 1
    mended = KeyChange.objects.get(state="open")
    assert mended.would_pass >= 1

    for name in SIGN_INS:
        page = signed_in(User.objects.get(email=f"{name}@demo.example")).get("/home/", follow=True)
        assert page.status_code == 200
        assert b"<h1" in page.content


def test_demo_is_not_loaded_over_a_network_or_outside_the_demo(db, settings):
    with pytest.raises(CommandError, match="network already"):
        call_command("load_demo", verbosity=0)
    settings.DEMO = False
    with pytest.raises(CommandError, match="other settings"):
        call_command("load_demo", verbosity=0)
