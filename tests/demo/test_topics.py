"""The topics of the demo, played on their own days."""

import datetime as dt
from collections import Counter

from django.test import Client

from cohorts.network.actions import create_cohort
from curriculum.actions import make_front_page, open_cms_to_roles
from lms import clock
from lms.accounts.models import User
from lms.accounts.queries import is_advisor
from lms.demo import cast, stage, topics
from lms.demo.calendar import Calendar
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from tests.fixtures import make_user, signed_in
from topics.models import Conference, Conflict, Score, Speaker, Topic


def test_topics_of_the_demo_show_every_state(empty_database):
    now = clock.now()
    begins = now.date() - dt.timedelta(days=600)
    with clock.at(now - dt.timedelta(days=600)):
        front = make_front_page(title="Program", lede="Two years.")
        open_cms_to_roles()
    standing = stage.set_up(front, begins)
    leader = make_user("leader@demo.example", "Leela Raghunathan")
    grant_membership(user=leader, practice=standing.practices[0], role=PracticeRole.PHYSICIAN)
    create_cohort(program=standing.program, name="Running", starts_on=now.date() - dt.timedelta(days=150))
    calendar = Calendar(until=now)
    topics.plan(calendar=calendar, stage=standing, front=front)
    calendar.play(lambda month: None)

    states = Counter(Topic.objects.values_list("state", flat=True))
    assert states == {"draft": 1, "proposed": 3, "in_review": 2, "accepted": 1, "scheduled": 6, "declined": 2}
    assert Topic.objects.values("practices").distinct().count() >= 8
    written = [topic.get("scores", {}) for topic in cast.read("topics.toml")["topics"]]
    assert (Score.objects.count(), Conflict.objects.count()) == (sum(map(len, written)), 1)
    assert sorted(conference.is_over for conference in Conference.objects.all()) == [False, True, True]
    assert Counter(Speaker.objects.values_list("state", flat=True)) == {"confirmed": 5, "asked": 3, "declined": 1}
    assert Topic.objects.exclude(cohort_session=None).count() == Topic.objects.exclude(module=None).count() == 1
    for path in ("/topics/", "/conferences/", "/strategy/", "/speakers/leela-raghunathan/"):
        assert Client().get(path).status_code == 200, path
    advisor = User.objects.get(email="advisor@demo.example")
    assert is_advisor(advisor)
    assert signed_in(advisor).get("/topics/board/").status_code == 200
