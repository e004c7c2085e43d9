"""What a publication touches, and who is told of a substantial change: once, and never of a minor one."""

import datetime as dt

import pytest
from django.core import mail

from cohorts.practice import learning
from cohorts.practice.enrolling import withdraw_enrollment
from curriculum.models import LessonPage, SubstantialChange
from curriculum.review.deciding import publish_due
from lms import clock
from lms.outbox.delivery import deliver
from lms.outbox.models import OutboxRow
from lms.practices.schema import enter
from tests.cohorts.changing import NOTE, Office, completion_of, drain, make_office, reads
from tests.curriculum.factory import make_tree
from tests.curriculum.review.writing import told
from tests.fixtures import signed_in
from tests.queries import count_queries


@pytest.fixture(autouse=True)
def in_memory_transport(settings):
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def office(db) -> Office:
    return make_office(make_tree())


@pytest.fixture
def lesson(office) -> LessonPage:
    return office.desk.page


@pytest.fixture
def leader(office, alder):
    """Who has completed the lesson."""
    return reads(alder, office.cohort, office.desk.page)


def lesson_url(practice, lesson) -> str:
    return f"/practices/{practice.slug}/lessons/{lesson.pk}/"


def shown(practice, enrollment, lesson) -> str:
    answer = signed_in(enrollment.person.user).get(lesson_url(practice, lesson))
    assert answer.status_code == 200
    return answer.content.decode()


def subjects() -> list[tuple[str, str]]:
    return sorted((message.to[0], message.subject) for message in mail.outbox if "has changed" in message.subject)


# The numbers


def everybody_reads(office, alder, birch, cedar) -> None:
    lesson, other = office.desk.page, office.tree.lessons[1]
    reads(alder, office.cohort, lesson, "A One")
    reads(alder, office.cohort, lesson, "A Two", completes=False)
    reads(birch, office.cohort, lesson, "B One", completes=False)
    reads(birch, office.cohort, other, "B Two", completes=False)
    reads(cedar, office.cohort, lesson, "C One")
    gone = reads(cedar, office.cohort, lesson, "C Two")
    with enter(cedar):
        withdraw_enrollment(enrollment=gone)


def test_editor_says_what_a_publication_touches_over_three_practices(office, alder, birch, cedar):
    everybody_reads(office, alder, birch, cedar)
    client = signed_in(office.author)
    content = client.get(office.desk.edit_url).content.decode()
    assert "2 leaders in 2 practices are part-way through; 2 have completed this." in content
    # The module's own: whoever began one of its lessons, and nobody completed it as a whole.
    content = client.get(f"/cms/pages/{office.tree.modules[0].pk}/edit/").content.decode()
    assert "5 leaders in 3 practices are part-way through; none have completed this." in content
    content = client.get(f"/cms/pages/{office.tree.modules[1].pk}/edit/").content.decode()
    assert "No leader has begun this yet." in content


def test_reviewer_reads_numbers_and_mark_with_the_text(office, alder, birch, cedar):
    everybody_reads(office, alder, birch, cedar)
    office.desk.save(
        office.author,
        "Other words.",
        **{"change_kind": "substantial", "change_note": NOTE, "action-submit": "action-submit"},
    )
    content = office.desk.review(office.reviewer)
    assert "2 leaders in 2 practices are part-way through; 2 have completed this." in content
    assert "Substantial change" in content
    assert NOTE in content
    assert "A One" not in content


def test_editor_takes_as_many_queries_for_three_readers_as_for_one(office, alder, birch, cedar):
    client = signed_in(office.author)
    reads(alder, office.cohort, office.desk.page, "A One")
    client.get(office.desk.edit_url)
    with count_queries() as one:
        client.get(office.desk.edit_url)
    everybody_reads(office, alder, birch, cedar)
    with count_queries() as more:
        client.get(office.desk.edit_url)
    assert len(more) == len(one)


# The mark


def test_substantial_change_needs_a_note_before_it_is_sent(office):
    answer = office.desk.save(
        office.author, "Other words.", **{"change_kind": "substantial", "action-submit": "action-submit"}
    )
    assert "Say in a sentence what changed" in answer.content.decode()
    assert office.desk.page.current_workflow_state is None
    # As a draft it is kept.
    assert office.desk.save(office.author, "Other words.", change_kind="substantial").status_code == 302
    assert office.desk.latest.content["change_kind"] == "substantial"


