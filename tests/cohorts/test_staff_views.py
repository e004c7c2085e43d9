"""Program staff's cohorts, sessions and nominations, and faculty's own sessions, in the browser."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client

from cohorts.network.actions import add_session, edit_session, set_requirement_days
from cohorts.network.models import Cohort, CohortSession
from cohorts.network.plan import due_on
from cohorts.practice.attending import rsvp
from cohorts.practice.enrolling import pause_enrollment, resume_enrollment
from cohorts.practice.enums import NominationState
from cohorts.practice.models import Enrollment, Nomination, Seat
from cohorts.practice.nominating import withdraw_nomination
from lms import clock
from lms.accounts.actions import grant_network_role
from lms.people.models import AccessLogEntry
from lms.practices.actions import onboard_practice
from lms.practices.schema import enter
from tests.cohorts.people import a_confirmed, a_leader, a_nomination
from tests.cohorts.programs import make_cohort, make_program
from tests.fixtures import make_user, signed_in
from tests.queries import count_queries

BEFORE = dt.datetime(2025, 6, 2, 15, tzinfo=dt.UTC)
HELD = dt.datetime(2025, 10, 16, 22, 30, tzinfo=dt.UTC)


@pytest.fixture
def cohort(db):
    with clock.at(BEFORE):
        yield make_cohort()


@pytest.fixture
def lab(cohort, faculty):
    """A virtual session with one faculty member."""
    return add_session(
        cohort=cohort,
        title="Media lab",
        mode="virtual",
        starts_at=HELD,
        ends_at=HELD + dt.timedelta(hours=1),
        time_zone="America/Chicago",
        faculty=[faculty],
    )


def text(response) -> str:
    return " ".join(response.content.decode().split())


def typed(**fields) -> dict:
    return {
        "title": "Negotiation lab",
        "mode": "virtual",
        "day": "2026-07-16",
        "starts": "17:30",
        "ends": "18:30",
        "time_zone": "America/Denver",
        "required": "on",
        **fields,
    }


def test_staff_lay_out_a_cohort_and_see_its_two_years(staff):
    program = make_program()
    client = signed_in(staff)
    assert "A cohort is laid out" in text(client.get("/staff/cohorts/"))
    response = client.post(
        "/staff/cohorts/new/",
        {
            "program": program.pk,
            "name": "Cohort 2026–28",
            "starts_on": "2026-09-07",
            "capacity": "24",
            "time_zone": "America/Denver",
        },
        follow=True,
    )
    made = Cohort.objects.get()
    assert response.redirect_chain == [(f"/staff/cohorts/{made.pk}/plan/", 302)]
    page = text(response)
    assert "Media and Speaker Training" in page
    assert "Year 1" in page
    assert "Year 2" in page
    assert "9:00 am – 5:00 pm MT" in page
    assert "Cohort 2026–28" in text(client.get("/staff/cohorts/"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_on": "9999-12-31"}, "Choose a day before 2101."),
        ({"starts_on": "2026-02-30"}, "Enter a date like 2026-05-03: First day"),
        ({"starts_on": ""}, "Enter a date like 2026-05-03: First day"),
        ({"name": " "}, "Fill this in: Name"),
        ({"capacity": "9" * 500}, "Enter 500 or less: Places"),
        ({"program": "9" * 40}, "Choose one of the answers offered: Program"),
        ({"name": "A\x00"}, "it holds characters that cannot be kept: Name"),
        ({"name": "Cohort 2025–27"}, "Another cohort has this name. Choose a different one."),
        ({"nominations_close_on": "2028-01-01"}, "no later than three months"),
        ({"time_zone": "Mars/Base"}, "Choose one of the answers offered: Time zone"),
    ],
)
def test_bad_cohort_is_answered_in_place(cohort, staff, fields, sentence):
    data = {
        "program": cohort.program_id,
        "name": "Another",
        "starts_on": "2026-09-07",
        "capacity": "24",
        "time_zone": "America/Denver",
        **fields,
    }
    response = signed_in(staff).post("/staff/cohorts/new/", data)
    assert response.status_code == 422
    assert sentence in text(response)
    assert Cohort.objects.count() == 1


def test_staff_set_own_days_of_a_module(cohort, staff):
    client = signed_in(staff)
    module = cohort.requirements.get(short_title="Media")
    url = f"/staff/cohorts/{cohort.pk}/plan/"
    assert f"Opens {'September 8'}" in text(client.get(f"{url}?change={module.pk}"))
    refused = client.post(url, {"requirement": module.pk, "opens_on": "2025-12-02", "due_on": "2025-12-01"})
    assert refused.status_code == 422
    assert "It would be due before it opens." in text(refused)
    client.post(url, {"requirement": module.pk, "opens_on": "", "due_on": "2025-12-01"})
    module = cohort.requirements.select_related("cohort", "cohort_session").get(pk=module.pk)
    assert due_on(module) == dt.date(2025, 12, 1)
    assert "days set by staff" in text(client.get(url))
    assert client.get(f"{url}?change=nonsense").status_code == 404


def test_capacity_can_be_raised(cohort, staff):
    client = signed_in(staff)
    response = client.post(
        f"/staff/cohorts/{cohort.pk}/edit/",
        {"name": cohort.name, "capacity": "31", "nominations_close_on": "2025-08-01"},
    )
    assert response.status_code == 302
    cohort.refresh_from_db()
    assert (cohort.capacity, cohort.nominations_close_on) == (31, dt.date(2025, 8, 1))


def test_session_is_typed_in_the_zone_of_its_place(cohort, staff, faculty):
    client = signed_in(staff)
    url = f"/staff/cohorts/{cohort.pk}/sessions/new/"
    assert "Dana Whitlock" in text(client.get(url))
    response = client.post(url, typed(faculty=[faculty.pk]), follow=True)
    made = CohortSession.objects.get(title="Negotiation lab")
    assert made.starts_at == dt.datetime(2026, 7, 16, 23, 30, tzinfo=dt.UTC)
    assert "5:30–6:30 pm MT" in text(response)
    assert list(made.faculty.all()) == [faculty]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "2026-03-08", "starts": "02:30", "ends": "04:00"}, "clocks there skip 2:30 am"),
        ({"ends": "17:00"}, "The session must end after it starts."),
        ({"last_day": "2026-09-16"}, "two weeks at most"),
        ({"day": "2031-01-01"}, "Choose a day within it."),
        ({"day": "1800-01-01"}, "Choose a day from 2000 on."),
        ({"starts": "25:00"}, "Enter a time like 17:30: Starts"),
        ({"mode": "by mail"}, "Choose one of the answers offered: Mode"),
        ({"meeting_url": "javascript:alert(1)"}, "Enter a web address like https://meet.example.com/room."),
        ({"faculty": "x"}, "is not a valid"),
        ({"title": "x" * 100_000}, "Shorten this to 120 characters, it has 100000: Title"),
    ],
)
def test_bad_session_is_answered_in_place(cohort, staff, fields, sentence):
    response = signed_in(staff).post(f"/staff/cohorts/{cohort.pk}/sessions/new/", typed(**fields))
    assert response.status_code == 422
    assert sentence in text(response)
    assert not CohortSession.objects.filter(title="Negotiation lab").exists()


def test_time_that_comes_twice_is_settled_with_a_sentence(cohort, staff):
    response = signed_in(staff).post(
        f"/staff/cohorts/{cohort.pk}/sessions/new/",
        typed(day="2026-11-01", starts="01:30", ends="03:00"),
        follow=True,
    )
    assert "Clocks go back on November 1, 2026, so 1:30 am comes twice. The first one is meant." in text(response)


def test_staff_edit_and_cancel_a_session(lab, staff):
    client = signed_in(staff)
    edit = f"/staff/sessions/{lab.pk}/edit/"
    page = text(client.get(edit))
    assert 'value="17:30"' in page
    assert 'value="2025-10-16"' in page
    data = typed(title="Speaking lab", day="2025-10-17", time_zone="America/Chicago")
    client.post(edit, data)
    client.post(edit, data)
    lab.refresh_from_db()
    assert (lab.title, lab.sequence) == ("Speaking lab", 1)
    cancel = f"/staff/sessions/{lab.pk}/cancel/"
    assert "Cancel Speaking lab?" in text(client.get(cancel))
    lab.refresh_from_db()
    assert lab.cancelled_at is None
    assert "Nobody owes it any more." in text(client.post(cancel, follow=True))
    lab.refresh_from_db()
    assert lab.cancelled_at == BEFORE
    assert "was cancelled" in text(client.post(edit, data))


def test_roster_spans_practices_and_attendance_is_saved_for_all_at_once(
    alder, birch, lab, cohort, manager, outsider, staff, faculty
):
    leela = a_leader(alder, cohort, manager, staff)
    otto = a_leader(birch, cohort, outsider, staff, name="Joaquin Baca", email="joaquin@birch.example")
    with enter(birch):
        rsvp(enrollment=otto, cohort_session=lab, coming=True)
    client = signed_in(faculty)
    page = text(client.get(f"/staff/sessions/{lab.pk}/"))
    assert "1 coming, 0 cannot, 1 without a reply" in page
    assert "Birch Hematology" in page
    record = f"/practices/birch-hematology/leaders/{otto.pk}/"
    assert record not in page
    assert record in text(signed_in(staff).get(f"/staff/sessions/{lab.pk}/"))
    url = f"/staff/sessions/{lab.pk}/attendance/"
    marks = {f"mark-{leela.pk}": "virtual", f"mark-{otto.pk}": "absent"}
    assert "has not started" in text(client.post(url, marks, follow=True))
    with enter(alder):
        assert not Seat.objects.exists()
    with clock.at(HELD + dt.timedelta(hours=2)):
        assert "2 changed." in text(client.post(url, marks, follow=True))
        page = text(client.post(url, marks, follow=True))
    assert "Nothing had changed." in page
    assert "recorded by Dana Whitlock" in page
    with enter(alder):
        seat = Seat.objects.get()
        assert (seat.attendance, seat.how, seat.by_name) == ("attended", "virtual", "Dana Whitlock")
    with enter(birch):
        assert Seat.objects.get().attendance == "absent"


def test_a_leave_is_told_to_staff_and_not_to_faculty(alder, lab, cohort, manager, staff, faculty):
    leader = a_leader(alder, cohort, manager, staff)
    with enter(alder):
        pause_enrollment(enrollment=leader)
    url = f"/staff/sessions/{lab.pk}/attendance/"
    assert "on leave" in text(signed_in(staff).get(url))
    page = text(signed_in(faculty).get(url))
    assert "Dr. Leela Raghunathan" in page
    assert "on leave" not in page


def test_everybody_not_recorded_can_be_marked_at_once(alder, lab, cohort, manager, staff):
    one = a_leader(alder, cohort, manager, staff)
    two = a_leader(alder, cohort, manager, staff, name="Joaquin Baca", email="joaquin@alder.example")
    with clock.at(HELD + dt.timedelta(hours=2)):
        data = {f"mark-{one.pk}": "excused", f"mark-{two.pk}": "none", "rest": "1"}
        signed_in(staff).post(f"/staff/sessions/{lab.pk}/attendance/", data)
    with enter(alder):
        seats = {seat.enrollment_id: (seat.attendance, seat.how) for seat in Seat.objects.all()}
    assert seats == {one.pk: ("excused", ""), two.pk: ("attended", "virtual")}


def test_hostile_attendance_changes_nothing(alder, lab, cohort, manager, staff):
    one = a_leader(alder, cohort, manager, staff)
    with clock.at(HELD + dt.timedelta(hours=2)):
        data = {f"mark-{one.pk}": "\x00", f"mark-{uuid.uuid4()}": "virtual", "mark-x": "absent"}
        assert signed_in(staff).post(f"/staff/sessions/{lab.pk}/attendance/", data).status_code == 302
    with enter(alder):
        assert not Seat.objects.exists()


def test_faculty_sees_own_sessions_only(alder, lab, cohort, manager, staff, faculty):
    a_leader(alder, cohort, manager, staff)
    other = make_user("other@faculty.example", "Odd Faculty")
    grant_network_role(user=other, role="faculty")
    assert "Media lab" in text(signed_in(faculty).get("/staff/faculty/sessions/"))
    assert "Opening retreat" not in text(signed_in(faculty).get("/staff/faculty/sessions/"))
    stranger = signed_in(other)
    assert "No sessions yet" in text(stranger.get("/staff/faculty/sessions/"))
    for door in (f"/staff/sessions/{lab.pk}/", f"/staff/sessions/{lab.pk}/attendance/"):
        for response in (stranger.get(door), stranger.post(door)):
            assert response.status_code == 404
            assert "Leela" not in text(response)
    edit_session(cohort_session=lab, faculty=[other])
    assert signed_in(faculty).get(f"/staff/sessions/{lab.pk}/").status_code == 404


def test_staff_doors_are_closed_to_everybody_else(alder, lab, cohort, manager, outsider, faculty, advisor):
    nomination = a_confirmed(alder, cohort, manager)
    staff_only = [
        "/staff/cohorts/",
        "/staff/cohorts/new/",
        f"/staff/cohorts/{cohort.pk}/",
        f"/staff/cohorts/{cohort.pk}/edit/",
        f"/staff/cohorts/{cohort.pk}/plan/",
        f"/staff/cohorts/{cohort.pk}/leaders/new/",
        f"/staff/cohorts/{cohort.pk}/sessions/new/",
        "/staff/sessions/",
        f"/staff/sessions/{lab.pk}/edit/",
        f"/staff/sessions/{lab.pk}/cancel/",
        "/staff/nominations/",
        f"/staff/nominations/alder-oncology/{nomination.pk}/",
    ]
    for door in staff_only:
        for user in (manager, outsider, faculty, advisor):
            for response in (signed_in(user).get(door), signed_in(user).post(door, {"do": "accept"})):
                assert response.status_code in (403, 404), (door, user)
                assert "Leela" not in text(response)
        assert Client().get(door)["Location"].startswith("/accounts/login/")
    for door in (f"/staff/sessions/{lab.pk}/", f"/staff/sessions/{lab.pk}/attendance/"):
        for user in (manager, outsider, advisor):
            assert signed_in(user).get(door).status_code == 403
    with enter(alder):
        assert not Enrollment.objects.exists()
        assert Nomination.objects.get().state == NominationState.CONFIRMED


def test_staff_accept_from_the_nominations_of_all_practices(alder, birch, cohort, manager, outsider, staff):
    nomination = a_confirmed(alder, cohort, manager)
    waiting = a_nomination(birch, cohort, outsider, name="Joaquin Baca", email="joaquin@birch.example")
    client = signed_in(staff)
    page = text(client.get("/staff/nominations/"))
    assert "0 of 30 places taken" in page
    assert "Leela Raghunathan" in page
    assert "Joaquin Baca" not in page
    assert "Joaquin Baca" in text(client.get("/staff/nominations/?state=all"))
    assert client.get("/staff/nominations/?state=%00").status_code == 200
    url = f"/staff/nominations/alder-oncology/{nomination.pk}/"
    assert "Accept" in text(client.get(url))
    assert "Dr. Leela Raghunathan is in" in text(client.post(url, {"do": "accept"}, follow=True))
    assert "Accept</button>" not in text(client.get(url))
    with enter(alder):
        # From here on it is a page about a leader, who reads that it was opened.
        assert [entry.what for entry in AccessLogEntry.objects.all()] == ["The nomination"]
    # A page that was open since before still has the form.
    late = client.post(url, {"do": "decline", "reason": "No place."})
    assert "This nomination is accepted and cannot be declined." in text(late)
    other = f"/staff/nominations/birch-hematology/{waiting.pk}/"
    assert "Accept</button>" not in text(client.get(other))
    assert "has not said yes" in text(client.post(other, {"do": "accept"}))
    # Through another practice it does not exist.
    assert client.get(f"/staff/nominations/birch-hematology/{nomination.pk}/").status_code == 404


def test_staff_waitlist_and_decline_with_a_reason(alder, cohort, manager, staff):
    nomination = a_confirmed(alder, cohort, manager)
    client = signed_in(staff)
    url = f"/staff/nominations/alder-oncology/{nomination.pk}/"
    assert "on the waitlist" in text(client.post(url, {"do": "waitlist"}, follow=True))
    refused = client.post(url, {"do": "decline", "reason": " "})
    assert refused.status_code == 422
    assert "Say why: the sponsor reads it." in text(refused)
    assert "is declined" in text(client.post(url, {"do": "decline", "reason": "Next year."}, follow=True))
    assert client.post(url, {"do": "\x00"}).status_code == 200
    with enter(alder):
        assert Nomination.objects.get().reason == "Next year."


def test_full_cohort_is_said_before_and_after_the_click(alder, cohort, manager, staff):
    nomination = a_confirmed(alder, cohort, manager)
    a_leader(alder, cohort, manager, staff, email="first@alder.example")
    Cohort.objects.update(capacity=1)
    client = signed_in(staff)
    url = f"/staff/nominations/alder-oncology/{nomination.pk}/"
    assert "The cohort is full." in text(client.get(url))
    assert "is full: 1 of 1 places are taken." in text(client.post(url, {"do": "accept"}))


def test_staff_add_a_leader_for_a_practice(alder, cohort, staff):
    client = signed_in(staff)
    url = f"/staff/cohorts/{cohort.pk}/leaders/new/"
    data = {
        "practice": alder.pk,
        "name": "Joaquin Baca",
        "email": "joaquin@alder.example",
        "why": "Moved here.",
        "protected_hours": "4",
        "agrees": "on",
    }
    assert client.post(url, {**data, "practice": "x"}).status_code == 422
    assert "gets an invitation by mail" in text(client.post(url, data, follow=True))
    again = client.post(url, data)
    assert again.status_code == 422
    assert "already has a nomination" in text(again)
    with enter(alder):
        assert Enrollment.objects.count() == 1


def test_board_shows_leaders_of_all_practices_and_filters_them(alder, birch, cohort, manager, outsider, staff):
    leela = a_leader(alder, cohort, manager, staff)
    a_leader(birch, cohort, outsider, staff, name="Joaquin Baca", email="joaquin@birch.example")
    client = signed_in(staff)
    url = f"/staff/cohorts/{cohort.pk}/"
    with clock.at(dt.datetime(2025, 9, 20, 15, tzinfo=dt.UTC)):
        page = text(client.get(url))
        assert "2 leaders, 2 practices, month 1 of 24." in page
        assert "Nobody at risk" in page
        link = f"/practices/alder-oncology/leaders/{leela.pk}/"
        assert link in page
        assert client.get(link).status_code == 200
        assert '?<span class="sr">No reply</span>' in page
        assert "Joaquin" not in text(client.get(url, {"q": "leela"}))
        assert "Joaquin" not in text(client.get(url, {"practice": "alder-oncology"}))
        assert "Nobody matches" in text(client.get(url, {"pace": "at_risk"}))
        assert "2 leaders" in text(client.get(url, {"q": "\x00", "practice": "", "pace": ""}))
        with enter(alder):
            pause_enrollment(enrollment=leela)
        assert "0 need attention, 1 on pace, 1 on leave." in text(client.get(url))
        with enter(alder):
            resume_enrollment(enrollment=leela)
        assert client.get(url, {"q": "x" * 5000, "pace": "\x00"}).status_code == 200
    with clock.at(dt.datetime(2026, 3, 1, 15, tzinfo=dt.UTC)):
        page = text(client.get(url))
        assert re.search(r'data-state="late" class="edge">.*?0/0', page)
        assert "Media 113 days late" in page


def test_board_and_lists_cost_the_same_whoever_is_in_them(alder, birch, cedar, lab, cohort, manager, outsider, staff):
    client = signed_in(staff)
    a_leader(alder, cohort, manager, staff)
    urls = [
        f"/staff/cohorts/{cohort.pk}/",
        "/staff/cohorts/",
        "/staff/nominations/?state=all",
        "/staff/sessions/",
        f"/staff/sessions/{lab.pk}/",
        f"/staff/sessions/{lab.pk}/attendance/",
        f"/staff/cohorts/{cohort.pk}/plan/",
    ]
    before = {}
    for url in urls:
        client.get(url)
        with count_queries() as counted:
            client.get(url)
        before[url] = len(counted)
    assert before[urls[0]] <= 14
    for number, practice in enumerate([alder, birch, birch, cedar, cedar]):
        a_leader(practice, cohort, manager, staff, email=f"more{number}@x.example")
    for url in urls:
        with count_queries() as counted:
            client.get(url)
        assert len(counted) == before[url], url


def test_withdrawn_nomination_is_not_for_staff_to_decide(alder, cohort, manager, staff):
    nomination = a_confirmed(alder, cohort, manager)
    withdraw_nomination(practice=alder, nomination=nomination)
    client = signed_in(staff)
    page = text(client.get(f"/staff/nominations/alder-oncology/{nomination.pk}/"))
    assert "The practice took the nomination back." in page
    assert "Accept</button>" not in page
    assert "Decline the nomination" not in page


def test_days_of_a_session_are_not_changed_in_the_plan(cohort, staff):
    requirement = cohort.requirements.filter(kind="session").first()
    assert signed_in(staff).get(f"/staff/cohorts/{cohort.pk}/plan/?change={requirement.pk}").status_code == 404
    set_requirement_days(
        requirement=cohort.requirements.select_related("cohort", "cohort_session").get(short_title="Media"),
        opens_on=dt.date(2025, 9, 10),
        due_on=None,
    )
    assert "Opens September 10, due November 8" in text(signed_in(staff).get(f"/staff/cohorts/{cohort.pk}/plan/"))


def test_board_of_thirty_leaders_in_fifteen_practices_is_a_handful_of_statements(cohort, manager, staff):
    practices = [
        onboard_practice(name=f"Practice {number}", city="Ames", state="IA", joined_on=dt.date(2024, 2, 1))
        for number in range(15)
    ]
    for number in range(30):
        a_leader(
            practices[number % 15], cohort, manager, staff, name=f"Leader {number:02}", email=f"l{number}@x.example"
        )
    client = signed_in(staff)
    url = f"/staff/cohorts/{cohort.pk}/"
    client.get(url)
    with count_queries() as counted:
        page = text(client.get(url))
    assert "30 leaders, 15 practices" in page
    assert "Leader 29" in page
    assert len(counted) <= 14
