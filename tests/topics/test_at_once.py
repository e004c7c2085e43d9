"""Clicks of several people, and double clicks, in one moment."""

from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import connection

from cohorts.network.models import CohortSession
from curriculum.models import ModulePage, ProgramPage
from lms import clock
from lms.accounts.actions import grant_network_role
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from tests.cohorts.programs import make_cohort
from tests.fixtures import make_user
from tests.topics.conftest import NOW
from tests.topics.samples import a_topic, reviewed, score
from topics.becoming import make_module, make_session
from topics.models import Score, Speaker, TopicEvent
from topics.moving import move
from topics.speaking import ask_speaker


def at_once(*clicks) -> list:
    """What each of `clicks` came to, done at once on connections of their own; a refusal is its words."""

    def run(click):
        try:
            with clock.at(NOW):
                return click()
        except ValidationError as refused:
            return " ".join(refused.messages)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clicks)) as pool:
        return list(pool.map(run, clicks))


def a_member(email: str) -> User:
    user = make_user(email, credentials="MD")
    grant_network_role(user=user, role=NetworkRole.PUBLISHER)
    return user


def test_topic_becomes_one_session_and_one_module_and_asks_a_speaker_once(own_database):
    chair = a_member("ruth@network.example")
    cohort, program = make_cohort(), ProgramPage.objects.first()
    topic = reviewed(a_topic(make_user("phil@alder.example")), chair)
    before = CohortSession.objects.count()
    at_once(
        *[lambda: make_session(topic=topic, cohort=cohort, by=chair)] * 3,
        *[lambda: make_module(topic=topic, program=program, by=chair)] * 3,
        *[lambda: ask_speaker(topic=topic, name="Sol", email="sol@speaker.example", by=chair)] * 2,
    )
    assert CohortSession.objects.count() == before + 1
    assert ModulePage.objects.filter(title=topic.title).count() == 1
    assert Speaker.objects.count() == 1
    topic.refresh_from_db()
    assert topic.cohort_session is not None
    assert topic.module is not None


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(own_database):
    ruth, vera = a_member("ruth@network.example"), a_member("vera@network.example")
    topic = reviewed(a_topic(make_user("phil@alder.example")), ruth, "in_review")
    said = at_once(
        lambda: move(topic=topic, to="accepted", by=ruth, seen="in_review"),
        lambda: move(topic=topic, to="declined", by=vera, seen="in_review", reason="No room."),
    )
    refusals = [words for words in said if isinstance(words, str)]
    assert len(refusals) == 1
    assert "Somebody moved this topic meanwhile" in refusals[0]
    assert TopicEvent.objects.filter(topic=topic).count() == 3


def test_score_sent_twice_at_once_is_kept_once(own_database):
    ruth = a_member("ruth@network.example")
    topic = a_topic(make_user("phil@alder.example"))
    at_once(*[lambda: score(topic, ruth, 3, 4, 5)] * 4)
    assert Score.objects.count() == 1