@pytest.mark.parametrize("kind", ["gigantic", "", "\x00", "x" * 100_000])
def test_strange_kind_is_no_failure(office, kind):
    answer = office.desk.save(office.author, "Other words.", change_kind=kind)
    assert answer.status_code in (200, 302)
    assert office.desk.page.change_kind == "minor"


def test_changing_the_mark_takes_the_text_out_of_review(office):
    office.desk.submit(office.author, "Other words.")
    shown = office.desk.latest.pk
    office.desk.save(office.reviewer, change_kind="substantial", change_note=NOTE)
    answer = office.desk.decide(office.chair, "approve", revision=shown)
    assert answer.status_code == 409
    assert not SubstantialChange.objects.exists()


def test_next_change_begins_as_minor_and_without_a_note(office, leader):
    office.change()
    page = office.desk.page.get_latest_revision_as_object()
    assert (page.change_kind, page.change_note) == ("minor", "")
    # Saving that as it is, as a comment does, makes nobody an author: there is nothing to send.
    office.desk.save(office.author)
    assert "Not changed since it was last approved" in office.desk.review(office.author)


# Whom it reaches


def test_substantial_change_is_told_once_to_each_who_completed_it(office, alder, birch, cedar, leader):
    everybody_reads(office, alder, birch, cedar)
    office.change()
    drain()
    drain()
    for row in OutboxRow.objects.filter(kind__in=["tell_of_change", "lesson_changed"]):
        deliver(str(row.pk))
    OutboxRow.objects.filter(kind="tell_of_change").update(done_at=None, leased_until=None)  # as if killed at its end
    drain()
    sent = subjects()
    assert len(sent) == len(set(sent)) == 3
    assert {address.split("@")[0].rsplit("-", 1)[0] for address, _ in sent} == {"leela.raghunathan", "a.one", "c.one"}
    [letter] = [message for message in mail.outbox if message.to == [leader.person.user.email]]
    assert NOTE in letter.body
    assert f"{lesson_url(alder, office.desk.page)}" in letter.body
    assert "Nothing is asked of you" in letter.body


def test_leader_reads_what_changed_until_they_have_looked(office, alder, leader, lesson):
    assert "since you completed it" not in shown(alder, leader, lesson)
    before = completion_of(alder, leader, lesson)
    office.change()
    content = shown(alder, leader, lesson)
    assert f"since you completed it: {NOTE}" in content
    change = SubstantialChange.objects.get()
    client = signed_in(leader.person.user)
    assert client.post(f"{lesson_url(alder, lesson)}looked/", {"change": str(change.pk)}).status_code == 302
    assert "since you completed it" not in shown(alder, leader, lesson)
    after = completion_of(alder, leader, lesson)
    assert after.revision_id == before.revision_id != change.revision_id
    assert after.looked_at > after.completed_at
    # The next one is shown again, alone.
    office.change("Third words.", note="A third figure.")
    content = shown(alder, leader, lesson)
    assert "A third figure." in content
    assert NOTE not in content


def test_looking_at_an_older_change_leaves_the_newer_one_shown(office, alder, leader, lesson):
    office.change()
    first = SubstantialChange.objects.get()
    office.change("Third words.", note="A third figure.")
    client = signed_in(leader.person.user)
    for change in (first.pk, "", "x" * 1000, "\x00", "0" * 32):
        assert client.post(f"{lesson_url(alder, lesson)}looked/", {"change": str(change)}).status_code == 302
    assert "A third figure." in shown(alder, leader, lesson)


def test_others_may_not_look_for_the_leader(office, alder, leader, lesson, staff, manager, outsider, client):
    office.change()
    data = {"change": str(SubstantialChange.objects.get().pk)}
    url = f"{lesson_url(alder, lesson)}looked/"
    assert signed_in(outsider).post(url, data).status_code == 404
    assert signed_in(manager).post(url, data).status_code == 403
    assert signed_in(staff).post(url, data).status_code == 403
    assert client.post(url, data).status_code == 302
    assert signed_in(leader.person.user).get(url).status_code == 405
    assert completion_of(alder, leader, lesson).looked_at is None


def test_who_completes_the_changed_text_is_told_nothing(office, alder, lesson):
    office.change()
    late = reads(alder, office.cohort, lesson)
    drain()
    assert subjects() == []
    assert "since you completed it" not in shown(alder, late, lesson)


