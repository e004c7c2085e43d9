"""Actions on a leader's record, on real tables."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cohorts import signals
from cohorts.network.actions import cancel_session
from cohorts.network.models import CohortSession
from cohorts.practice import attending, enrolling, learning
from cohorts.practice.board import board
from cohorts.practice.checking import submit_check
from cohorts.practice.loading import standing_of
from cohorts.practice.models import Attempt, Completion, PageRecord, Ruling, Seat, YearCompletion
from cohorts.practice.queries import leads_in
from cohorts.practice.standing import State
from cohorts.practice.tasks import settle_years
from curriculum.checking import checks_of
from curriculum.models import LessonPage
from lms import clock
from lms.outbox.models import OutboxRow
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.cohorts.samples import NOON, PROMPT, lessons, make_cohort, make_leader, make_program
from tests.curriculum.factory import add_live
from tests.fixtures import make_user
from tests.queries import count_queries


@pytest.fixture
def cohort(db):
    with clock.at(NOON):
        yield make_cohort()


@pytest.fixture
def leader(cohort, alder):
    enrollment = make_leader(alder, cohort)
    with enter(alder):
        yield enrollment


@pytest.fixture
def heard():
    """What was announced, as (name, keywords)."""
    found = []
    receivers = []
    for name in ("module_completed", "year_completed", "year_withdrawn"):

        def receive(sender, signal, name=name, **kwargs):
            found.append((name, kwargs))

        getattr(signals, name).connect(receive, weak=False)
        receivers.append((name, receive))
    yield found
    for name, receive in receivers:
        getattr(signals, name).disconnect(receive)


def first_module(cohort):
    return cohort.requirements.get(position=1).module


def finish(leader, module):
    for lesson in lessons(module):
        for check_id in learning.check_ids(lesson):
            record = learning.open_page(person=leader.person, page=lesson)
            record.attempts.get_or_create(
                check_id=check_id, number=1, defaults={"items": [], "right": 1, "passed": True, "at": clock.now()}
            )
        learning.complete_lesson(enrollment=leader, lesson=lesson)


def attend(leader, practice, cohort_session, by, attendance="attended"):
    with clock.at(cohort_session.ends_at):
        return attending.mark_attendance(
            practice=practice,
            enrollment_id=leader.pk,
            cohort_session=cohort_session,
            attendance=attendance,
            how="virtual",
            by=by,
        )


def test_page_is_opened_once_and_remembers_the_place(leader, cohort):
    lesson = lessons(first_module(cohort))[0]
    learning.open_page(person=leader.person, page=lesson)
    learning.save_place(person=leader.person, page=lesson, place="block-7")
    record = PageRecord.objects.get()
    assert (record.place, record.started_at, record.page_id) == ("block-7", NOON, lesson.pk)


def test_lesson_is_not_complete_while_its_check_is_not_passed(leader, cohort):
    lesson = lessons(first_module(cohort))[0]
    with pytest.raises(ValidationError, match="Pass the knowledge check"):
        learning.complete_lesson(enrollment=leader, lesson=lesson)
    assert not Completion.objects.exists()


def test_completing_a_lesson_twice_makes_one_record_with_the_live_revision(leader, cohort):
    lesson = lessons(first_module(cohort))[1]
    first = learning.complete_lesson(enrollment=leader, lesson=lesson)
    again = learning.complete_lesson(enrollment=leader, lesson=lesson)
    assert first == again
    assert (first.revision_id, first.completed_at) == (lesson.live_revision_id, NOON)
    assert first.revision_id is not None


def test_module_is_complete_with_its_last_lesson_and_announced_once(leader, cohort, heard):
    module = first_module(cohort)
    finish(leader, module)
    finish(leader, module)
    assert [(name, kwargs["requirement"].module_id) for name, kwargs in heard] == [("module_completed", module.pk)]
    item = standing_of(leader).item_of_module(module.pk)
    assert (item.state, item.lessons_done, item.lessons_total) == (State.DONE, 2, 2)


def test_lesson_added_later_does_not_undo_a_complete_module(leader, cohort):
    module = first_module(cohort)
    finish(leader, module)
    add_live(module, LessonPage(title="Third", slug="third", lede="In short.", body=lessons(module)[1].body))
    item = standing_of(leader).item_of_module(module.pk)
    assert (item.state, item.lessons_done, item.lessons_total) == (State.DONE, 2, 3)


def test_module_that_is_not_open_yet_says_when(leader, cohort):
    later = cohort.requirements.get(position=2).module
    with pytest.raises(ValidationError, match="opens on October 1"):
        learning.complete_lesson(enrollment=leader, lesson=lessons(later)[0])


def test_module_outside_the_plan_is_refused(leader):
    _, modules = make_program()
    with pytest.raises(ValidationError, match="not in your cohort’s plan"):
        learning.complete_lesson(enrollment=leader, lesson=lessons(modules[1])[0])


def test_reflection_is_one_per_prompt_and_only_for_prompts_that_exist(leader, cohort):
    lesson, other = lessons(first_module(cohort))
    learning.save_reflection(enrollment=leader, lesson=lesson, block_id=PROMPT, text="First\x00 ")
    saved = learning.save_reflection(enrollment=leader, lesson=lesson, block_id=PROMPT, text="Second")
    assert saved.text == "Second"
    assert saved.record.reflections.count() == 1
    with pytest.raises(ValidationError, match="no longer part"):
        learning.save_reflection(enrollment=leader, lesson=other, block_id=PROMPT, text="x")
    with pytest.raises(ValidationError, match="under 10,000"):
        learning.save_reflection(enrollment=leader, lesson=lesson, block_id=PROMPT, text="x" * 10_001)


def test_reply_may_change_until_the_session_starts(leader, cohort):
    cohort_session = cohort.sessions.first()
    attending.rsvp(enrollment=leader, cohort_session=cohort_session, coming=True)
    seat = attending.rsvp(enrollment=leader, cohort_session=cohort_session, coming=False)
    assert (Seat.objects.count(), seat.rsvp) == (1, "cannot")
    with clock.at(cohort_session.starts_at), pytest.raises(ValidationError, match="has started"):
        attending.rsvp(enrollment=leader, cohort_session=cohort_session, coming=True)


def test_reply_and_attendance_see_that_a_session_was_cancelled_meanwhile(leader, cohort, alder, staff):
    cohort_session = cohort.sessions.first()
    CohortSession.objects.filter(pk=cohort_session.pk).update(cancelled_at=clock.now())
    with pytest.raises(ValidationError, match="was cancelled"):
        attending.rsvp(enrollment=leader, cohort_session=cohort_session, coming=True)
    with pytest.raises(ValidationError, match="was cancelled"):
        attend(leader, alder, cohort_session, staff)
    assert not Seat.objects.exists()


def test_reply_sees_that_the_leader_withdrew_meanwhile(leader, cohort):
    type(leader).objects.update(state="withdrawn")
    with pytest.raises(ValidationError, match="have left"):
        attending.rsvp(enrollment=leader, cohort_session=cohort.sessions.first(), coming=True)


def test_reply_to_another_cohorts_session_is_refused(leader, cohort):
    other = make_cohort("Other", cohort.program, [r.module for r in cohort.requirements.filter(kind="module")])
    with pytest.raises(ValidationError, match="not your cohort’s"):
        attending.rsvp(enrollment=leader, cohort_session=other.sessions.first(), coming=True)


def test_attendance_is_not_recorded_before_the_start_nor_for_another_practice(leader, cohort, alder, birch, staff):
    cohort_session = cohort.sessions.first()
    mark = {"enrollment_id": leader.pk, "cohort_session": cohort_session, "attendance": "attended", "by": staff}
    with pytest.raises(ValidationError, match="has not started"):
        attending.mark_attendance(practice=alder, **mark)
    with clock.at(cohort_session.ends_at), pytest.raises(type(leader).DoesNotExist):
        attending.mark_attendance(practice=birch, **mark)


def test_year_is_recorded_once_with_what_counted(leader, cohort, alder, staff, heard):
    attend(leader, alder, cohort.sessions.first(), staff)
    finish(leader, first_module(cohort))
    attend(leader, alder, cohort.sessions.first(), staff)
    year = YearCompletion.objects.get()
    assert year.year == 1
    assert [(entry["kind"], entry["fact"]) for entry in year.counted] == [
        ("module", "completion"),
        ("session", "attendance"),
    ]
    assert [entry["title"] for entry in year.plan] == ["Drug Reimbursement", "Office hours"]
    assert [name for name, _ in heard] == ["module_completed", "year_completed"]


def test_attendance_taken_back_marks_the_year_withdrawn_and_it_may_be_completed_again(
    leader, cohort, alder, staff, heard
):
    cohort_session = cohort.sessions.first()
    finish(leader, first_module(cohort))
    attend(leader, alder, cohort_session, staff)
    attend(leader, alder, cohort_session, staff, "absent")
    attend(leader, alder, cohort_session, staff, "absent")
    year = YearCompletion.objects.get()
    assert (year.withdrawn_by, year.withdrawn_why) == ("Tess Park", "Attendance of “Office hours” was corrected")
    assert not standing_of(leader).years[0].is_complete
    attend(leader, alder, cohort_session, staff)
    assert YearCompletion.objects.filter(withdrawn_at=None).count() == 1
    assert [name for name, _ in heard][1:] == ["year_completed", "year_withdrawn", "year_completed"]


def test_withdrawn_ruling_undoes_the_year_that_it_completed(leader, cohort, staff):
    finish(leader, first_module(cohort))
    session_asked = cohort.requirements.get(position=3)
    ruling = enrolling.rule(enrollment=leader, requirement=session_asked, kind="waived", reason="On call", by=staff)
    again = enrolling.rule(enrollment=leader, requirement=session_asked, kind="waived", reason="On call", by=staff)
    assert ruling == again
    assert YearCompletion.objects.get().withdrawn_at is None
    enrolling.withdraw_ruling(ruling=ruling, by=staff, why="A mistake")
    assert YearCompletion.objects.get().withdrawn_why == "A mistake"
    assert Ruling.objects.get().withdrawn_by == "Tess Park"


def test_edit_of_the_plan_does_not_undo_a_year(leader, cohort, alder, staff):
    finish(leader, first_module(cohort))
    attend(leader, alder, cohort.sessions.first(), staff)
    cohort.requirements.filter(position=2).update(year=1)
    attend(leader, alder, cohort.sessions.first(), staff, "excused")
    assert YearCompletion.objects.get().withdrawn_at is None


def test_year_completed_by_a_cancelled_session_is_recorded_by_the_hourly_task(leader, cohort, heard):
    finish(leader, first_module(cohort))
    cancel_session(cohort_session=cohort.sessions.first())
    assert not YearCompletion.objects.exists()
    for _ in range(2):
        settle_years()
    assert YearCompletion.objects.get().year == 1
    assert [name for name, _ in heard] == ["module_completed", "year_completed"]


def test_lesson_completed_twice_at_once_is_one_record(own_database):
    with clock.at(NOON):
        cohort = make_cohort()
        alder = Practice.objects.get(slug="alder-oncology")
        leader = make_leader(alder, cohort)
        pages = lessons(first_module(cohort))
        with enter(alder):
            record = learning.open_page(person=leader.person, page=pages[0])
            check_id = learning.check_ids(pages[0])[0]
            record.attempts.create(check_id=check_id, number=1, items=[], right=1, passed=True, at=NOON)

    def click(page):
        try:
            with clock.at(NOON), enter(alder):
                learning.complete_lesson(enrollment=leader, lesson=page)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(click, pages * 2))
    with enter(alder):
        assert sorted(Completion.objects.values_list("record__page", flat=True)) == sorted(
            [page.pk for page in pages] + [pages[0].get_parent().pk]
        )


def test_attempts_sent_at_once_are_numbered_one_by_one_and_no_more_than_there_are(own_database):
    with clock.at(NOON):
        cohort = make_cohort()
        alder = Practice.objects.get(slug="alder-oncology")
        leader = make_leader(alder, cohort)
        page = lessons(first_module(cohort))[0]
        [check] = checks_of(page)
    wrong = {q.id: [o.id for o in q.options if not o.correct][:1] for q in check.questions}

    def send(number):
        try:
            with clock.at(NOON), enter(alder):
                submit_check(enrollment=leader, lesson=page, check_id=check.id, chosen=wrong, number=number)
        except ValidationError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(send, [None] * (check.attempts + 2)))
        assert codes.count("used_up") == 2
        assert list(pool.map(send, [1] * 4)) == [None] * 4
    with enter(alder):
        numbers = Attempt.objects.values_list("number", flat=True)
        assert list(numbers) == list(range(1, check.attempts + 1))


def test_two_last_facts_at_once_complete_the_year_once(own_database):
    with clock.at(NOON):
        cohort = make_cohort()
        alder = Practice.objects.get(slug="alder-oncology")
        leader = make_leader(alder, cohort)
        staff = make_user("staff@network.example", "Tess Park")
        wanted = list(cohort.requirements.filter(year=1, required=True))
    assert len(wanted) > 1

    def sign_off(requirement):
        try:
            with clock.at(NOON), enter(alder):
                enrolling.rule(enrollment=leader, requirement=requirement, kind="signed_off", reason="Done", by=staff)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sign_off, wanted * 2))
    with enter(alder):
        [year] = YearCompletion.objects.all()
        assert {entry["requirement"] for entry in year.counted} == {str(one.pk) for one in wanted}
        assert {entry["requirement"] for entry in year.plan} >= {str(one.pk) for one in wanted}
    assert OutboxRow.objects.filter(kind="issue_certificate").count() == 1


def test_enrollment_is_completed_with_its_last_year_and_active_again_when_that_is_undone(leader, cohort, alder, staff):
    for position in (1, 2, 3):
        enrolling.rule(
            enrollment=leader,
            requirement=cohort.requirements.get(position=position),
            kind="signed_off",
            reason="Done elsewhere",
            by=staff,
        )
    closing = cohort.sessions.last()
    attend(leader, alder, closing, staff)
    leader.refresh_from_db()
    assert (leader.state, leader.ended_on) == ("completed", dt.date(2027, 6, 11))
    attend(leader, alder, closing, staff, "")
    leader.refresh_from_db()
    assert (leader.state, leader.ended_on) == ("active", None)
    assert sorted(YearCompletion.objects.values_list("year", "withdrawn_at"))[0] == (1, None)


def test_extension_moves_the_due_day_and_only_forward(leader, cohort, staff):
    module_asked, session_asked = cohort.requirements.get(position=1), cohort.requirements.get(position=3)
    word = {"enrollment": leader, "kind": "extended", "reason": "Leave", "by": staff}
    with pytest.raises(ValidationError, match="after February 1"):
        enrolling.rule(requirement=module_asked, until=dt.date(2026, 2, 1), **word)
    with pytest.raises(ValidationError, match="cannot be extended"):
        enrolling.rule(requirement=session_asked, until=dt.date(2026, 3, 1), **word)
    with pytest.raises(ValidationError, match="Choose August 30, 2028 or an earlier day"):
        enrolling.rule(requirement=module_asked, until=dt.date(9999, 12, 31), **word)
    enrolling.rule(requirement=module_asked, until=dt.date(2026, 3, 1), **word)
    assert standing_of(leader).item(module_asked.pk).due_on == dt.date(2026, 3, 1)


def test_pause_and_resume_are_each_recorded_once(leader):
    enrolling.pause_enrollment(enrollment=leader, reason="Parental leave")
    enrolling.pause_enrollment(enrollment=leader)
    assert (leader.state, leader.pauses.count()) == ("paused", 1)
    with clock.at(NOON + dt.timedelta(days=30)):
        enrolling.resume_enrollment(enrollment=leader)
        enrolling.resume_enrollment(enrollment=leader)
    assert leader.state == "active"
    assert leader.pauses.get().resumes_on == dt.date(2026, 2, 14)


def test_pause_begins_within_the_program(leader):
    with pytest.raises(ValidationError, match="Choose August 20, 2025 or a later day"):
        enrolling.pause_enrollment(enrollment=leader, starts_on=dt.date(1999, 1, 1))
    enrolling.pause_enrollment(enrollment=leader, starts_on=dt.date(2025, 8, 20))
    assert leader.pauses.get().starts_on == dt.date(2025, 8, 20)


def test_withdrawn_leader_is_a_leader_no_more(leader, alder, birch):
    user = leader.person.user
    assert leads_in(user) == [alder]
    enrolling.withdraw_enrollment(enrollment=leader)
    enrolling.withdraw_enrollment(enrollment=leader)
    assert leads_in(user) == []
    assert leader.ended_on == dt.date(2026, 1, 15)
    with pytest.raises(ValidationError, match="Only an active leader"):
        enrolling.pause_enrollment(enrollment=leader)
    assert leads_in(make_user("nobody@x.example")) == []


def test_board_reads_all_practices_by_the_same_engine_in_as_many_statements(cohort, alder, birch, cedar):
    def ask():
        with count_queries() as counted:
            rows = board(cohort).rows
        return rows, len(counted)

    one = make_leader(alder, cohort)
    with enter(alder):
        finish(one, first_module(cohort))
    rows, statements = ask()
    assert [(row.leader.name, row.practice) for row in rows] == [("Leela Raghunathan", alder)]
    make_leader(birch, cohort, "Samuel Adeyemi")
    make_leader(cedar, cohort, "Hannah Brightwell")
    more, as_many = ask()
    assert [row.leader.name for row in more] == ["Hannah Brightwell", "Leela Raghunathan", "Samuel Adeyemi"]
    assert statements == as_many == 4
    with enter(alder):
        assert more[1].standing == standing_of(one)
