"""The text that a leader completed, opened as it was: whatever became of the page, of its blocks, of the key."""

import json

import pytest
from wagtail.models import Revision

from cohorts.practice import learning
from cohorts.practice.models import Completion, PageRecord
from curriculum.models import LessonPage
from lms import clock
from lms.people.models import AccessLogEntry
from lms.practices.schema import enter
from tests.cohorts.changing import Office, completion_of, make_office, reads
from tests.cohorts.samples import make_leader
from tests.curriculum.factory import CHECK, REASON, make_tree
from tests.fixtures import signed_in
from tests.queries import count_queries

NOW, THEN = "Words of now.", "The text of reading a packet."


@pytest.fixture
def office(db) -> Office:
    return make_office(make_tree())


@pytest.fixture
def leader(office, alder):
    """Who has completed the lesson, which was changed since."""
    enrollment = reads(alder, office.cohort, office.desk.page)
    office.change(NOW)
    return enrollment


@pytest.fixture
def completion(office, alder, leader) -> Completion:
    return completion_of(alder, leader, office.desk.page)


def staff_url(practice, enrollment, completion) -> str:
    return f"/practices/{practice.slug}/leaders/{enrollment.pk}/completed/{completion.pk}/"


def own_url(practice, completion) -> str:
    return f"/practices/{practice.slug}/completed/{completion.pk}/"


def shown(user, url) -> str:
    answer = signed_in(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_staff_open_exactly_the_text_that_was_completed(alder, leader, completion, staff):
    page = shown(staff, f"/practices/{alder.slug}/leaders/{leader.pk}/")
    assert f'href="{staff_url(alder, leader, completion)}"' in page
    content = shown(staff, staff_url(alder, leader, completion))
    assert THEN in content
    assert NOW not in content
    assert "It is not the current one: the lesson was changed since" in content
    assert "A source, 2020." in content
    assert "<form" not in content.partition("<main")[2].partition("</main")[0]


def test_opening_it_is_written_in_the_leaders_access_log(alder, leader, completion, staff):
    shown(staff, staff_url(alder, leader, completion))
    with enter(alder):
        [entry] = AccessLogEntry.objects.all()
        assert (entry.what, entry.viewer_name) == ("Opened a text that they completed", staff.name)
    shown(leader.person.user, own_url(alder, completion))
    with enter(alder):
        assert AccessLogEntry.objects.count() == 1


def test_leader_opens_their_own(alder, leader, completion, office):
    user = leader.person.user
    assert own_url(alder, completion) in shown(user, f"/practices/{alder.slug}/lessons/{office.desk.pk}/")
    assert own_url(alder, completion) in shown(user, f"/practices/{alder.slug}/completed/")
    assert THEN in shown(user, own_url(alder, completion))


def test_others_are_turned_away(
    alder, birch, leader, completion, staff, manager, outsider, advisor, faculty, office, client
):
    peer = make_leader(alder, office.cohort, "Peer Here").person.user
    other = reads(birch, office.cohort, office.desk.page, "Bea There")
    url = staff_url(alder, leader, completion)
    for user in (manager, leader.person.user, peer):
        assert signed_in(user).get(url).status_code == 403
    for user in (outsider, advisor, faculty, other.person.user):
        assert signed_in(user).get(url).status_code in (403, 404)
    assert client.get(url).status_code == 302
    assert signed_in(peer).get(own_url(alder, completion)).status_code == 404
    assert signed_in(manager).get(own_url(alder, completion)).status_code == 403
    # Through another practice or another leader it is not found, by staff either.
    own = make_leader(alder, office.cohort, "Other Leader")
    assert signed_in(staff).get(staff_url(birch, leader, completion)).status_code == 404
    assert signed_in(staff).get(staff_url(alder, own, completion)).status_code == 404
    assert signed_in(staff).post(url).status_code == 405
    with enter(alder):
        assert not AccessLogEntry.objects.exists()


def test_current_text_is_said_to_be(alder, office, staff):
    enrollment = reads(alder, office.cohort, office.desk.page)
    completion = completion_of(alder, enrollment, office.desk.page)
    assert "It is the text that leaders read now." in shown(staff, staff_url(alder, enrollment, completion))


def test_retired_lesson_still_opens(alder, leader, completion, staff, office):
    office.desk.page.unpublish()
    content = shown(staff, staff_url(alder, leader, completion))
    assert THEN in content
    assert "the lesson was retired since" in content
    user = leader.person.user
    assert "retired since" in shown(user, f"/practices/{alder.slug}/completed/")
    assert THEN in shown(user, own_url(alder, completion))


def test_check_is_shown_without_its_key(alder, office, staff):
    lesson = office.tree.checked
    enrollment = make_leader(alder, office.cohort)
    with enter(alder):
        record = learning.open_page(person=enrollment.person, page=lesson)
        completion = Completion.objects.create(
            record=record, revision_id=lesson.live_revision_id, completed_at=clock.now()
        )
    content = shown(staff, staff_url(alder, enrollment, completion))
    assert CHECK["questions"][0]["text"] in content
    assert REASON not in content
    assert "correct" not in content


def an_old_revision(lesson: LessonPage, body) -> Revision:
    """As an earlier release may have left it: sealed ones do not change, so it is one that nobody sealed."""
    content = {**lesson.latest_revision.content, "body": json.dumps(body)}
    return Revision.objects.create(
        content_type=lesson.cached_content_type,
        base_content_type=lesson.latest_revision.base_content_type,
        object_id=str(lesson.pk),
        content=content,
        created_at=clock.now(),
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            [{"type": "hologram", "id": "x", "value": {"a": 1}}, {"type": "heading", "id": "y", "value": "After it"}],
            "hologram",
        ),
        ([{"type": "image", "id": "x", "value": 999_999}, {"type": "heading", "id": "y", "value": "After it"}], ""),
        ([{"type": "check", "id": "x", "value": {"gone": 1}}, {"type": "heading", "id": "y", "value": "After it"}], ""),
        ([{"type": "chart", "id": "x", "value": None}, {"type": "heading", "id": "y", "value": "After it"}], ""),
        ([{"type": "document", "id": "x", "value": {"document": 9}}, {"type": "heading", "value": "After it"}], ""),
    ],
)
def test_blocks_that_are_no_longer_known_are_said_to_be(alder, office, staff, leader, completion, body, words):
    revision = an_old_revision(office.desk.page, body)
    with enter(alder):
        Completion.objects.update(revision_id=revision.pk)
    content = shown(staff, staff_url(alder, leader, completion))
    assert "After it" in content
    if words:
        assert f"A part of this text ({words}) cannot be shown any more" in content


