"""Receipt and response commit together: what a dump taken after the close can still join, which is nothing.

These tests need real commits, so each has a database of its own.
"""

import itertools
import threading

import pytest
from django.db import connection, transaction

from feedback.network.actions import open_session_window, publish_decision
from feedback.network.models import Answer, Decision, Response, Window
from feedback.network.releasing import close_window, release_window
from feedback.network.shuffle import lock_tables, shuffle
from feedback.network.windows import ends_at
from feedback.practice.actions import invite_to_survey, submit_response
from feedback.practice.models import Receipt, SurveyInvitation
from lms import clock
from lms.practices.models import Practice
from lms.practices.schema import enter
from tests.feedback import world
from tests.fixtures import make_user

PEOPLE = 12
ANSWERS = {"session-useful": 4, "session-recommend": 9, "session-helped": "The case."}


@pytest.fixture
def asked(own_database) -> tuple[Window, list[tuple[Practice, SurveyInvitation]]]:
    """A session's window, and an invitation to it for each of twelve leaders in three practices."""
    with clock.at(world.NOON):
        cohort = world.make_cohort()
        window = open_session_window(cohort_session=world.make_session(cohort))
        practices = list(Practice.objects.all())
        invitations = []
        for number in range(PEOPLE):
            practice = practices[number % 3]
            enrollment = world.enroll(practice, cohort)
            with enter(practice):
                invitations.append((practice, invite_to_survey(person=enrollment.person, window=window)))
    return window, invitations


def submit(practice: Practice, invitation: SurveyInvitation, answers: dict | None = None) -> None:
    with clock.at(world.NOON), enter(practice):
        submit_response(invitation=invitation, answers=answers or ANSWERS)


