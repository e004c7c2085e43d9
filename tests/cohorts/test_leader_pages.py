"""A leader's own pages, through the browser's door."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.practice import attending, checking, enrolling, learning
from cohorts.practice.models import Attempt, Completion, PageRecord, Reflection, Seat
from cohorts.practice.panels import _journey, register_panel
from cohorts.practice.reading import place_of
from lms import clock
from lms.people.actions import record_access
from lms.practices.schema import enter
from lms.ui.dates import when
from tests.cohorts.samples import (
    CHECK,
    NOON,
    PROMPT,
    QUESTION,
    RIGHT,
    WRONG,
    lessons,
    make_cohort,
    make_leader,
    make_program,
    make_session,
    require,
)
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


@pytest.fixture
def client(leader):
    return signed_in(leader.person.user)


def url(practice, name, *args):
    return reverse(f"cohorts_practice:{name}", args=[practice.slug, *args])


def read(client, address, status=200, **kwargs):
    answer = client.get(address, **kwargs)
    assert answer.status_code == status, address
    return answer.content.decode()


def first_module(cohort):
    return cohort.requirements.get(position=1).module


def own_urls(practice, cohort):
    """Every page of a leader, with records behind them."""
    module = first_module(cohort)
    page, cohort_session = lessons(module)[0].pk, cohort.sessions.first().pk
    gets = [
        url(practice, name, *args)
        for name, args in (
            ("journey", ()),
            ("modules", ()),
            ("module", (module.pk,)),
            ("lesson", (page,)),
            ("sessions", ()),
            ("cohort_session", (cohort_session,)),
            ("join", (cohort_session,)),
            ("session_calendar", (cohort_session,)),
            ("profile", ()),
            ("access_log", ()),
        )
    ]
    posts = [
        url(practice, "complete", page),
        url(practice, "answer_check", page, CHECK),
        url(practice, "ask_attempts", page),
        url(practice, "reflect", page, PROMPT),
        url(practice, "keep_place", page),
        url(practice, "reply", cohort_session),
    ]
    return gets, posts


def test_outsider_and_wrong_roles_are_turned_away(leader, cohort, alder, outsider, manager, staff, faculty):
    gets, posts = own_urls(alder, cohort)
    for user, status in ((outsider, 404), (faculty, 404), (manager, 403), (staff, 403)):
        visitor = signed_in(user)
        for address in gets:
            assert visitor.get(address).status_code == status, (user, address)
        for address in posts:
            assert visitor.post(address).status_code == status, (user, address)
    with enter(alder):
        assert not PageRecord.objects.exists()


def test_nothing_acts_on_get(client, alder, cohort):
    for address in own_urls(alder, cohort)[1]:
        assert client.get(address).status_code == 405


def test_leader_of_another_cohort_does_not_find_this_ones_things(leader, cohort, alder):
    other = make_cohort("Other", *make_program())
    stranger = signed_in(make_leader(alder, other, "Joaquin Baca").person.user)
    gets, posts = own_urls(alder, cohort)
    for address in gets[2:4] + gets[5:8]:
        assert stranger.get(address).status_code == 404, address
    for address in posts:
        assert stranger.post(address).status_code == 404, address
    assert stranger.get(url(alder, "peer", leader.pk)).status_code == 404


def test_journey_says_where_one_is_and_what_is_next(client, alder, cohort):
    page = read(client, url(alder, "journey"))
    assert "Month 5 of 24" in page
    assert "None of two modules done" in page
    assert "You are" in page
    assert "on pace" in page
    assert "Start lesson 1" in page
    assert "Finish Drug Reimbursement" in page
    assert "Office hours" in page
    assert "5:30–6:30 pm CT" not in page  # the leader lives in Pacific time
    assert "3:30–4:30 pm PT" in page


def test_journey_takes_at_most_fifteen_statements_with_many_peers(client, leader, alder, birch, cedar, cohort):
    for practice in (birch, cedar):
        for name in ("Samuel Adeyemi", "Rachel Lowe"):
            make_leader(practice, cohort, name)
    client.get(url(alder, "journey"))
    with count_queries() as counted:
        page = read(client, url(alder, "journey"))
    assert "Dr. Samuel Adeyemi" in page
    assert len(counted) <= 15, "\n".join(counted.statements)


def test_journey_has_the_right_sentence_in_every_state(leader, client, alder, cohort):
    with enter(alder):
        enrolling.pause_enrollment(enrollment=leader)
    page = read(client, url(alder, "journey"))
    assert "You are on leave" in page
    assert "has been paused since January 15" in page
    with enter(alder):
        enrolling.resume_enrollment(enrollment=leader)
        enrolling.withdraw_enrollment(enrollment=leader)
    page = read(client, url(alder, "journey"))
    assert "You left this program" in page
    assert "Start lesson" not in page
    assert client.get(url(alder, "modules")).status_code == 403
    with enter(alder):
        leader.state, leader.ended_on = "completed", dt.date(2026, 1, 10)
        leader.save()
    assert "You completed both years, on January 10" in read(client, url(alder, "journey"))


def test_journey_of_who_is_behind_counts_and_says_what_to_do(client, alder, cohort):
    with clock.at(dt.datetime(2026, 9, 1, 17, tzinfo=dt.UTC)):
        page = read(client, url(alder, "journey"))
    behind = "<strong>at risk</strong>: “Drug Reimbursement” past its due day and one required session missed."
    assert behind in page
    assert "Begin with the earliest, or ask program staff for more time." in page


def test_journey_names_the_next_session_however_much_is_late(client, alder, cohort, monkeypatch):
    monkeypatch.setattr("cohorts.practice.journey_views.NEXT_UP", 1)
    agenda = read(client, url(alder, "journey")).partition('id="next-up"')[2].partition("</section>")[0]
    assert "Office hours" in agenda


def test_journey_before_the_start_says_when_it_starts(alder, cohort):
    cohort.starts_on = dt.date(2026, 3, 2)
    cohort.save()
    client = signed_in(make_leader(alder, cohort, "Joaquin Baca").person.user)
    page = read(client, url(alder, "journey"))
    assert "Your program starts on March 2" in page
    assert "The first module opens on April 2" in page


def test_journey_without_a_plan_has_words(alder, cohort):
    cohort.requirements.all().delete()
    client = signed_in(make_leader(alder, cohort, "Joaquin Baca").person.user)
    page = read(client, url(alder, "journey"))
    assert "Nothing waits for you" in page
    assert "The plan is being made" in page


def test_peers_are_listed_by_practice_without_those_who_opted_out(client, alder, birch, cohort):
    shown, hidden = make_leader(birch, cohort, "Samuel Adeyemi"), make_leader(birch, cohort, "Rachel Lowe")
    with enter(birch):
        type(hidden.person).objects.filter(pk=hidden.person_id).update(hidden_from_peers=True)
        type(shown.person).objects.filter(pk=shown.person_id).update(profile="Runs <b>infusion</b>.")
    page = read(client, url(alder, "journey"))
    assert "Birch Hematology" in page
    assert "Samuel Adeyemi" in page
    assert "Rachel Lowe" not in page
    assert "Runs &lt;b&gt;infusion&lt;/b&gt;." in read(client, url(alder, "peer", shown.pk))
    assert client.get(url(alder, "peer", hidden.pk)).status_code == 404


def test_peer_reads_in_their_own_practice_who_opened_what_they_wrote(client, leader, alder, birch, cohort):
    peer = make_leader(birch, cohort, "Samuel Adeyemi")
    read(client, url(alder, "journey"))
    for shown in (peer, peer, leader):
        read(client, url(alder, "peer", shown.pk))
    with enter(birch):
        entry = peer.person.access_log.get()
    assert (entry.viewer_id, entry.viewer_role) == (leader.person.user_id, "Leader of the same cohort")
    with enter(alder):
        assert not leader.person.access_log.exists()


def test_panel_of_a_later_room_is_drawn_in_the_journey(client, alder):
    from django.utils.safestring import SafeString

    def panel(request, enrollment):
        return SafeString(f"<p>For {enrollment.person.user.name}</p>")

    register_panel(panel)
    try:
        assert "<p>For Leela Raghunathan</p>" in read(client, url(alder, "journey"))
    finally:
        _journey.remove(panel)


def test_lesson_shows_progress_around_the_body_and_remembers_the_place(client, leader, alder, cohort):
    lesson = lessons(first_module(cohort))[0]
    page = read(client, url(alder, "lesson", lesson.pk))
    assert "Drug Reimbursement text 1" in page
    assert "Lesson 1 of 2" in page
    assert "Only you can read this." in page
    assert "It pays the rent." not in page
    assert "Version of" in page
    assert client.post(url(alder, "keep_place", lesson.pk), {"place": "x" * 100_000}).status_code == 204
    with enter(alder):
        assert PageRecord.objects.get(page=lesson.pk).place == ""


def test_module_that_is_not_open_says_when_and_its_lessons_lead_there(client, alder, cohort):
    module = cohort.requirements.get(position=2).module
    assert "This module opens on <strong>October 1</strong>" in read(client, url(alder, "module", module.pk))
    answer = client.get(url(alder, "lesson", lessons(module)[0].pk))
    assert answer.url == url(alder, "module", module.pk)


def test_unpublished_lesson_and_module_of_no_plan_are_not_found(client, alder, cohort):
    _, others = make_program()
    assert client.get(url(alder, "module", others[0].pk)).status_code == 404
    assert client.get(url(alder, "lesson", lessons(others[0])[0].pk)).status_code == 404
    assert client.get(url(alder, "lesson", 2**40)).status_code == 404
    assert client.get(url(alder, "module", 2**80)).status_code == 404
    lesson = lessons(first_module(cohort))[0]
    lesson.unpublish()
    assert client.get(url(alder, "lesson", lesson.pk)).status_code == 404


def test_check_is_graded_on_the_server_and_gives_reasons(client, leader, alder, cohort):
    lesson = lessons(first_module(cohort))[0]
    address = url(alder, "answer_check", lesson.pk, CHECK)
    answer = client.post(address, {f"q-{QUESTION}": WRONG, "number": "1"}, follow=True)
    page = answer.content.decode()
    assert "Not yet." in page
    assert "It can lose money." in page
    assert "It pays the rent." not in page
    assert "1 attempt left" in page
    page = client.post(address, {f"q-{QUESTION}": RIGHT, "number": "2"}, follow=True).content.decode()
    assert "Passed." in page
    assert "It pays the rent." in page
    with enter(alder):
        first, second = Attempt.objects.all()
        assert (first.number, first.passed, first.items[0]["text"]) == (1, False, "Which number first?")
        assert (second.number, second.passed, second.revision_id) == (2, True, lesson.live_revision_id)


def test_passed_check_opens_the_way_to_complete_the_lesson_at_once(client, alder, cohort):
    lesson = lessons(first_module(cohort))[0]
    assert "has to be passed first" in read(client, url(alder, "lesson", lesson.pk))
    given = {f"q-{QUESTION}": RIGHT, "number": "1"}
    page = client.post(
        url(alder, "answer_check", lesson.pk, CHECK), given, headers={"hx-request": "true"}
    ).content.decode()
    assert 'id="finish" hx-swap-oob="true"' in page
    assert "has to be passed first" not in page
    assert "has to be passed first" not in read(client, url(alder, "lesson", lesson.pk))


def test_check_sent_twice_is_one_attempt(client, alder, cohort):
    lesson = lessons(first_module(cohort))[0]
    for _ in range(2):
        client.post(url(alder, "answer_check", lesson.pk, CHECK), {f"q-{QUESTION}": WRONG, "number": "1"})
    with enter(alder):
        assert Attempt.objects.count() == 1


def test_unanswered_check_comes_back_in_words_and_costs_no_attempt(client, alder, cohort):
    lesson = lessons(first_module(cohort))[0]
    address = url(alder, "answer_check", lesson.pk, CHECK)
    for data in ({}, {"q-\x00": "x", "number": "9" * 5000}, {"number": "-1"}):
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert "Answer every question" in answer.content.decode()
    part = client.post(address, {}, headers={"hx-request": "true"})
    assert part.status_code == 422
    assert b"<html" not in part.content
    with enter(alder):
        assert Attempt.objects.count() == 0
    assert client.post(url(alder, "answer_check", lesson.pk, PROMPT)).status_code == 404


def test_used_up_attempts_lead_to_a_way_on(client, leader, alder, cohort, staff):
    lesson = lessons(first_module(cohort))[0]
    address = url(alder, "answer_check", lesson.pk, CHECK)
    for number in (1, 2):
        client.post(address, {f"q-{QUESTION}": WRONG, "number": number})
    assert "Ask staff for more attempts" in read(client, url(alder, "lesson", lesson.pk))
    assert client.post(address, {f"q-{QUESTION}": RIGHT, "number": 3}).status_code == 422
    client.post(url(alder, "ask_attempts", lesson.pk))
    assert "You asked for more attempts on January 15" in read(client, url(alder, "lesson", lesson.pk))
    with enter(alder):
        record = PageRecord.objects.get(page=lesson.pk)
    place = signed_in(staff)
    assert "Asks for more attempts at 1 check" in read(place, f"/staff/cohorts/{cohort.pk}/")
    assert "More attempts asked" in read(place, url(alder, "leader", leader.pk))
    for _ in range(2):
        place.post(url(alder, "grant_attempts", leader.pk, record.pk))
    with enter(alder):
        record.refresh_from_db()
    assert (record.extra_attempts, record.attempts_asked_at) == (checking.GRANTED, None)
    client.post(address, {f"q-{QUESTION}": RIGHT, "number": 3})
    assert "Passed." in read(client, url(alder, "lesson", lesson.pk))


def test_attempt_keeps_its_wording_when_the_question_changes(client, alder, cohort):
    lesson = lessons(first_module(cohort))[0]
    client.post(url(alder, "answer_check", lesson.pk, CHECK), {f"q-{QUESTION}": RIGHT, "number": "1"})
    for block in lesson.body:
        if block.block_type == "check":
            block.value["questions"][0]["text"] = "Which number now?"
    lesson.save_revision().publish()
    page = read(client, url(alder, "lesson", lesson.pk))
    assert "Which number first?" in page
    assert "Passed." in page


def test_completing_a_lesson_leads_on_and_twice_is_once(client, alder, cohort):
    first, second = lessons(first_module(cohort))
    answer = client.post(url(alder, "complete", first.pk), follow=True)
    assert "Pass the knowledge check of this lesson first." in answer.content.decode()
    client.post(url(alder, "answer_check", first.pk, CHECK), {f"q-{QUESTION}": RIGHT})
    for _ in range(2):
        answer = client.post(url(alder, "complete", first.pk))
        assert answer.url == url(alder, "lesson", second.pk)
    answer = client.post(url(alder, "complete", second.pk), follow=True)
    assert "You completed Drug Reimbursement." in answer.content.decode()
    assert "See what is next" in answer.content.decode()
    with enter(alder):
        assert Completion.objects.count() == 3
    page = read(client, url(alder, "journey"))
    assert "One of two modules done" in page


def test_reflection_is_kept_for_its_writer_alone(client, leader, alder, cohort, staff, manager):
    lesson = lessons(first_module(cohort))[0]
    address = url(alder, "reflect", lesson.pk, PROMPT)
    client.post(address, {"text": "My secret plan\x00"})
    assert "My secret plan" in read(client, url(alder, "lesson", lesson.pk))
    part = client.post(address, {"text": "y" * 100_000}, headers={"hx-request": "true"})
    assert part.status_code == 422
    assert b"Keep it under 10,000 characters" in part.content
    assert b"y" * 100_000 in part.content
    with enter(alder):
        assert Reflection.objects.get().text == "My secret plan"
    other = signed_in(make_leader(alder, cohort, "Joaquin Baca").person.user)
    assert "My secret plan" not in read(other, url(alder, "lesson", lesson.pk))
    for user in (staff, manager):
        assert "My secret plan" not in read(signed_in(user), url(alder, "leader", leader.pk))


def test_reply_is_saved_and_refused_after_the_start(client, alder, cohort):
    cohort_session = cohort.sessions.first()
    address = url(alder, "reply", cohort_session.pk)
    assert "Reply needed" in read(client, url(alder, "cohort_session", cohort_session.pk))
    for _ in range(2):
        assert client.post(address, {"reply": "yes"}).status_code == 302
    assert "You’re going" in read(client, url(alder, "cohort_session", cohort_session.pk))
    assert client.post(address, {"reply": "\x00"}).status_code == 422
    with clock.at(cohort_session.starts_at):
        answer = client.post(address, {"reply": "no"})
        assert answer.status_code == 422
        assert "has started" in answer.content.decode()
    with enter(alder):
        assert Seat.objects.get().rsvp == "going"


def test_session_in_person_says_the_venues_time_and_one_online_the_viewers(client, alder, cohort):
    virtual, in_person = cohort.sessions.all()
    page = read(client, url(alder, "cohort_session", virtual.pk))
    assert "Thu, February 5, 3:30–4:30 pm PT" in page
    assert (
        '<p class="meta">3:30–4:30 pm PT</p>' in page.partition("</header>")[0] + page.partition('class="masthead"')[2]
    )
    page = read(client, url(alder, "cohort_session", in_person.pk))
    assert "Fri, June 11, 2027, 9:00–10:00 am CT" in page
    assert "7:00–8:00 am PT on your clocks" in page


def test_join_address_says_when_and_opens_fifteen_minutes_before(client, alder, cohort):
    cohort_session = cohort.sessions.first()
    address = url(alder, "join", cohort_session.pk)
    minute = dt.timedelta(minutes=1)
    early = read(client, address)
    assert "3:15 pm PT" in early
    assert "meet.example" not in early
    assert "meet.example" not in read(client, url(alder, "cohort_session", cohort_session.pk))
    with clock.at(cohort_session.starts_at - 16 * minute):
        assert client.get(address).status_code == 200
    for moment in (cohort_session.starts_at - 15 * minute, cohort_session.ends_at - minute):
        with clock.at(moment):
            assert client.get(address).url == "https://meet.example/a?b=1"
    with clock.at(cohort_session.ends_at):
        assert "This session is over" in read(client, address)


def test_join_address_of_a_cancelled_session_opens_nothing(client, alder, cohort):
    cohort_session = cohort.sessions.first()
    cohort_session.cancelled_at = NOON
    cohort_session.save()
    with clock.at(cohort_session.starts_at):
        assert "This session was cancelled" in read(client, url(alder, "join", cohort_session.pk))


def properties(content: bytes) -> dict[str, str]:
    """A second reading of an iCalendar file, by RFC 5545's own rules: unfold, then name, parameters and value."""
    assert content.endswith(b"\r\n")
    text = content.decode().replace("\r\n ", "").replace("\r\n\t", "")
    found = {}
    for line in text.split("\r\n"):
        if line:
            head, _, value = line.partition(":")
            found[head.partition(";")[0]] = value.replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")
    return found


