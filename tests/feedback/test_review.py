"""What staff, the advisory group and faculty read, and what nobody else does."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curriculum.guards import refusal
from curriculum.models import ModuleFaculty
from feedback.network.actions import open_module_window, open_session_window, publish_decision
from feedback.network.models import Answer, Decision
from feedback.network.releasing import close_window, release_window
from feedback.network.windows import ends_at
from feedback.staff.asked import invited
from lms import clock
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.feedback import world
from tests.fixtures import make_user, signed_in

REVIEW = "/staff/feedback/"


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(world.NOON):
        yield


@pytest.fixture
def cohort(db):
    return world.make_cohort()


@pytest.fixture
def window(cohort):
    return open_module_window(requirement=world.make_module(cohort))


def released(window, people: int = 6, comment: str = "The hospital case.", **values):
    """`people` answer alike, and a night releases it."""
    for number in range(people):
        answers = {"module_useful": 4, "module_recommend": 9, "module_helped": f"{comment} {number}"} | values
        if window.cohort_session_id:
            answers = {key.replace("module", "session"): value for key, value in answers.items()}
        world.respond(window, **answers)
    return release_window(window=window, asked=max(20, people + 5))


def text(user, url=REVIEW, status=200) -> str:
    response = signed_in(user).get(url)
    assert response.status_code == status
    return re.sub(r'(?:content|value)="\w{64}"', "", response.content.decode())  # the token against forged forms


def test_staff_and_advisors_read_released_figures_and_comments(window, staff, advisor):
    released(window)
    for user in (staff, advisor):
        page = text(user)
        assert "6 of 20" in page
        assert "<strong>100% agree</strong> · 6 answers" in page
        assert "9.0" in page
        assert "The hospital case. 0" in page
        assert "All 6 comments" in page


def test_nothing_moves_before_a_night_releases_it(window, staff):
    released(window)
    before = text(staff)
    for _ in range(4):
        world.respond(window, module_useful=1, module_recommend=0, module_helped="Too long.")
    with clock.at(world.NOON):
        assert release_window(window=window, asked=20) is None
    assert text(staff) == before


def test_withheld_looks_the_same_for_none_and_for_four(window, staff):
    empty = text(staff)
    for _ in range(4):
        world.respond(window, module_useful=2, module_pace=2, module_recommend=3, module_helped="Too long.")
    release_window(window=window, asked=20)
    assert text(staff) == empty
    assert "Fewer than 5 answers: hidden" in empty


def test_withheld_questions_come_last_and_hold_no_number(window, staff):
    released(window, module_pace=2)
    for _ in range(3):
        world.respond(window, module_confident=1)
    page = text(staff)
    titles = ["The time it asked of me was right.", "I feel confident enough to apply it."]
    assert page.index(titles[0]) < page.index(titles[1])
    after = page[page.index(titles[1]) :]
    row = after[: after.index("</li>")]
    assert "Fewer than 5 answers: hidden" in row
    assert not [digit for digit in row.replace("Fewer than 5", "") if digit.isdigit() and digit != "3"]


def test_sessions_of_one_name_are_told_apart_by_cohort(cohort, staff):
    open_session_window(cohort_session=world.make_session(cohort, "Opening retreat"))
    for each in (cohort, world.make_cohort("2024–26")):
        window = open_session_window(cohort_session=world.make_session(each))
    page = text(staff)
    assert ">Case clinic, 2025–27</option>" in page
    assert ">Case clinic, 2024–26</option>" in page
    assert ">Case clinic</option>" in text(staff, f"{REVIEW}?cohort={cohort.pk}")
    chosen = text(staff, f"{REVIEW}?about=session-{window.cohort_session_id}")
    assert "Case clinic, 2024–26: nothing is released yet." in chosen


def test_filters_narrow_by_cohort_subject_and_release(window, cohort, staff):
    released(window, comment="About the module.")
    session_window = open_session_window(cohort_session=world.make_session(cohort))
    released(session_window, comment="About the session.")
    released(session_window, people=5, comment="Later.", module_recommend=1)
    other = open_module_window(requirement=world.make_module(world.make_cohort("2024–26")))
    released(other, comment="Another cohort.")

    page = text(staff, f"{REVIEW}?cohort={cohort.pk}&about=session-{session_window.cohort_session_id}")
    assert "About the session." in page
    assert "About the module." not in page
    assert "11 of 20" in page
    assert "Another cohort." not in text(staff, f"{REVIEW}?cohort={cohort.pk}")
    both = text(staff, f"{REVIEW}?about=module-{window.module_id}")
    assert "About the module." in both
    assert "12 of 40" in both
    second = f"{REVIEW}?cohort={cohort.pk}&about=session-{session_window.cohort_session_id}&release=2"
    page = text(staff, second)
    assert "Later." in page
    assert "About the session." not in page
    assert '<p class="figure">1.0' in page


@pytest.mark.parametrize(
    "query",
    [
        "cohort=x",
        "cohort=5d2c1a4e-0000-4000-8000-000000000000",
        "about=module-99999999999999999999",
        "about=%00",
        "release=1",
        "program=0",
    ],
)
def test_choice_that_is_not_offered_is_not_found(window, staff, faculty, query):
    assert text(staff, f"{REVIEW}?{query}", status=404)
    assert text(faculty, f"{REVIEW}mine/?{query}", status=404)


def test_comments_page_lists_all_in_an_order_that_is_not_that_of_arrival(window, staff, advisor, faculty):
    released(window, people=40)
    url = reverse("feedback_staff:comments", kwargs={"question": "module-helped"})
    page = text(advisor, url)
    assert "40 comments" in page
    assert page.count("<blockquote>") == 30
    order = [int(line.split("</p>")[0].rsplit(" ", 1)[1]) for line in page.split("<blockquote>")[1:]]
    assert order != sorted(order)
    assert text(staff, url + "?page=2").count("<blockquote>") == 10
    assert text(staff, url + "?page=x")
    assert "hidden" in text(staff, reverse("feedback_staff:comments", kwargs={"question": "module-change"}))
    assert text(staff, reverse("feedback_staff:comments", kwargs={"question": "module-useful"}), status=404)
    assert text(faculty, url, status=403)


def test_no_two_comments_are_told_to_be_of_one_response(window, staff):
    released(window, module_change="Less holiday.")
    page = text(staff)
    for response in window.responses.all():
        assert str(response.pk) not in page


def test_faculty_read_figures_of_their_own_and_of_nothing_else(window, cohort, faculty, staff):
    released(window)
    own = world.make_session(cohort, "Own clinic")
    own.faculty.add(faculty)
    other = world.make_session(cohort, "Other clinic")
    own_window = open_session_window(cohort_session=own)
    other_window = open_session_window(cohort_session=other)
    released(own_window, module_recommend=2)
    released(other_window)
    page = text(faculty, f"{REVIEW}mine/")
    assert "Own clinic" in page
    assert '<p class="figure">2.0' in page
    for hidden in ("Other clinic", "Joint Venture Opportunities", "The hospital case."):
        assert hidden not in page
    assert text(faculty, f"{REVIEW}mine/?about=session-{other.pk}", status=404)
    ModuleFaculty.objects.create(module=window.module, user=faculty)
    assert "Joint Venture Opportunities" in text(faculty, f"{REVIEW}mine/")
    assert text(faculty, status=403)
    assert text(staff, f"{REVIEW}mine/", status=403)


def test_practice_leadership_and_leaders_see_none_of_it(window, cohort, alder, manager, outsider, staff):
    released(window)
    decide = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    comments = reverse("feedback_staff:comments", kwargs={"question": "module-helped"})
    administrator = make_user("admin@alder.example")
    grant_membership(user=administrator, practice=alder, role=PracticeRole.ADMINISTRATOR)
    sponsor = make_user("sponsor@alder.example")
    grant_membership(user=sponsor, practice=alder, role=PracticeRole.SPONSOR)
    leader = world.enroll(alder, cohort).person.user
    for user in (manager, outsider, administrator, sponsor, leader):
        for url in (REVIEW, f"{REVIEW}mine/", comments, decide):
            assert "hospital" not in text(user, url, status=403)
    for url in (REVIEW, f"{REVIEW}mine/", comments, decide):
        assert Client().get(url).status_code == 302


def test_managing_physician_who_is_faculty_reads_as_faculty_only(window, cohort, alder, manager, faculty):
    released(window)
    grant_membership(user=faculty, practice=alder, role=PracticeRole.MANAGING_PHYSICIAN)
    assert "Joint Venture" not in text(faculty, f"{REVIEW}mine/")
    assert text(faculty, f"/practices/{alder.slug}/surveys/", status=403)


def test_review_asks_the_database_as_often_for_one_window_as_for_three(window, cohort, staff):
    client = signed_in(staff)

    def one_more(number):
        released(open_module_window(requirement=world.make_module(cohort, f"Module {number}")))
        publish_decision(
            by=staff, cohort=cohort, said="More.", did="Yes.", comments=[Answer.objects.exclude(text="").first().pk]
        )

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(REVIEW).status_code == 200
        return len([query for query in queries if "search_path" not in query["sql"]])

    released(window)
    one_more(1)
    count()
    once = count()
    one_more(2)
    one_more(3)
    assert count() == once <= 15


def test_staff_publish_a_decision_that_the_cohort_reads(window, cohort, alder, staff):
    released(window)
    comment = Answer.objects.exclude(text="").first()
    leader = world.enroll(alder, cohort).person.user
    url = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    client = signed_in(staff)
    assert "The hospital case." in client.get(f"{url}?comment={comment.pk}&comment=x").content.decode()
    given = {
        "said": "More hospital cases.",
        "did": "One each quarter.",
        "outcome": "adopted",
        "comments": [str(comment.pk)],
        "page": str(window.module_id),
        "window": str(window.pk),
    }
    response = client.post(url, given, follow=True)
    assert "Published." in response.content.decode()
    decision = Decision.objects.get()
    assert (decision.by, decision.cohort, decision.published_at) == (staff, cohort, world.NOON)
    assert list(decision.comments.all()) == [comment]
    page = text(leader, f"/practices/{alder.slug}/surveys/")
    assert "One each quarter." in page
    assert "The hospital case." not in page
    outsider = world.enroll(alder, world.make_cohort("Another")).person.user
    assert "One each quarter." not in text(outsider, f"/practices/{alder.slug}/surveys/")


def test_only_cohort_needs_no_choosing_before_it_is_answered(window, cohort, staff):
    released(window)
    answered = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    assert answered in text(staff, REVIEW)
    released(open_module_window(requirement=world.make_module(world.make_cohort("2024–26"))))
    assert answered not in text(staff, REVIEW)
    assert answered in text(staff, f"{REVIEW}?cohort={cohort.pk}")


def test_declined_decision_needs_its_reason(window, cohort, staff):
    url = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    given = {"said": "Weekends.", "did": "Not now.", "outcome": "declined"}
    response = signed_in(staff).post(url, given)
    assert response.status_code == 422
    assert "Say why: the cohort reads the reason." in response.content.decode()
    assert "Weekends." in response.content.decode()
    assert not Decision.objects.exists()
    with pytest.raises(ValidationError):
        publish_decision(by=staff, cohort=cohort, **given)


def test_decision_takes_released_comments_of_its_cohort_only(window, cohort, staff):
    waiting = world.respond(window, module_helped="Not released.").answers.get()
    other = open_module_window(requirement=world.make_module(world.make_cohort("Another")))
    released(other)
    foreign = Answer.objects.filter(response__window=other).exclude(text="").first()
    for comment in (waiting, foreign):
        with pytest.raises(ValidationError, match="released comments"):
            publish_decision(by=staff, cohort=cohort, said="More.", did="Yes.", comments=[comment.pk])
    url = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    assert "Not released." not in signed_in(staff).get(f"{url}?comment={waiting.pk}").content.decode()


@pytest.mark.parametrize("said", ["", "x" * 100_000, "\x00"])
def test_decision_with_bad_words_is_refused_in_place(window, cohort, staff, said):
    url = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    response = signed_in(staff).post(url, {"said": said, "did": "Kept words.", "outcome": "adopted", "page": "9" * 30})
    assert response.status_code == 422
    assert "Kept words." in response.content.decode()


def test_only_staff_publish(window, cohort, advisor, faculty):
    url = reverse("feedback_staff:decide", kwargs={"cohort": cohort.pk})
    for user in (advisor, faculty):
        assert signed_in(user).post(url, {"said": "a", "did": "b", "outcome": "adopted"}).status_code == 403
    assert not Decision.objects.exists()


def test_invitations_are_what_guards_count(alder, birch, cohort, window):
    requirement = cohort.requirements.get()
    for practice in (alder, alder, birch):
        world.complete(practice, world.enroll(practice, cohort), requirement)
    released(window)
    assert invited([window]) == (3, 2)
    assert invited([]) == (0, 0)
    words = refusal([window.module.page_ptr])
    assert "3 survey invitations in 2 practices" in words
    for word in ("response", "answer", "receipt"):
        assert word not in words
    with clock.at(ends_at(window)):
        close_window(window=window, asked=20)
    assert invited([window]) == (3, 2)