def in_thread(errors: list, function, *args) -> threading.Thread:
    def run():
        try:
            function(*args)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def physical(table: str, ids: str = "id") -> list[tuple]:
    """(transaction number, id) of a table's rows in the order in which they lie."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text, {ids} FROM {table} ORDER BY ctid")
        return cursor.fetchall()


def test_transaction_numbers_join_receipts_to_responses_only_until_the_close(asked):
    window, invitations = asked
    for practice, invitation in invitations:
        submit(practice, invitation)
    receipts = set()
    for practice in Practice.objects.all():
        with enter(practice):
            receipts |= {xmin for xmin, _ in physical("feedback_practice_receipt", "invitation_id")}
    before = {xmin for xmin, _ in physical("feedback_network_response")}
    assert before == receipts
    assert len(receipts) == PEOPLE  # the attack that the close has to break

    with clock.at(ends_at(window)):
        assert close_window(window=window, asked=PEOPLE).people == PEOPLE
    for table in ("feedback_network_response", "feedback_network_answer"):
        after = {xmin for xmin, _ in physical(table)}
        assert len(after) == 1
        assert not after & receipts


def test_order_of_rows_does_not_follow_the_order_of_arrival_after_the_close(asked):
    window, invitations = asked
    arrived = []
    for practice, invitation in invitations:
        submit(practice, invitation)
        arrived += [pk for pk in Response.objects.values_list("pk", flat=True) if pk not in arrived]
    orders = set()
    for _ in range(3):
        shuffle(window=window)
        orders.add(tuple(pk for _, pk in physical("feedback_network_response")))
    assert all(set(order) == set(arrived) for order in orders)
    assert tuple(arrived) not in orders
    assert len(orders) == 3  # twelve rows: the same order twice would be one in 479,001,600


def test_answers_of_one_response_do_not_lie_side_by_side_after_a_shuffle(asked):
    _, invitations = asked
    for practice, invitation in invitations:
        submit(practice, invitation)
    shuffle()
    owners = dict(Answer.objects.values_list("pk", "response_id"))
    order = [owners[pk] for _, pk in physical("feedback_network_answer")]
    neighbors = sum(one == other for one, other in itertools.pairwise(order))
    assert neighbors < PEOPLE  # in order of arrival it would be two for each of the twelve


def test_shuffle_keeps_ids_values_and_the_comments_of_decisions(asked):
    window, invitations = asked
    for practice, invitation in invitations:
        submit(practice, invitation)
    with clock.at(ends_at(window)):
        close_window(window=window, asked=PEOPLE)
    comment = Answer.objects.filter(question_key="session-helped").first()
    staff = make_user("staff@network.example")
    with clock.at(world.NOON):
        decision = publish_decision(
            by=staff, cohort=window.cohort, said="More cases.", did="One a month.", comments=[comment.pk]
        )
    before = set(Answer.objects.values_list("pk", "response_id", "question_key", "value", "text", "shown_in"))
    shuffle(window=window)
    shuffle()
    assert set(Answer.objects.values_list("pk", "response_id", "question_key", "value", "text", "shown_in")) == before
    assert list(decision.comments.all()) == [comment]


def test_submits_during_a_shuffle_are_not_lost(asked):
    _, invitations = asked
    errors: list = []
    go = threading.Event()

    def shuffle_again_and_again():
        while not go.is_set():
            shuffle()

    shuffler = in_thread(errors, shuffle_again_and_again)
    submitters = [in_thread(errors, submit, *each) for each in invitations]
    for thread in submitters:
        thread.join(60)
    go.set()
    shuffler.join(60)
    assert errors == []
    assert Response.objects.count() == PEOPLE
    assert Answer.objects.count() == PEOPLE * len(ANSWERS)


def test_submit_waits_for_a_shuffle_that_holds_the_tables(asked):
    _, invitations = asked
    errors: list = []
    with transaction.atomic():
        lock_tables()
        waiting = in_thread(errors, submit, *invitations[0])
        waiting.join(0.5)
        assert waiting.is_alive()
        assert Response.objects.count() == 0
    waiting.join(30)
    assert errors == []
    assert Response.objects.count() == 1


def test_decisions_that_pick_comments_during_a_shuffle_are_kept(asked):
    window, invitations = asked
    for practice, invitation in invitations:
        submit(practice, invitation)
    with clock.at(world.NOON):
        release_window(window=window, asked=PEOPLE + 5)
    comments = list(Answer.objects.filter(question_key="session-helped").values_list("pk", flat=True))
    staff = make_user("staff@network.example")
    errors: list = []
    go = threading.Event()

    def shuffle_again_and_again():
        while not go.is_set():
            shuffle()

    def decide(pk):
        publish_decision(by=staff, cohort=window.cohort, said="More cases.", did="One a month.", comments=[pk])

    shuffler = in_thread(errors, shuffle_again_and_again)
    for thread in [in_thread(errors, decide, pk) for pk in comments]:
        thread.join(60)
    go.set()
    shuffler.join(60)
    assert errors == []
    assert Decision.comments.through.objects.count() == PEOPLE


def test_submit_and_close_at_once_leave_nothing_between(asked):
    """What commits after the close is refused; what commits before it is released or deleted by it."""
    window, invitations = asked
    for practice, invitation in invitations[:6]:
        submit(practice, invitation)
    errors: list = []

    def close():
        with clock.at(ends_at(window)):
            close_window(window=window, asked=PEOPLE)

    threads = [in_thread(errors, submit, *each) for each in invitations[6:9]]
    threads.append(in_thread(errors, close))
    threads += [in_thread(errors, submit, *each) for each in invitations[9:]]
    for thread in threads:
        thread.join(60)
    assert {type(error).__name__ for error in errors} <= {"WindowClosed"}
    window.refresh_from_db()
    release = window.releases.get()
    assert window.responses.filter(release_number=None).count() == 0
    assert release.people == window.responses.count() == PEOPLE - len(errors)
    receipts = 0
    for practice in Practice.objects.all():
        with enter(practice):
            receipts += Receipt.objects.count()
    assert receipts == release.people


def test_two_submits_of_one_invitation_make_one_response(asked):
    _, invitations = asked
    errors: list = []
    for thread in [in_thread(errors, submit, *invitations[0]) for _ in range(4)]:
        thread.join(30)
    assert [type(error).__name__ for error in errors] == ["AlreadyAnswered"] * 3
    assert Response.objects.count() == 1


def test_window_still_open_can_be_joined_as_the_documents_say(asked):
    """The promise ends here: a dump taken before the night's shuffle joins. Keep the sentence to leaders as modest."""
    _, invitations = asked
    submit(*invitations[0])
    practice, _ = invitations[0]
    with enter(practice):
        receipt = physical("feedback_practice_receipt", "invitation_id")[0][0]
    assert physical("feedback_network_response")[0][0] == receipt
