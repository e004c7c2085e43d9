"""The engine alone: plain values in, words out."""

import datetime as dt
import random
import uuid
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cohorts.network.models import CohortSession
from cohorts.practice.facts import Asked, CompletionFact, Facts, PauseFact, Plan, RulingFact, SeatFact
from cohorts.practice.loading import limits
from cohorts.practice.standing import Pace, State, derive

START = dt.date(2025, 9, 1)
ZONE = "America/Chicago"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str, zone: str = ZONE) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def module(number: int = 1, *, opens="2025-10-01", due="2025-12-01", year=1, lessons=(), required=True) -> Asked:
    return Asked(
        id=uuid.UUID(int=number),
        kind="module",
        title=f"Module {number}",
        short_title=f"M{number}",
        year=year,
        required=required,
        opens_on=day(opens),
        due_on=day(due),
        module_id=number,
        lessons=lessons,
    )


def session(number: int = 50, *, starts="2026-02-05T17:30", year=1, cancelled=False) -> Asked:
    starts_at = moment(starts)
    cohort_session = CohortSession(
        id=uuid.UUID(int=number),
        title=f"Session {number}",
        mode="virtual",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        time_zone=ZONE,
        cancelled_at=starts_at if cancelled else None,
    )
    return Asked(
        id=uuid.UUID(int=number + 1000),
        kind="session",
        title=cohort_session.title,
        short_title="S",
        year=year,
        required=True,
        opens_on=START,
        due_on=starts_at.date(),
        cohort_session=cohort_session,
    )


def done(page: int, at: str = "2025-11-01T12:00") -> CompletionFact:
    return CompletionFact(uuid.UUID(int=page + 5000), page, moment(at))


def ruling(asked: Asked, kind: str, until: str | None = None, at: str = "2025-10-15T12:00") -> RulingFact:
    return RulingFact(uuid.UUID(int=9), asked.id, kind, moment(at), day(until) if until else None)


def standing(*asked: Asked, now: str = "2025-11-15T12:00", zone: str = ZONE, state: str = "active", **facts):
    plan = Plan(START, 2, tuple(asked))
    return derive(plan=plan, facts=Facts(state=state, zone=zone, **facts), now=moment(now), limits=limits())


def state(*args, **kwargs) -> State:
    return standing(*args, **kwargs).items[0].state


def test_module_is_planned_then_open_then_due_soon_then_overdue():
    days = ("2025-09-30", "2025-10-01", "2025-11-16", "2025-11-17", "2025-12-01", "2025-12-02")
    assert [state(module(), now=f"{d}T23:59") for d in days] == [
        State.PLANNED,
        State.OPEN,
        State.OPEN,
        State.DUE_SOON,
        State.DUE_SOON,
        State.OVERDUE,
    ]


def test_due_day_ends_at_midnight_in_the_leaders_zone():
    late = moment("2025-12-02T00:30").isoformat()[:16]  # half an hour past midnight in Chicago
    assert state(module(), now=late) == State.OVERDUE
    assert state(module(), now=late, zone="America/Los_Angeles") == State.DUE_SOON


def test_due_day_on_a_day_of_25_hours_ends_at_its_own_midnight():
    asked = module(due="2025-11-02")  # clocks go back that night
    before_midnight = dt.datetime(2025, 11, 3, 5, 59, tzinfo=dt.UTC)
    plan, facts = Plan(START, 2, (asked,)), Facts(state="active", zone=ZONE)
    for now, expected in (
        (before_midnight, State.DUE_SOON),
        (before_midnight + dt.timedelta(minutes=1), State.OVERDUE),
    ):
        assert derive(plan=plan, facts=facts, now=now, limits=limits()).items[0].state == expected


def test_due_date_from_the_first_day_of_a_pause_on_is_shifted():
    pause = (PauseFact(day("2025-12-01"), day("2025-12-11")),)
    on_first_day = standing(module(due="2025-12-01"), pauses=pause).items[0]
    day_before = standing(module(due="2025-11-30"), pauses=pause).items[0]
    assert (on_first_day.due_on, day_before.due_on) == (day("2025-12-11"), day("2025-11-30"))


def test_nothing_becomes_overdue_during_an_open_pause():
    pause = (PauseFact(day("2025-11-20")),)
    item = standing(module(), now="2026-06-01T12:00", pauses=pause, state="paused").items[0]
    assert item.state != State.OVERDUE
    assert item.due_on == day("2025-12-01") + (day("2026-06-01") - day("2025-11-20"))