@pytest.mark.parametrize("revision", [None, 999_999_999, 2**62])
def test_text_that_was_not_kept_is_said_to_be(alder, leader, completion, staff, revision):
    with enter(alder):
        Completion.objects.update(revision_id=revision)
    assert "This text cannot be shown" in shown(staff, staff_url(alder, leader, completion))


def test_text_that_cannot_be_put_together_is_said_to_be(alder, leader, completion, staff, office):
    revision = an_old_revision(office.desk.page, [])
    Revision.objects.filter(pk=revision.pk).update(content={"pk": office.desk.pk, "body": "{not json"})
    with enter(alder):
        Completion.objects.update(revision_id=revision.pk)
    assert signed_in(staff).get(staff_url(alder, leader, completion)).status_code == 200


def test_list_takes_as_many_queries_for_three_as_for_one(alder, office, staff, leader):
    client = signed_in(leader.person.user)
    url = f"/practices/{alder.slug}/completed/"
    client.get(url)
    with count_queries() as one:
        client.get(url)
    with enter(alder):
        for lesson in office.tree.lessons[1:3]:
            record = PageRecord.objects.create(
                person=leader.person, page=lesson.page_ptr, started_at=clock.now(), seen_at=clock.now()
            )
            Completion.objects.create(record=record, revision_id=lesson.live_revision_id, completed_at=clock.now())
    with count_queries() as three:
        assert client.get(url).content.count(b"/completed/") >= 3
    assert len(three) == len(one)
