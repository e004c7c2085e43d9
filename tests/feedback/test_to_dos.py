"""From what leaders said to a to-do, and from a publication to the note that answers them."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from cohorts.network.models import Requirement
from curriculum.guards import refusal
from curriculum.models import LessonPage
from feedback.network import to_dos as actions
from feedback.network.actions import open_module_window, open_session_window
from feedback.network.enums import Outcome, ToDoState
from feedback.network.models import Answer, Decision, ToDo
from feedback.network.releasing import close_window, release_window
from feedback.network.shuffle import shuffle
from lms import clock
from tests.feedback.world import NOON, make_cohort, make_module, make_session, respond
from tests.fixtures import signed_in
from tests.queries import count_queries


@pytest.fixture
def now(db):
    with clock.at(NOON):
        yield NOON


@pytest.fixture
def requirement(now):
    return make_module(make_cohort())


@pytest.fixture
def module(requirement):
    module = requirement.module
    module.save_revision().publish()
    module.refresh_from_db()
    return module


@pytest.fixture
def lesson(module) -> LessonPage:
    page = module.add_child(instance=LessonPage(title="Partners", lede="In short.", body=[]))
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


@pytest.fixture
def window(requirement):
    """Seven responses, six of them released with their words; the seventh waits."""
    window = open_module_window(requirement=requirement)
    for number in range(6):
        respond(window, module_useful=4, module_recommend=8, module_helped=f"Released {number}")
    release_window(window=window, asked=20)
    respond(window, module_useful=1, module_recommend=1, module_helped="Unreleased words")
    return window


@pytest.fixture
def comment(window) -> Answer:
    return Answer.objects.get(text="Released 0")


@pytest.fixture
def to_do(module, advisor, comment) -> ToDo:
    return actions.make_to_do(by=advisor, title="Shorten it", page=module, comments=[comment.pk])


def evidence(client, page) -> str:
    return client.get(reverse("curriculum:evidence", args=[page.pk]) + "?panel").content.decode()


def test_evidence_shows_sums_of_releases_and_their_comments(window, module, lesson, advisor):
    client = signed_in(advisor)
    for page in (module, lesson):
        content = evidence(client, page)
        assert "6 of 20 people asked had answered by the last release." in content
        assert "average of 6 answers" in content
        assert content.count("Released ") == 8  # four comments, each with its label
        assert "Unreleased words" not in content
    assert "about the whole module" in content


def test_trend_is_by_release(window, module, advisor):
    for _ in range(5):
        respond(window, module_useful=2, module_recommend=3)
    release_window(window=window, asked=20)
    content = evidence(signed_in(advisor), module)
    assert "Trend by release" in content
    assert "release 1" in content
    assert "release 2" in content
    assert "Unreleased words" not in content  # released as a response; its comment waits for four others
    assert content.count("Released ") == 8


def test_small_groups_are_hidden_and_said_to_be(requirement, module, advisor):
    window = open_module_window(requirement=requirement)
    for number in range(5):
        words = {"module_helped": f"Only {number}"} if number < 4 else {}
        respond(window, module_useful=4, module_recommend=8, **words)
    content = evidence(signed_in(advisor), module)
    assert "Nothing is released yet" in content
    assert "average of" not in content
    release_window(window=window, asked=20)
    content = evidence(signed_in(advisor), module)
    assert "average of 5 answers" in content
    assert "Fewer than 5 comments: hidden" in content
    assert "Only " not in content


def test_to_do_is_made_from_comments_through_the_door(window, module, advisor, comment):
    client = signed_in(advisor)
    other = Answer.objects.get(text="Released 1")
    url = reverse("to_dos:new") + f"?page={module.pk}&comment={comment.pk}&comment={other.pk}"
    assert "Released 0" in client.get(url).content.decode()
    form = {"title": "Shorten it", "assignee": str(advisor.pk), "due_on": "2025-11-03"}
    answer = client.post(url, {**form, "comments": [str(comment.pk), str(other.pk)]})
    assert answer.status_code == 302
    made = ToDo.objects.get()
    assert (made.title, made.page_id, made.assignee, made.due_on) == (
        "Shorten it",
        module.pk,
        advisor,
        dt.date(2025, 11, 3),
    )
    assert set(made.comments.all()) == {comment, other}
    assert made.created_by == advisor
    content = client.get(answer.url).content.decode()
    assert "Released 0" in content
    assert "Released 2" not in content
    assert "Shorten it" in client.get(reverse("to_dos:listed")).content.decode()
    assert "Shorten it" in evidence(client, module)


def test_to_do_takes_no_comment_that_is_unreleased_or_about_something_else(window, module, advisor, comment):
    hidden = Answer.objects.get(text="Unreleased words")
    client = signed_in(advisor)
    url = reverse("to_dos:new") + f"?page={module.pk}&comment={hidden.pk}"
    assert "Unreleased words" not in client.get(url).content.decode()
    client.post(url, {"title": "Nosy", "comments": [str(hidden.pk)]})
    assert not ToDo.objects.filter(comments=hidden).exists()
    other = make_module(make_cohort("Other"), title="Another module").module
    for page, pk in ((module, hidden.pk), (other, comment.pk), (module, uuid.uuid4())):
        with pytest.raises(ValidationError):
            actions.make_to_do(by=advisor, title="Nosy", page=page, comments=[pk])


def test_publishing_closes_the_to_do_and_answers_every_cohort_that_was_asked(to_do, requirement, module, advisor):
    later = make_module(make_cohort("2026–28"))
    open_module_window(requirement=later)
    url = reverse("to_dos:publish", args=[to_do.pk])
    answer = signed_in(advisor).post(url, {"said": "Too long.", "did": "Half as long now."})
    assert answer.status_code == 302
    assert not Decision.objects.exists()
    module.title = "Joint Venture Opportunities, shorter"
    revision = module.save_revision()
    assert ToDo.objects.get().is_open, "a draft closes nothing"
    revision.publish()

    closed = ToDo.objects.get()
    assert (closed.state, closed.revision_id, closed.settled_by) == (ToDoState.DONE, revision.pk, advisor)
    decisions = {decision.cohort.name: decision for decision in closed.decisions.all()}
    assert set(decisions) == {"2025–27", "2026–28"}
    for decision in decisions.values():
        assert (decision.said, decision.did, decision.outcome) == ("Too long.", "Half as long now.", Outcome.ADOPTED)
        assert decision.page_id == module.pk
    assert [c.text for c in decisions["2025–27"].comments.all()] == ["Released 0"]
    assert not decisions["2026–28"].comments.exists()

    module.save_revision().publish()
    assert Decision.objects.count() == 2, "publishing again answers nobody twice"
    Page.objects.get(pk=module.pk).unpublish()
    assert ToDo.objects.get().state == ToDoState.DONE


def test_publication_that_is_only_scheduled_closes_nothing(to_do, module, advisor):
    actions.close_with_publication(to_do=to_do, by=advisor)
    module.unpublish()
    module.go_live_at = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    module.save_revision().publish()
    assert ToDo.objects.get().is_open


def test_other_pages_and_other_to_dos_stay_open(to_do, module, lesson, advisor):
    actions.close_with_publication(to_do=to_do, by=advisor)
    unplanned = actions.make_to_do(by=advisor, title="Something else", page=module)
    lesson.save_revision().publish()
    assert ToDo.objects.get(pk=to_do.pk).is_open
    module.save_revision().publish()
    assert not ToDo.objects.get(pk=to_do.pk).is_open
    assert ToDo.objects.get(pk=unplanned.pk).is_open
    assert not Decision.objects.exists(), "without a note nobody is told"


def test_plan_to_close_can_be_taken_back(to_do, module, advisor):
    actions.close_with_publication(to_do=to_do, by=advisor, said="Too long.", did="Shorter.")
    answer = signed_in(advisor).post(reverse("to_dos:publish", args=[to_do.pk]), {"keep": "1"})
    assert answer.status_code == 302
    module.save_revision().publish()
    assert ToDo.objects.get().is_open
    assert ToDo.objects.get().said == "Too long."


def test_half_a_note_and_a_missing_reason_are_refused_in_place(to_do, advisor):
    client = signed_in(advisor)
    answer = client.post(reverse("to_dos:publish", args=[to_do.pk]), {"said": "Too long.", "did": ""})
    assert answer.status_code == 422
    assert "Write both what was said and what was done" in answer.content.decode()
    assert "Too long." in answer.content.decode()
    answer = client.post(reverse("to_dos:settle", args=[to_do.pk]), {"state": "declined", "reason": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert ToDo.objects.get().is_open


def test_declined_to_do_keeps_its_reason_and_may_tell_the_cohorts(to_do, advisor):
    form = {"state": "declined", "reason": "It is the law.", "said": "Drop it.", "did": "It stays."}
    assert signed_in(advisor).post(reverse("to_dos:settle", args=[to_do.pk]), form).status_code == 302
    closed = ToDo.objects.get()
    assert (closed.state, closed.reason) == (ToDoState.DECLINED, "It is the law.")
    decision = closed.decisions.get()
    assert (decision.outcome, decision.reason) == (Outcome.DECLINED, "It is the law.")
    again = actions.settle_to_do(to_do=to_do, by=advisor, state="done", said="Again", did="And again")
    assert again.state == ToDoState.DECLINED
    assert Decision.objects.count() == 1
    assert signed_in(advisor).get(reverse("to_dos:settle", args=[to_do.pk])).status_code == 404


def test_comments_of_a_to_do_survive_the_shuffle_and_the_close(to_do, window, comment):
    shuffle(window=window)
    with clock.at(NOON + dt.timedelta(days=120)):
        close_window(window=window, asked=20)
    assert [c.pk for c in ToDo.objects.get().comments.all()] == [comment.pk]


def test_page_with_a_to_do_is_not_deleted(to_do, module):
    assert "1 to-do" in refusal([module])


def test_to_do_about_a_session_is_closed_by_hand(now, advisor, staff):
    cohort_session = make_session(make_cohort(), ends_at=NOON)
    open_session_window(cohort_session=cohort_session)
    client = signed_in(staff)
    url = reverse("to_dos:new") + f"?cohort_session={cohort_session.pk}"
    answer = client.post(url, {"title": "More cases"})
    made = ToDo.objects.get()
    assert answer.url == reverse("to_dos:to_do", args=[made.pk])
    assert "Case clinic" in client.get(answer.url).content.decode()
    assert client.get(reverse("to_dos:publish", args=[made.pk])).status_code == 404
    with pytest.raises(ValidationError):
        actions.close_with_publication(to_do=made, by=advisor)
    client.post(reverse("to_dos:settle", args=[made.pk]), {"state": "done", "said": "More cases.", "did": "Two more."})
    assert Decision.objects.get().cohort == cohort_session.cohort


def test_to_dos_are_for_the_advisory_group_and_staff(to_do, module, faculty, manager, outsider, staff, client):
    doors = [reverse("to_dos:listed"), reverse("to_dos:new") + f"?page={module.pk}"]
    doors += [reverse(f"to_dos:{name}", args=[to_do.pk]) for name in ("to_do", "change", "publish", "settle")]
    for url in doors:
        assert signed_in(staff).get(url).status_code == 200
        for user in (faculty, manager, outsider):
            assert signed_in(user).get(url).status_code == 403
            assert signed_in(user).post(url, {"title": "Mine", "state": "done"}).status_code == 403
        assert client.get(url).status_code == 302
    assert ToDo.objects.get().is_open
    assert ToDo.objects.get().title == "Shorten it"


def test_session_evidence_stands_beside_the_form_and_faculty_read_figures_alone(now, staff, faculty, advisor):
    cohort_session = make_session(make_cohort(), ends_at=NOON)
    cohort_session.faculty.add(faculty)
    foreign = make_session(cohort_session.cohort, "Foreign session", ends_at=NOON - dt.timedelta(days=1))
    for one in (cohort_session, foreign):
        Requirement.objects.create(
            cohort=one.cohort, kind="session", cohort_session=one, title=one.title, short_title=one.title[:24], year=1
        )
        window = open_session_window(cohort_session=one)
        for number in range(5):
            respond(window, session_useful=4, session_recommend=9, session_helped=f"Said {number}")
        release_window(window=window, asked=20)
    beside = signed_in(staff).get(reverse("cohorts_staff:edit_session", args=[cohort_session.pk])).content.decode()
    assert beside.count("Said ") == 8  # four of the five, each with its label
    assert "average of 5 answers" in beside
    alone = signed_in(advisor).get(reverse("cohorts_staff:session_evidence", args=[cohort_session.pk]))
    assert "Said " in alone.content.decode()
    own = signed_in(faculty).get(reverse("cohorts_staff:cohort_session", args=[cohort_session.pk])).content.decode()
    assert "average of 5 answers" in own
    assert "Said " not in own
    assert "To-dos" not in own
    for name in ("cohort_session", "edit_session", "session_evidence"):
        answer = signed_in(faculty).get(reverse(f"cohorts_staff:{name}", args=[foreign.pk]))
        assert answer.status_code in (403, 404)


def test_list_takes_as_many_queries_for_three_as_for_one(to_do, module, advisor):
    client, url = signed_in(advisor), reverse("to_dos:listed")
    client.get(url)
    with count_queries() as one:
        client.get(url)
    for number in range(2):
        actions.make_to_do(by=advisor, title=f"More {number}", page=module, assignee=advisor)
    with count_queries() as three:
        client.get(url)
    assert len(one) == len(three)


def test_list_is_filtered_by_page_and_state(to_do, module, lesson, advisor):
    actions.make_to_do(by=advisor, title="About the lesson", page=lesson)
    client, url = signed_in(advisor), reverse("to_dos:listed")
    content = client.get(f"{url}?page_of={lesson.pk}").content.decode()
    assert "About the lesson" in content
    assert "Shorten it" not in content
    actions.settle_to_do(to_do=to_do, by=advisor, state="done")
    assert "Shorten it" not in client.get(url).content.decode()
    assert "Shorten it" in client.get(f"{url}?state=settled").content.decode()
    for bad in ("x", "9" * 400, "\x00", "-1"):
        assert client.get(url, {"page_of": bad}).status_code == 404
        assert client.get(reverse("to_dos:new"), {"page": bad}).status_code == 404
        assert client.get(reverse("to_dos:new"), {"cohort_session": bad}).status_code == 404
    assert client.get(reverse("to_dos:new")).url == url


def test_hostile_forms_are_refused_in_words(to_do, module, advisor):
    client = signed_in(advisor)
    url = reverse("to_dos:new") + f"?page={module.pk}"
    for form in (
        {"title": "x" * 100_000},
        {"title": "nul\x00"},
        {"title": "ok", "due_on": "9" * 50},
        {"title": "ok", "assignee": "nobody"},
        {"title": ""},
    ):
        assert client.post(url, form).status_code == 422
    assert ToDo.objects.count() == 1