def test_overlapping_pauses_count_each_day_once():
    pauses = (PauseFact(day("2025-11-01"), day("2025-11-11")), PauseFact(day("2025-11-06"), day("2025-11-21")))
    assert standing(module(), pauses=pauses).items[0].due_on == day("2025-12-21")


def test_second_pause_moves_what_the_first_moved_into_it():
    pauses = (PauseFact(day("2025-11-25"), day("2025-12-05")), PauseFact(day("2025-12-10"), day("2025-12-15")))
    assert standing(module(), pauses=pauses).items[0].due_on == day("2025-12-16")


def test_extension_and_pause_the_later_holds():
    asked = module()
    short = (ruling(asked, "extended", "2025-12-05"),)
    pause = (PauseFact(day("2025-10-01"), day("2025-11-01")),)
    assert standing(asked, rulings=short).items[0].due_on == day("2025-12-05")
    assert standing(asked, rulings=short, pauses=pause).items[0].due_on == day("2026-01-01")


def test_pause_after_an_extension_moves_it_too():
    asked = module()
    extended = (ruling(asked, "extended", "2026-01-10"),)
    pause = (PauseFact(day("2026-01-05"), day("2026-01-15")),)
    assert standing(asked, rulings=extended, pauses=pause).items[0].due_on == day("2026-01-20")


def test_pause_over_a_leap_day_shifts_by_days():
    asked = module(opens="2027-12-01", due="2028-02-28", year=2)
    pause = (PauseFact(day("2028-02-28"), day("2028-03-01")),)
    assert standing(asked, pauses=pause).items[0].due_on == day("2028-03-01")


def test_completed_excused_and_signed_off_finish_a_module():
    asked = module()
    assert state(asked, completions=(done(1),)) == State.DONE
    assert state(asked, rulings=(ruling(asked, "waived"),)) == State.EXCUSED
    assert state(asked, rulings=(ruling(asked, "signed_off"),)) == State.DONE
    assert state(asked, rulings=(ruling(asked, "waived"),), completions=(done(1),)) == State.DONE


def test_session_goes_through_planned_open_due_soon_going_and_missed():
    asked = session()
    seat = SeatFact(uuid.UUID(int=7), asked.cohort_session.pk, rsvp="going")
    assert state(asked, now="2025-11-15T12:00") == State.PLANNED
    assert state(asked, now="2026-01-10T12:00") == State.OPEN
    assert state(asked, now="2026-02-01T12:00") == State.DUE_SOON
    assert state(asked, now="2026-02-01T12:00", seats=(seat,)) == State.GOING
    assert state(asked, now="2026-02-05T18:30", seats=(seat,)) == State.UNRECORDED
    assert state(asked, now="2026-02-08T18:30", seats=(seat,)) == State.MISSED


def test_recorded_attendance_decides_at_once():
    asked = session()
    for attendance, expected in (("attended", State.DONE), ("absent", State.MISSED), ("excused", State.EXCUSED)):
        seat = SeatFact(uuid.UUID(int=7), asked.cohort_session.pk, attendance=attendance)
        assert state(asked, now="2026-02-05T18:30", seats=(seat,)) == expected


def test_cancelled_session_is_owed_by_nobody():
    assert state(session(cancelled=True), now="2026-03-01T12:00") == State.EXCUSED


def test_two_year_mark_is_the_day_before_the_second_anniversary():
    assert Plan(day("2024-02-29"), 2, ()).ends_on == day("2026-02-27")
    assert Plan(START, 2, ()).ends_on == day("2027-08-31")


def test_last_day_of_the_two_years_still_counts():
    asked = module(opens="2027-06-01", due="2027-08-31", year=2)
    assert state(asked, now="2027-08-31T23:59") == State.DUE_SOON
    assert state(asked, now="2027-09-01T00:00") == State.OVERDUE


def test_year_is_complete_when_its_required_things_are_done_or_excused():
    first, second, extra = module(1), module(2), module(3, required=False)
    done_one = standing(first, second, extra, completions=(done(1),)).years
    done_both = standing(first, second, extra, completions=(done(1),), rulings=(ruling(second, "waived"),)).years
    assert [year.is_complete for year in done_one] == [False, False]
    assert [year.is_complete for year in done_both] == [True, False]  # a year without a plan is not complete


