"""An accepted topic becomes a session of a cohort, or a draft module. Each once, however often one clicks."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from cohorts.network.actions import DEFAULT_ZONE, add_session
from cohorts.network.enums import SessionMode
from cohorts.network.models import Cohort, CohortSession
from cohorts.network.times import moment
from curriculum.drafting import draft_module
from curriculum.models import ModulePage, ProgramPage
from lms import clock
from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from topics.enums import PUBLIC_STATES, SpeakerState, TopicState
from topics.history import reach
from topics.models import Topic

NOT_ACCEPTED = "Accept the topic first; then it can become something."
MINUTES = 60
WEEKS_AHEAD = 4
THURSDAY = 3


@transaction.atomic
def make_session(*, topic: Topic, cohort: Cohort, by) -> CohortSession:
    """A session of `cohort` from the topic, which the plan does not require; staff then move and fill it.

    It takes the first morning of the topic's conference, or a Thursday evening some weeks ahead. A session that it
    became already is returned. Raises ValidationError for a topic that is not accepted and days outside the cohort's.
    """
    topic = _locked(topic)
    if topic.cohort_session is not None and topic.cohort_session.cancelled_at is None:
        return topic.cohort_session
    _check(topic)
    starts_at, zone, facts = _when(topic, cohort)
    try:
        cohort_session = add_session(
            cohort=cohort,
            title=Truncator(topic.title).chars(120),
            about=topic.why_now,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=MINUTES),
            time_zone=zone,
            faculty=_faculty(topic),
            required=False,
            **facts,
        )
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    topic.cohort_session = cohort_session
    reach(topic, TopicState.SCHEDULED, by=by, words=f"It becomes a session of {cohort.name}.")
    return cohort_session


@transaction.atomic
def make_module(*, topic: Topic, program: ProgramPage, by) -> ModulePage:
    """An unpublished module below `program` from the topic, for authors to go on with in the CMS.

    A module that it became already is returned. Raises ValidationError for a topic that is not accepted.
    """
    topic = _locked(topic)
    if topic.module is not None:
        return topic.module
    _check(topic)
    topic.module = draft_module(program=program, title=topic.title, summary=topic.why_now, by=by)
    reach(topic, TopicState.SCHEDULED, by=by, words=f"It becomes a module of {program.title}.")
    return topic.module


def _locked(topic: Topic) -> Topic:
    # Without what it points at: after waiting for the row, a join would still hold what was there before.
    return Topic.objects.select_for_update().get(pk=topic.pk)


def _check(topic: Topic) -> None:
    if topic.state not in PUBLIC_STATES:
        raise ValidationError(NOT_ACCEPTED)


def _when(topic: Topic, cohort: Cohort) -> tuple[dt.datetime, str, dict]:
    conference = topic.conference
    if conference is not None and not conference.is_over:
        starts_at = moment(conference.starts_on, dt.time(9), conference.time_zone)
        return starts_at, conference.time_zone, {"mode": SessionMode.IN_PERSON, "venue": conference.place}
    day = max(clock.today(DEFAULT_ZONE) + dt.timedelta(weeks=WEEKS_AHEAD), cohort.starts_on)
    day += dt.timedelta(days=(THURSDAY - day.weekday()) % 7)
    return moment(day, dt.time(17, 30), DEFAULT_ZONE), DEFAULT_ZONE, {"mode": SessionMode.VIRTUAL}


def _faculty(topic: Topic) -> list[User]:
    """Confirmed speakers who are faculty."""
    confirmed = topic.speakers.filter(state=SpeakerState.CONFIRMED, user__isnull=False)
    return list(
        User.objects.filter(
            pk__in=confirmed.values("user"), network_roles__role=NetworkRole.FACULTY, network_roles__ended_at=None
        ).distinct()
    )
