"""Conferences, and what an accepted topic becomes: a session, a draft module."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cohorts.network.actions import cancel_session
from cohorts.network.models import CohortSession
from curriculum.models import ModulePage, ProgramPage
from lms import clock
from tests.cohorts.programs import make_cohort
from tests.fixtures import signed_in
from tests.queries import count_queries
from tests.topics.samples import a_conference, a_topic, mails, reviewed, text
from topics.becoming import make_session
from topics.models import Conference
from topics.moving import move, place

MANAGE, NEW, PUBLIC, TOPICS = "/topics/conferences/", "/topics/conferences/new/", "/conferences/", "/topics/"
FORM = {
    "name": "Gulf Meeting 2026",
    "scope": "national",
    "place": "Tampa",
    "starts_on": "2026-03-05",
    "ends_on": "2026-03-06",
    "time_zone": "America/New_York",
    "audience": "Everybody",
}


def at(topic) -> str:
    return reverse("topics:board_topic", args=[topic.pk])


@pytest.fixture
def accepted(physician, advisor):
    return reviewed(a_topic(physician), advisor)


@pytest.fixture
def cohort(db):
    return make_cohort()


def test_conference_is_kept_by_the_group_and_staff(advisor, staff):
    client = signed_in(advisor)
    client.post(NEW, FORM)
    found = Conference.objects.get()
    assert (found.name, found.scope, found.ends_on) == ("Gulf Meeting 2026", "national", dt.date(2026, 3, 6))
    client = signed_in(staff)
    client.post(reverse("topics:edit_conference", args=[found.pk]), FORM | {"place": "Orlando"})
    assert "Orlando" in text(client.get(MANAGE))
    client.post(reverse("topics:remove_conference", args=[found.pk]))
    assert not Conference.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2026-03-04"}, "The last day is not before the first."),
        ({"name": "Mountain States Meeting 2026"}, "Another conference has this name."),
        ({"starts_on": "0001-01-01"}, "Choose a day from 2000 on."),
        ({"starts_on": "soon"}, "Enter a date like"),
        ({"scope": "galactic"}, "Choose one of the answers offered"),
        ({"name": "x" * 5000}, "Shorten this to 120 characters"),
        ({"name": "a\x00b"}, "cannot be kept"),
    ],
)
def test_bad_conference_is_refused_in_words(changes, words, advisor):
    a_conference()
    response = signed_in(advisor).post(NEW, FORM | changes)
    assert response.status_code == 422
    assert words in text(response)
    assert Conference.objects.count() == 1


def test_conference_with_a_program_stays(accepted, advisor):
    conference = a_conference()
    place(topic=accepted, conference=conference, by=advisor)
    response = signed_in(advisor).post(reverse("topics:remove_conference", args=[conference.pk]), follow=True)
    assert "1 topic is on its program" in text(response)
    assert Conference.objects.exists()


def test_conferences_are_kept_by_nobody_else(physician, faculty, manager):
    conference = a_conference()
    for user in (physician, faculty, manager):
        for path in (MANAGE, NEW, reverse("topics:edit_conference", args=[conference.pk])):
            assert signed_in(user).get(path).status_code == 403
            assert signed_in(user).post(path, FORM).status_code in (403, 405)


def test_topic_goes_on_a_program_and_off_again(accepted, advisor, physician):
    conference, client = a_conference(), signed_in(advisor)
    client.post(at(accepted), {"do": "place", "conference": conference.pk})
    client.post(at(accepted), {"do": "place", "conference": conference.pk})
    accepted.refresh_from_db()
    assert (accepted.state, accepted.conference) == ("scheduled", conference)
    told = [letter.paragraphs[0] for letter in mails("topic_moved")]
    assert any("Mountain States Meeting 2026, Denver, May 8–9" in words for words in told)
    assert len(told) == 4
    assert "It is on the program of Mountain" in text(signed_in(physician).get(f"/topics/mine/{accepted.pk}/"))
    move(topic=accepted, to="accepted", by=advisor, seen="scheduled")
    accepted.refresh_from_db()
    assert accepted.conference is None


def test_topic_goes_on_no_program_that_is_over_nor_before_it_is_accepted(physician, advisor):
    topic, conference, client = a_topic(physician), a_conference(), signed_in(advisor)
    response = client.post(at(topic), {"do": "place", "conference": conference.pk}, follow=True)
    assert "Accept the topic first" in text(response)
    reviewed(topic, advisor)
    with clock.at(dt.datetime(2026, 5, 10, 12, tzinfo=dt.UTC)), pytest.raises(ValidationError, match="is over"):
        place(topic=topic, conference=conference, by=advisor)


def test_topic_becomes_a_session_once(accepted, advisor, staff, cohort):
    place(topic=accepted, conference=a_conference(), by=advisor)
    before, client = CohortSession.objects.count(), signed_in(staff)
    for _ in range(2):
        response = client.post(at(accepted), {"do": "session", "cohort": cohort.pk}, follow=True)
        assert f"It is a session of {cohort.name}" in text(response)
    assert CohortSession.objects.count() == before + 1
    accepted.refresh_from_db()
    made = accepted.cohort_session
    assert (made.title, made.mode, made.venue) == (accepted.title, "in_person", "Denver")
    assert made.starts_at == dt.datetime(2026, 5, 8, 15, tzinfo=dt.UTC)  # nine in Denver
    assert not made.requirement.required
    page = text(client.get(f"/staff/sessions/{made.pk}/"))
    assert f'<a href="{at(accepted)}">The topic “{accepted.title}”</a>' in page
    assert f'href="/staff/sessions/{made.pk}/"' in text(client.get(at(accepted)))


def test_session_without_a_conference_is_a_thursday_evening_ahead(accepted, staff, cohort):
    made = make_session(topic=accepted, cohort=cohort, by=staff)
    assert made.mode == "virtual"
    assert made.starts_at == dt.datetime(2025, 11, 6, 23, 30, tzinfo=dt.UTC)
    accepted.refresh_from_db()
    assert accepted.state == "scheduled"


def test_session_outside_the_cohorts_days_is_refused_in_words(accepted, staff, advisor, cohort):
    later = a_conference(starts_on=dt.date(2031, 1, 1), ends_on=dt.date(2031, 1, 2))
    place(topic=accepted, conference=later, by=advisor)
    response = signed_in(staff).post(at(accepted), {"do": "session", "cohort": cohort.pk}, follow=True)
    assert "Choose a day within it" in text(response)
    accepted.refresh_from_db()
    assert accepted.cohort_session is None


def test_topic_that_is_a_session_leaves_the_program_only_once_that_is_cancelled(accepted, advisor, staff, cohort):
    made = make_session(topic=accepted, cohort=cohort, by=staff)
    with pytest.raises(ValidationError, match="Cancel the session first"):
        move(topic=accepted, to="accepted", by=advisor, seen="scheduled")
    cancel_session(cohort_session=made)
    again = make_session(topic=accepted, cohort=cohort, by=staff)
    assert again != made


def test_topic_becomes_an_unpublished_module_once(accepted, advisor):
    program, client = ProgramPage.objects.first(), signed_in(advisor)
    for _ in range(2):
        client.post(at(accepted), {"do": "module", "program": program.pk})
    [module] = ModulePage.objects.filter(title=accepted.title)
    assert (module.live, module.has_unpublished_changes, module.owner) == (False, True, advisor)
    assert module.latest_revision.user == advisor
    assert accepted.title not in text(signed_in(advisor).get("/program/"))
    evidence = text(client.get(reverse("curriculum:evidence", args=[module.pk])))
    assert f'<a href="{at(accepted)}">{accepted.title}</a>' in evidence
    assert f'href="/cms/pages/{module.pk}/edit/"' in text(client.get(at(accepted)))
    assert client.get(f"/cms/pages/{module.pk}/edit/").status_code == 200


def test_deleted_draft_module_can_be_made_again(accepted, advisor):
    program, client = ProgramPage.objects.first(), signed_in(advisor)
    client.post(at(accepted), {"do": "module", "program": program.pk})
    ModulePage.objects.get(title=accepted.title).delete()
    assert "What it became was deleted" in text(client.get(at(accepted)))
    client.post(at(accepted), {"do": "module", "program": program.pk})
    assert ModulePage.objects.filter(title=accepted.title).count() == 1


def test_neither_is_made_of_a_topic_that_is_not_accepted(physician, advisor, cohort):
    topic, client = a_topic(physician), signed_in(advisor)
    for form in ({"do": "session", "cohort": cohort.pk}, {"do": "module", "program": ProgramPage.objects.first().pk}):
        assert "Accept the topic first" in text(client.post(at(topic), form, follow=True))
    topic.refresh_from_db()
    assert (topic.cohort_session, topic.module) == (None, None)


def test_public_list_names_a_proposer_only_where_they_agreed(accepted, physician, outsider, advisor):
    named = reviewed(a_topic(outsider, title="Biosimilars at home", shows_proposer=True), advisor)
    a_topic(outsider, title="Still a proposal", shows_proposer=True)
    page = text(Client().get(TOPICS))
    assert accepted.title in page
    assert "proposed by Dr. Otto Strand" in page
    for hidden in (physician.name, "Still a proposal", "Birch", "Alder"):
        assert hidden not in page
    signed_in(outsider).post(f"/topics/mine/{named.pk}/", {})
    assert outsider.name not in text(Client().get(TOPICS))
    assert named.title not in text(Client().get(TOPICS + "?for=curriculum"))


def test_public_conferences_come_next_first_and_past_last_first(accepted, advisor, physician):
    place(topic=accepted, conference=a_conference(), by=advisor)
    a_conference(name="Earlier", starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2025, 3, 2))
    page = text(Client().get(PUBLIC))
    assert page.index("Mountain States") < page.index('id="past"') < page.index("Earlier")
    assert accepted.title in page
    assert physician.name not in page


def test_public_lists_say_what_comes_while_they_are_empty(db):
    assert "No topics here yet" in text(Client().get(TOPICS))
    assert "No conference is planned" in text(Client().get(PUBLIC))
    for query in ("?page=-1", "?page=x&for=%00", "?page=99999999999999"):
        assert Client().get(TOPICS + query).status_code == 200


def test_lists_ask_as_much_for_three_as_for_one(physician, advisor):
    client, counts = signed_in(advisor), {PUBLIC: [], TOPICS: [], MANAGE: []}
    for number in range(3):
        days = {"starts_on": dt.date(2026, 1 + number, 1), "ends_on": dt.date(2026, 1 + number, 2)}
        topic = reviewed(a_topic(physician, title=f"Topic {number} here"), advisor)
        place(topic=topic, conference=a_conference(name=f"Number {number}", **days), by=advisor)
        for path, counted in counts.items():
            with count_queries() as queries:
                client.get(path)
            counted.append(len(queries))
    for path, counted in counts.items():
        assert counted[0] == counted[2], path