def test_pace_says_why():
    late = "2025-12-05T12:00"
    calm = standing(module(), now="2025-11-01T12:00")
    attention = standing(module(), now=late)
    risk = standing(module(1), module(2), module(3), now=late)
    assert (calm.pace, calm.why) == (Pace.ON_PACE, ())
    assert (attention.pace, attention.why) == (Pace.ATTENTION, ("Module “Module 1” is overdue by 4 days",))
    assert risk.pace == Pace.AT_RISK
    assert standing(module(), now="2026-01-20T12:00").pace == Pace.AT_RISK  # 50 days overdue
    assert standing(module(), now=late, state="paused").pace is None


def test_session_missed_on_leave_does_not_count_against_the_pace():
    asked = [session(n, starts=f"2026-02-0{n - 50}T17:30") for n in (51, 52, 53)]
    now = "2026-03-01T12:00"
    leave = (PauseFact(day("2026-01-20"), day("2026-02-20")),)
    assert standing(*asked, now=now).pace == Pace.AT_RISK
    on_leave = standing(*asked, now=now, pauses=leave)
    assert (on_leave.pace, on_leave.items[0].state) == (Pace.ON_PACE, State.MISSED)


def test_percent_counts_lessons_and_is_full_only_when_all_is_done():
    asked = module(lessons=(11, 12, 13, 14))
    assert standing(asked, completions=(done(11), done(12))).percent == 49
    assert standing(asked, completions=tuple(map(done, (11, 12, 13, 14)))).percent == 99
    assert standing(asked, completions=(done(1),)).percent == 100
    assert standing().percent == 0


def test_next_puts_what_is_due_first_and_planned_last():
    overdue, soon, planned = module(1, due="2025-11-10"), module(2, due="2025-11-20"), module(3, opens="2025-12-01")
    titles = [item.asked.title for item in standing(planned, soon, overdue).next]
    assert titles == ["Module 1", "Module 2", "Module 3"]


FACTS = st.fixed_dictionaries(
    {
        "completions": st.lists(
            st.builds(
                lambda page, d: CompletionFact(
                    uuid.uuid5(uuid.NAMESPACE_OID, f"{page}{d}"), page, moment(f"{d}T12:00")
                ),
                st.integers(1, 6),
                st.dates(day("2025-09-01"), day("2026-08-01")),
            ),
            unique_by=lambda fact: fact.id,
        ),
        "pauses": st.lists(
            st.builds(
                lambda first, days: PauseFact(first, first + dt.timedelta(days=days) if days else None),
                st.dates(day("2025-09-01"), day("2026-08-01")),
                st.integers(0, 60),
            )
        ),
        "rulings": st.lists(
            st.builds(
                lambda n, kind, until: RulingFact(
                    uuid.uuid5(uuid.NAMESPACE_OID, f"{n}{kind}{until}"),
                    uuid.UUID(int=n),
                    kind,
                    moment("2025-10-15T12:00"),
                    until,
                ),
                st.integers(1, 4),
                st.sampled_from(["waived", "extended", "signed_off"]),
                st.dates(day("2025-11-01"), day("2026-08-01")),
            ),
            unique_by=lambda fact: fact.id,
        ),
    }
)
PLAN = Plan(START, 2, tuple(module(n, due=f"2026-0{n}-15", lessons=(5, 6)) for n in range(1, 5)) + (session(),))


@given(FACTS, st.dates(day("2025-09-01"), day("2027-10-01")), st.integers())
def test_order_of_events_does_not_matter(facts, today, seed):
    shuffled = {name: list(values) for name, values in facts.items()}
    for values in shuffled.values():
        random.Random(seed).shuffle(values)
    one, other = (
        derive(
            plan=PLAN,
            facts=Facts(state="active", zone=ZONE, **{name: tuple(values) for name, values in given.items()}),
            now=moment(f"{today}T12:00"),
            limits=limits(),
        )
        for given in (facts, shuffled)
    )
    assert one == other


@given(
    st.dates(day("2025-09-01"), day("2026-03-01")), st.integers(0, 90), st.dates(day("2025-10-02"), day("2026-06-01"))
)
def test_pause_never_brings_a_due_day_forward(first, days, due):
    asked = replace(module(), due_on=due)
    item = standing(asked, pauses=(PauseFact(first, first + dt.timedelta(days=days)),)).items[0]
    assert item.due_on == due + dt.timedelta(days=days if first <= due else 0)