def test_minor_change_shows_and_mails_nothing(office, alder, leader, lesson):
    office.change(kind="minor", note="A typo.")
    drain()
    assert subjects() == []
    assert "A typo." not in shown(alder, leader, lesson)
    assert not SubstantialChange.objects.exists()


def test_first_publication_is_no_change(office):
    draft = LessonPage(title="New", lede="New.", body=[], change_kind="substantial", change_note=NOTE)
    office.tree.modules[0].add_child(instance=draft)
    draft.save_revision().publish()
    assert not SubstantialChange.objects.exists()
    assert LessonPage.objects.get(pk=draft.pk).change_kind == "minor"


def test_chair_publishing_what_another_wrote_tells(office, leader):
    office.desk.save(office.author, "Other words.", change_kind="substantial", change_note=NOTE)
    office.desk.publish(office.chair)
    assert office.desk.page.live_revision_id == SubstantialChange.objects.get().revision_id


def test_emergency_tells(office, leader):
    office.desk.save(office.chair, "Other words.", change_kind="substantial", change_note=NOTE)
    office.desk.decide(office.chair, "emergency", reason="A dose in it was wrong.")
    assert office.desk.page.live_revision_id == SubstantialChange.objects.get().revision_id


def test_scheduled_change_tells_on_its_day_and_not_before(office, alder, leader, lesson):
    later = clock.now() + dt.timedelta(days=2)
    office.desk.save(
        office.author,
        "Other words.",
        go_live_at=later.strftime("%Y-%m-%d %H:%M"),
        change_kind="substantial",
        change_note=NOTE,
        **{"action-submit": "action-submit"},
    )
    office.desk.approve(office.reviewer)
    drain()
    assert not SubstantialChange.objects.exists()
    with clock.at(later + dt.timedelta(hours=1)):
        assert publish_due() == 1
        assert publish_due() == 0
        drain()
        assert len(subjects()) == 1
        assert NOTE in shown(alder, leader, lesson)


def test_same_text_once_more_tells_nothing(office, leader):
    office.change()
    page = office.desk.page
    page.latest_revision.publish()
    page.unpublish()
    office.desk.page.latest_revision.publish()
    drain()
    assert SubstantialChange.objects.count() == 1
    assert len(subjects()) == 1


def test_nothing_is_told_where_the_publication_fails(office, leader, monkeypatch):
    office.desk.save(
        office.author,
        "Other words.",
        **{"change_kind": "substantial", "change_note": NOTE, "action-submit": "action-submit"},
    )

    def fail(**kwargs):
        raise RuntimeError("The database went away.")

    monkeypatch.setattr("cohorts.practice.receivers.promise", fail)
    with pytest.raises(RuntimeError):
        office.desk.approve(office.reviewer)
    assert not SubstantialChange.objects.exists()
    assert office.desk.page.live_revision_id != office.desk.latest.pk


def test_letter_is_dropped_for_who_has_looked_or_left(office, alder, birch, lesson, leader):
    other = reads(birch, office.cohort, lesson, "B One")
    office.change()
    deliver(str(OutboxRow.objects.get(kind="tell_of_change").pk))
    change = SubstantialChange.objects.get()
    signed_in(leader.person.user).post(f"{lesson_url(alder, lesson)}looked/", {"change": str(change.pk)})
    with enter(birch):
        withdraw_enrollment(enrollment=other)
    drain()
    assert subjects() == []


def test_module_that_is_complete_counts_as_completed(office, alder, lesson):
    enrollment = reads(alder, office.cohort, office.tree.lessons[2], "A One", completes=False)
    module = office.tree.modules[1]
    with enter(alder), clock.at(clock.now() + dt.timedelta(days=400)):
        for other in office.tree.lessons[2:]:
            learning.complete_lesson(enrollment=enrollment, lesson=other)
    content = signed_in(office.author).get(f"/cms/pages/{module.pk}/edit/").content.decode()
    assert "No leader is part-way through; 1 has completed this." in content


def test_message_of_a_changed_text_still_takes_it_out_of_review(office):
    office.desk.submit(office.author, "Other words.")
    answer = office.desk.save(office.reviewer, change_kind="substantial", change_note=NOTE)
    assert "waits for its review no longer" in told(answer)
