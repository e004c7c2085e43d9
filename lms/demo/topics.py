"""Topics of the demo: proposed by physicians of several practices, scored, decided, spoken to."""

import datetime as dt
import uuid
from functools import partial

from cohorts.network.models import Cohort
from curriculum.models import FrontPage
from lms import clock
from lms.accounts.models import User
from lms.demo import cast
from lms.demo.calendar import Calendar
from lms.demo.stage import Stage
from topics.becoming import make_module, make_session
from topics.conferring import save_conference
from topics.enums import TopicState
from topics.models import Conference, Topic
from topics.moving import move, place
from topics.proposing import WORDS, propose, save_draft
from topics.scoring import CRITERIA, declare_conflict, give_score, say
from topics.speaker_pages import add_talk, publish, save_page
from topics.speaking import answer, ask_speaker
from topics.strategy import make_strategy_page

MEMBERS = ("ruth", "gabriel", "ines")


def plan(*, calendar: Calendar, stage: Stage, front: FrontPage) -> None:
    """Make the strategy page, and put everything else into the calendar."""
    texts = cast.read("topics.toml")
    make_strategy_page(parent=front, **texts["strategy"])
    Topics(calendar, stage, texts).plan()


class Topics:
    """Plays the topics of the file, each step at its own day."""

    def __init__(self, calendar: Calendar, stage: Stage, texts: dict):
        self.calendar, self.stage, self.texts = calendar, stage, texts
        self.conferences: dict[str, Conference] = {}

    def plan(self) -> None:
        # Before the first topic goes on one, and after the people are there.
        self._on(450, self._conferences)
        for number, facts in enumerate(self.texts["topics"]):
            self._on(facts.get("proposed", facts.get("drafted")), partial(self._begin, facts), hour=number)
        self._on(100, self._speaker_page)

    def _on(self, days: float, event, *, hour: float = 0) -> None:
        """Play `event` so many days before today, at an hour that keeps things of one day apart."""
        self.calendar.add(self.calendar.until - dt.timedelta(days=days, minutes=30) + dt.timedelta(minutes=hour), event)

    def _conferences(self) -> None:
        today = self.calendar.until.date()
        for facts in self.texts["conferences"]:
            starts_on = today - dt.timedelta(days=facts["days"])
            self.conferences[facts["key"]] = save_conference(
                name=f"{facts['name']} {starts_on.year}",
                starts_on=starts_on,
                ends_on=starts_on + dt.timedelta(days=facts["lasts"] - 1),
                **{name: facts[name] for name in ("scope", "place", "time_zone", "audience")},
            )

    def _begin(self, facts: dict) -> None:
        words = {name: facts[name] for name in WORDS}
        shows = facts.get("shows", False)
        # The same on every run.
        pk = uuid.uuid5(uuid.NAMESPACE_URL, facts["title"])
        topic = save_draft(proposer=self._who(facts["who"]), pk=pk, shows_proposer=shows, **words)
        if "proposed" not in facts:
            return
        propose(topic=topic)
        scored = facts["proposed"] - 4
        # Who declares a conflict has scored before and thinks of it later.
        for number, (name, marks) in enumerate(facts.get("scores", {}).items()):
            self._on(scored, partial(self._score, topic, name, marks), hour=number)
        if "conflict" in facts:
            self._on(scored - 1, partial(self._conflict, topic, *facts["conflict"]))
        for number, (name, text) in enumerate(facts.get("comments", ())):
            self._on(scored - 2, partial(self._comment, topic, name, text), hour=number)
        for state, days in facts["steps"].items():
            self._on(days, partial(self._move, topic, TopicState(state), facts.get("reason", "")))
        if "conference" in facts:
            key, days = facts["conference"]
            self._on(days, partial(self._place, topic, key))
        if "becomes" in facts:
            kind, days = facts["becomes"]
            self._on(days, partial(self._become, topic, kind))
        for number, (who, state) in enumerate(facts.get("speakers", ())):
            asked = facts["conference"][1] - 2 if "conference" in facts else facts["steps"]["accepted"] - 2
            self._on(asked, partial(self._ask, topic, who, state), hour=number)

    def _who(self, who: str) -> User:
        kind, _, number = who.partition(" ")
        if kind == "sponsor":
            return self.stage.sponsors[int(number)]
        if kind == "faculty":
            return self.stage.faculty[int(number)]
        return User.objects.get(email=f"{kind}@{cast.DOMAIN}")

    def _member(self, name: str) -> User:
        return self.stage.advisors[MEMBERS.index(name)]

    def _score(self, topic: Topic, name: str, marks: list[int]) -> None:
        give_score(topic=topic, member=self._member(name), **dict(zip(CRITERIA, marks, strict=True)))

    def _conflict(self, topic: Topic, name: str, why: str) -> None:
        declare_conflict(topic=topic, member=self._member(name), why=why)

    def _comment(self, topic: Topic, name: str, text: str) -> None:
        say(topic=topic, by=self._member(name), text=text)

    def _move(self, topic: Topic, to: TopicState, reason: str) -> None:
        seen = Topic.objects.get(pk=topic.pk).state
        move(topic=topic, to=to, by=self._member("ruth"), seen=seen, reason=reason)

    def _place(self, topic: Topic, key: str) -> None:
        place(topic=topic, conference=self.conferences[key], by=self._member("ruth"))

    def _become(self, topic: Topic, kind: str) -> None:
        if kind == "module":
            make_module(topic=topic, program=self.stage.program, by=self._member("ines"))
            return
        running = Cohort.objects.filter(starts_on__lte=clock.now().date()).order_by("-starts_on").first()
        if running is not None:
            make_session(topic=topic, cohort=running, by=self.stage.staff)

    def _ask(self, topic: Topic, who: str, state: str) -> None:
        kind = who.partition(" ")[0]
        if kind in ("sponsor", "faculty", "leader", "physician"):
            user = self._who(who)
            name, email = user.name, user.email
        else:
            name, email = who, cast.address(who, "speaker.example")
        speaker = ask_speaker(topic=topic, name=name, email=email, by=self._member("gabriel"))
        if state != "asked":
            later = clock.now() + dt.timedelta(days=3)
            yes = state == "confirmed"
            self.calendar.add(later, lambda: answer(speaker=speaker, yes=yes, named_in_public=yes))

    def _speaker_page(self) -> None:
        words, user = self.texts["speaker_page"], self._who("leader")
        save_page(user=user, line=words["line"], topics=words["topics"], practice_name=words["practice"])
        for talk in words["talks"]:
            given_on = self.calendar.until.date() - dt.timedelta(days=talk["days"])
            add_talk(user=user, title=talk["title"], place=talk["place"], given_on=given_on)
        publish(user=user)
