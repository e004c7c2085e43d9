"""What practice leadership and program staff see of a practice's leaders, and what staff decide there."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.practice import attending
from cohorts.practice.models import Enrollment, Pause, Ruling, Seat
from lms import clock
from lms.people.models import AccessLogEntry
from lms.practices.schema import enter
from tests.cohorts.samples import NOON, make_cohort, make_leader
from tests.fixtures import signed_in
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def january(db):
    with clock.at(NOON):
        yield


@pytest.fixture
def cohort(db):
    return make_cohort()


@pytest.fixture
def leader(cohort, alder):
    return make_leader(alder, cohort)


def url(practice, name, *args):
    return reverse(f"cohorts_practice:{name}", args=[practice.slug, *args])


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def staff_posts(practice, leader, ruling="6f1f6c1e-0000-4000-8000-0000000000aa"):
    pk = leader.pk
    return [
        url(practice, "add_ruling", pk),
        url(practice, "take_ruling_back", pk, ruling),
        url(practice, "grant_attempts", pk, ruling),
        url(practice, "pause", pk),
        url(practice, "resume", pk),
        url(practice, "withdraw", pk),
    ]


def test_outsider_another_leader_and_faculty_are_turned_away(leader, cohort, alder, outsider, faculty):
    peer = make_leader(alder, cohort, "Joaquin Baca").person.user
    for user, status in ((outsider, 404), (faculty, 404), (peer, 403), (leader.person.user, 403)):
        visitor = signed_in(user)
        assert visitor.get(url(alder, "leader", leader.pk)).status_code == status
        for address in staff_posts(alder, leader):
            assert visitor.post(address).status_code == status, address
    assert signed_in(outsider).get(url(alder, "practice_home")).status_code == 404
    with enter(alder):
        assert not AccessLogEntry.objects.exists()


def test_page_that_a_refused_form_comes_back_in_is_recorded_too(leader, alder, staff):
    assert signed_in(staff).post(url(alder, "add_ruling", leader.pk), {}).status_code == 422
    with enter(alder):
        assert AccessLogEntry.objects.get().viewer_id == staff.pk


def test_leadership_may_not_do_what_staff_do(leader, alder, manager):
    visitor = signed_in(manager)
    for address in staff_posts(alder, leader):
        assert visitor.post(address).status_code == 403
    page = read(visitor, url(alder, "leader", leader.pk))
    assert "Excuse or extend" not in page
    assert "Withdraw from the program" not in page


def test_leader_of_another_practice_is_not_found_under_ones_own(leader, alder, birch, outsider):
    assert signed_in(outsider).get(url(birch, "leader", leader.pk)).status_code == 404


def test_practice_home_shows_own_leaders_only(leader, cohort, alder, birch, manager):
    make_leader(birch, cohort, "Samuel Adeyemi")
    page = read(signed_in(manager), url(alder, "practice_home"))
    assert "Dr. Leela Raghunathan" in page
    assert "Samuel" not in page
    assert "One leader in Cohort 2025–27" in page
    assert "0 of 2 done" in page
    assert "February 5" in page
    with enter(alder):
        assert not AccessLogEntry.objects.exists()


def test_practice_home_without_leaders_has_words(alder, manager):
    assert "No leader yet" in read(signed_in(manager), url(alder, "practice_home"))


def test_practice_home_takes_the_same_statements_for_one_and_three_leaders(leader, cohort, alder, manager):
    client = signed_in(manager)
    client.get(url(alder, "practice_home"))
    with count_queries() as one:
        client.get(url(alder, "practice_home"))
    make_leader(alder, cohort, "Joaquin Baca")
    make_leader(alder, cohort, "Helen Truax")
    with count_queries() as three:
        client.get(url(alder, "practice_home"))
    assert len(one) == len(three)


def test_practice_home_names_whoever_needs_attention(leader, alder, manager):
    with clock.at(dt.datetime(2026, 2, 3, 18, tzinfo=dt.UTC)):
        page = read(signed_in(manager), url(alder, "practice_home"))
    assert "Dr. Leela Raghunathan needs" in page
    assert "Needs attention" in page


def test_opening_a_leaders_page_is_written_with_the_role_acted_in(leader, alder, manager, staff):
    for user in (manager, staff, staff):
        read(signed_in(user), url(alder, "leader", leader.pk))
    with enter(alder):
        entries = AccessLogEntry.objects.order_by("at", "viewer_role").values_list("viewer_name", "viewer_role", "what")
        assert list(entries) == [
            ("Mona Reyes", "Managing physician", "Opened the leader’s page"),
            ("Tess Park", "Program staff", "Opened the leader’s page"),
        ]


def test_staff_excuse_and_take_it_back(leader, cohort, alder, staff, manager):
    client, asked = signed_in(staff), cohort.requirements.get(position=1)
    data = {"requirement": str(asked.pk), "kind": "waived", "reason": "Private reason"}
    for _ in range(2):
        client.post(url(alder, "add_ruling", leader.pk), data)
    with enter(alder):
        ruling = Ruling.objects.get()
    assert "Private reason" in read(client, url(alder, "leader", leader.pk))
    assert "Private reason" not in read(signed_in(manager), url(alder, "leader", leader.pk))
    address = url(alder, "take_ruling_back", leader.pk, ruling.pk)
    answer = client.post(address, {"why": " "})
    assert answer.status_code == 422
    assert "Write why" in answer.content.decode()
    for _ in range(2):
        assert client.post(address, {"why": "A mistake"}).status_code == 302
    with enter(alder):
        ruling.refresh_from_db()
    assert ruling.withdrawn_why == "A mistake"


def test_refused_ruling_keeps_what_was_typed(leader, cohort, alder, staff):
    client, asked = signed_in(staff), cohort.requirements.get(position=1)
    address = url(alder, "add_ruling", leader.pk)
    for changed, words in (
        ({"reason": ""}, "Write why"),
        ({"kind": "extended"}, "Choose the new due day."),
        ({"kind": "extended", "until": "2026-01-20"}, "Choose a day after February 1"),
        ({"kind": "extended", "until": "99999-99-99"}, "Enter a date like 2026-05-03: New due day"),
        ({"requirement": "\x00"}, "Choose one of the list."),
        ({"reason": "x" * 100_000}, "Shorten this to 300 characters, it has 100000: Reason"),
    ):
        data = {"requirement": str(asked.pk), "kind": "waived", "reason": "Typed words"} | changed
        answer = client.post(address, data)
        assert answer.status_code == 422, changed
        page = answer.content.decode()
        assert words in page
        assert data["reason"] in page
    with enter(alder):
        assert not Ruling.objects.exists()


def test_staff_find_the_way_back_to_the_board(leader, cohort, alder, staff, manager):
    address, board = url(alder, "leader", leader.pk), f'href="/staff/cohorts/{cohort.pk}/"'
    assert board in signed_in(staff).get(address).content.decode()
    assert board not in signed_in(manager).get(address).content.decode()


def test_staff_pause_resume_and_withdraw(leader, alder, staff):
    client = signed_in(staff)
    assert client.post(url(alder, "pause", leader.pk), {"starts_on": "2027-01-01"}).status_code == 422
    for _ in range(2):
        client.post(url(alder, "pause", leader.pk), {"starts_on": "2026-01-10", "reason": "Leave"})
    with enter(alder):
        assert Pause.objects.get().starts_on == dt.date(2026, 1, 10)
    assert "still away" in read(client, url(alder, "leader", leader.pk))
    client.post(url(alder, "resume", leader.pk))
    client.post(url(alder, "withdraw", leader.pk))
    with enter(alder):
        assert Enrollment.objects.get().state == "withdrawn"
        assert Pause.objects.get().resumes_on == dt.date(2026, 1, 15)
    assert "Withdrawn" in read(client, url(alder, "leader", leader.pk))


def test_leaders_page_shows_attendance_and_no_check_answers(leader, cohort, alder, manager, staff):
    cohort_session = cohort.sessions.first()
    with clock.at(cohort_session.ends_at):
        attending.mark_attendance(
            practice=alder, enrollment_id=leader.pk, cohort_session=cohort_session, attendance="absent", by=staff
        )
        page = read(signed_in(manager), url(alder, "leader", leader.pk))
    assert "0 of 1 attended, 1 missed" in page
    assert "Virtual · Missed" in page
    with enter(alder):
        assert Seat.objects.get().by_name == "Tess Park"


def test_leadership_nominates_from_its_home_and_staff_do_not(alder, manager, staff):
    new = f'href="{url(alder, "new_nomination")}"'
    assert new in read(signed_in(manager), url(alder, "practice_home"))
    assert new not in read(signed_in(staff), url(alder, "practice_home"))