def test_calendar_file_has_a_stable_uid_utc_times_and_our_join_address(client, alder, cohort):
    cohort_session = cohort.sessions.first()
    answer = client.get(url(alder, "session_calendar", cohort_session.pk))
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    event = properties(answer.content)
    assert (event["DTSTART"], event["DTEND"]) == ("20260205T233000Z", "20260206T003000Z")
    assert event["UID"] == f"{cohort_session.pk}@testserver"
    assert (event["STATUS"], event["SEQUENCE"], event["SUMMARY"]) == ("CONFIRMED", "0", "Office hours")
    assert f"http://testserver{url(alder, 'join', cohort_session.pk)}" in event["DESCRIPTION"]
    assert b"meet.example" not in answer.content
    cohort_session.sequence, cohort_session.cancelled_at = 3, NOON
    cohort_session.save()
    again = properties(client.get(url(alder, "session_calendar", cohort_session.pk)).content)
    assert (again["STATUS"], again["SEQUENCE"], again["UID"]) == ("CANCELLED", "3", event["UID"])


def test_lists_take_the_same_statements_with_more_rows(client, alder, cohort):
    for name in ("modules", "sessions"):
        client.get(url(alder, name))
        with count_queries() as few:
            client.get(url(alder, name))
        for number in range(3):
            starts_at = NOON + dt.timedelta(days=10 + number)
            require(cohort, make_session(cohort, f"{name} {number}", starts_at), 1)
        with count_queries() as more:
            client.get(url(alder, name))
        assert len(few) == len(more), name


