"""After a key is mended: what it would change is listed, and changed only when that is confirmed, beside what was."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cohorts.network.models import KeyChange
from cohorts.practice.checking import submit_check
from cohorts.practice.learning import complete_lesson
from cohorts.practice.models import Attempt, Completion, Regrading
from cohorts.staff import regrading
from curriculum.models import LessonPage
from lms import clock
from lms.outbox.delivery import deliver
from lms.outbox.models import OutboxRow
from lms.practices.schema import enter
from tests.cohorts.samples import CHECK, NOON, QUESTION, RIGHT, WRONG, lessons, make_cohort, make_leader
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
def page(cohort) -> LessonPage:
    return lessons(cohort.requirements.filter(module__isnull=False).first().module)[0]


@pytest.fixture
def answered(alder, birch, cohort, page):
    """Ada of alder is right and completes the lesson; Abe of alder and Bea of birch choose what is wrong."""
    by_name = {}
    for practice, name, chosen in (
        (alder, "Ada Quill", RIGHT),
        (alder, "Abe Thistle", WRONG),
        (birch, "Bea Winter", WRONG),
    ):
        by_name[name] = make_leader(practice, cohort, name)
        with enter(practice):
            submit_check(enrollment=by_name[name], lesson=page, check_id=CHECK, chosen={QUESTION: [chosen]})
            if chosen == RIGHT:
                complete_lesson(enrollment=by_name[name], lesson=page)
    return by_name


def publish(page, change) -> LessonPage:
    """Publish the lesson with its check changed by `change(check's value)`, later than before."""
    lesson = LessonPage.objects.get(pk=page.pk)
    change(next(block for block in lesson.body if block.block_type == "check").value)
    LessonPage.objects.filter(pk=page.pk).update(first_published_at="2025-01-01T00:00Z")
    lesson.refresh_from_db(fields=["first_published_at"])
    lesson.save_revision().publish()
    work(regrading.COMPARE)
    return LessonPage.objects.get(pk=page.pk)


def swap_key(check) -> None:
    for option in check["questions"][0]["options"]:
        option["correct"] = not option["correct"]


def work(kind) -> int:
    rows = list(OutboxRow.objects.filter(kind=kind, done_at=None))
    return sum(deliver(str(row.pk)) for row in rows)


def outcomes(*practices) -> dict[str, bool]:
    found = {}
    for practice in practices:
        with enter(practice):
            for attempt in Attempt.objects.standing().select_related("record__person__user"):
                found[attempt.record.person.user.name] = attempt.stands_passed
    return found


def decide(client, change, do="confirm", revision=None):
    data = {"do": do, "revision": change.revision_id if revision is None else revision}
    return client.post(reverse("cohorts_staff:decide_key", args=[change.pk]), data, follow=True)


def test_mended_key_is_listed_and_changes_nothing_by_itself(answered, page, alder, birch, staff, advisor):
    publish(page, swap_key)
    change = KeyChange.objects.get()
    assert (change.attempts, change.would_pass, change.would_not_pass, change.asked_otherwise) == (3, 2, 1, 0)
    assert outcomes(alder, birch) == {"Ada Quill": True, "Abe Thistle": False, "Bea Winter": False}
    address = reverse("cohorts_staff:mended_key", args=[change.pk])
    for user, sees_names in ((staff, True), (advisor, False)):
        client = signed_in(user)
        for path in (address, reverse("cohorts_staff:mended_keys")):
            text = client.get(path).content.decode()
            assert "3 attempts would change: 2 would now pass, 1 would no longer pass." in text
        text = client.get(address).content.decode()
        for name in ("Ada Quill", "Abe Thistle", "Bea Winter", "Alder Oncology"):
            assert (name in text) == sees_names, name
        assert ("Grade again" in text) == sees_names
        assert "Lessons that were completed stay completed" in text
    assert "1 mended key of knowledge checks" in signed_in(advisor).get("/advisory/").content.decode()
    assert "1 mended key of knowledge checks" in signed_in(staff).get("/staff/cohorts/").content.decode()


def test_advisors_and_others_decide_nothing(answered, page, advisor, faculty, manager, alder, birch):
    publish(page, swap_key)
    change = KeyChange.objects.get()
    leader = answered["Ada Quill"].person.user
    for user in (advisor, faculty, manager, leader):
        assert decide(signed_in(user), change).status_code == 403
    for user in (faculty, manager, leader):
        assert signed_in(user).get(reverse("cohorts_staff:mended_key", args=[change.pk])).status_code == 403
        assert signed_in(user).get(reverse("cohorts_staff:mended_keys")).status_code == 403
    assert not OutboxRow.objects.filter(kind=regrading.REGRADE).exists()


def test_confirmed_key_grades_again_beside_what_was(answered, page, alder, birch, staff):
    publish(page, swap_key)
    change = KeyChange.objects.get()
    with enter(alder):
        before = list(Attempt.objects.values())
    client = signed_in(staff)
    assert "Graded again in 0 of 2 practices." in decide(client, change).content.decode()
    assert decide(client, change).status_code == 200  # again changes nothing
    assert work(regrading.REGRADE) == 2
    assert outcomes(alder, birch) == {"Ada Quill": False, "Abe Thistle": True, "Bea Winter": True}
    with enter(alder):
        assert list(Attempt.objects.values()) == before
        regraded = Regrading.objects.get(attempt__record__person=answered["Ada Quill"].person)
        assert regraded.before == {"right": 1, "score": "1.00", "passed": True}
        assert (regraded.right, regraded.score, regraded.passed) == (0, 0, False)
        assert (regraded.by_id, regraded.by_name, regraded.at) == (staff.pk, staff.name, NOON)
        assert regraded.items[0]["chosen"] == [RIGHT]
        assert Completion.objects.get().withdrawn_at is None
    text = client.get(reverse("cohorts_staff:mended_key", args=[change.pk])).content.decode()
    assert "Graded again in 2 of 2 practices." in text
    assert f"by {staff.name}" in text


def test_grading_again_twice_or_after_a_stop_is_once(answered, page, alder, staff):
    publish(page, swap_key)
    change = regrading.confirm_key_change(change=KeyChange.objects.get(), revision_id=_live(page), by=staff)
    with enter(alder):
        assert regrading.regrade_practice(change=change) == 2
        assert regrading.regrade_practice(change=change) == 0
        assert Regrading.objects.count() == 2


def _live(page) -> int:
    return LessonPage.objects.get(pk=page.pk).live_revision_id


def test_leader_reads_that_it_was_graded_again(answered, page, alder, staff):
    publish(page, swap_key)
    decide(signed_in(staff), KeyChange.objects.get())
    work(regrading.REGRADE)
    url = reverse("cohorts_practice:lesson", args=[alder.slug, page.pk])
    for name, verdict, first in (("Abe Thistle", "Passed.", "0 of 1 right"), ("Ada Quill", "Not yet.", "1 of 1 right")):
        text = signed_in(answered[name].person.user).get(url).content.decode()
        assert f"<strong>{verdict}</strong>" in text
        assert f"graded again on January 15. At first it was {first}." in text
    with enter(alder):
        complete_lesson(enrollment=answered["Abe Thistle"], lesson=page)
        again = submit_check(
            enrollment=answered["Ada Quill"], lesson=page, check_id=CHECK, chosen={QUESTION: [WRONG]}, number=2
        )
        assert not again.passed  # the lesson handed in is the one that was read before the key was mended
        assert Completion.objects.count() == 2


def test_left_as_graded_is_not_asked_again(answered, page, alder, birch, staff):
    publish(page, swap_key)
    decide(signed_in(staff), KeyChange.objects.get(), do="leave")
    publish(page, lambda check: None)
    assert KeyChange.objects.get().state == "left"
    assert outcomes(alder, birch)["Ada Quill"]
    assert not OutboxRow.objects.filter(kind=regrading.REGRADE).exists()


def test_key_that_is_mended_back_is_moot(answered, page):
    publish(page, swap_key)
    publish(page, swap_key)
    assert KeyChange.objects.get().state == "moot"


def test_another_key_published_meanwhile_has_to_be_looked_at_first(answered, page, staff):
    publish(page, swap_key)
    seen = KeyChange.objects.get().revision_id

    def lower(check):
        check["pass_mark"] = 50

    publish(page, lower)
    change = KeyChange.objects.get()
    for do in (regrading.confirm_key_change, regrading.leave_key_change):
        with pytest.raises(ValidationError, match="changed once more"):
            do(change=change, revision_id=seen, by=staff)
    for revision in (seen, "", "x", "9" * 50, "\x00"):
        assert "changed once more" in decide(signed_in(staff), change, revision=revision).content.decode()
    assert "Choose whether" in decide(signed_in(staff), change, do="\x00").content.decode()
    change.refresh_from_db()
    assert change.state == "open"


def test_attempts_at_another_wording_stay_as_they_are(answered, page):
    def reword(check):
        swap_key(check)
        check["questions"][0]["text"] = "Which number last?"

    publish(page, reword)
    assert not KeyChange.objects.exists()


def test_pass_mark_alone_counts_as_a_mended_key(answered, page):
    def lower(check):
        check["pass_mark"] = 1

    publish(page, lower)
    assert not KeyChange.objects.exists()  # nobody lies between the two marks
    with enter(answered["Abe Thistle"].nomination.cohort.practices.get(slug="alder-oncology")):
        Attempt.objects.filter(passed=False).update(items=_half())
    publish(page, lower)
    change = KeyChange.objects.get()
    assert (change.attempts, change.would_pass, change.would_not_pass) == (1, 1, 0)


def _half() -> list:
    options = [
        {"id": RIGHT, "text": "Net margin", "reason": "", "correct": True},
        {"id": WRONG, "text": "Volume", "reason": "", "correct": False},
    ]
    item = {"question": QUESTION, "text": "Which number first?", "kind": "single", "options": options}
    return json.loads(json.dumps([{**item, "chosen": [RIGHT], "right": True}]))


def test_attempts_from_before_scores_are_compared(answered, page, alder):
    with enter(alder):
        for attempt in Attempt.objects.all():
            items = [{k: v for k, v in item.items() if k not in ("score", "reason")} for item in attempt.items]
            Attempt.objects.filter(pk=attempt.pk).update(items=items)
    publish(page, swap_key)
    assert KeyChange.objects.get().attempts == 3


def test_first_publication_and_lessons_without_checks_promise_nothing(cohort, page):
    assert not OutboxRow.objects.filter(kind=regrading.COMPARE).exists()
    other = lessons(page.get_parent())[1]
    other.save_revision().publish()
    assert not OutboxRow.objects.filter(kind=regrading.COMPARE).exists()


def test_list_of_changes_costs_the_same_for_one_and_three(answered, page, advisor):
    publish(page, swap_key)
    client, address = signed_in(advisor), reverse("cohorts_staff:mended_keys")
    client.get(address)
    with count_queries() as one:
        client.get(address)
    held = KeyChange.objects.get()
    for number in (2, 3):
        held.pk, held.check_id, held._state.adding = f"{number:032x}", f"{number:032x}", True
        held.save()
    with count_queries() as three:
        client.get(address)
    assert len(one) == len(three)