def test_profile_is_saved_and_hides_from_peers(client, leader, alder, cohort):
    address = url(alder, "profile")
    assert client.post(address, {"profile": "z" * 601}).status_code == 422
    client.post(address, {"profile": "I run infusion.", "hidden_from_peers": "on"})
    other = signed_in(make_leader(alder, cohort, "Joaquin Baca").person.user)
    assert "Leela Raghunathan" not in read(other, url(alder, "journey"))
    assert "I run infusion." in read(client, address)


def test_leader_reads_who_looked(client, leader, alder, staff):
    assert "Nobody yet" in read(client, url(alder, "access_log"))
    with enter(alder):
        record_access(person=leader.person, viewer=staff, role="Program staff", what="Opened the leader’s page")
    page = read(client, url(alder, "access_log"))
    assert when(NOON, None, leader.person.user.time_zone) in page
    assert "Tess Park, program staff" in page


def test_leader_alone_is_sent_from_the_practice_to_the_journey(client, alder):
    assert client.get(f"/practices/{alder.slug}/").url == url(alder, "journey")


def test_leader_who_opens_a_page_of_the_tree_is_sent_to_their_own_reading(client, alder, cohort):
    module = first_module(cohort)
    lesson = lessons(module)[0]
    user = client.get(url(alder, "journey")).wsgi_request.user
    assert place_of(user, lesson) == url(alder, "lesson", lesson.pk)
    assert place_of(user, module) == url(alder, "module", module.pk)


def test_attendance_is_told_to_the_leader(client, leader, alder, cohort, staff):
    cohort_session = cohort.sessions.first()
    with clock.at(cohort_session.ends_at):
        page = read(client, url(alder, "cohort_session", cohort_session.pk))
        assert "It is not recorded yet" in page
        attending.mark_attendance(
            practice=alder,
            enrollment_id=leader.pk,
            cohort_session=cohort_session,
            attendance="attended",
            how="virtual",
            by=staff,
        )
        assert "You attended virtually" in read(client, url(alder, "cohort_session", cohort_session.pk))
        assert "one of one session attended" in read(client, url(alder, "journey"))


def test_ruling_and_its_reason_are_told_to_the_leader(client, leader, alder, cohort, staff):
    with enter(alder):
        asked = cohort.requirements.get(position=1)
        enrolling.rule(enrollment=leader, requirement=asked, kind="waived", reason="Taught it <i>", by=staff)
        learning.open_page(person=leader.person, page=first_module(cohort))
    assert "Excused by Tess Park: Taught it &lt;i&gt;" in read(client, url(alder, "journey"))
