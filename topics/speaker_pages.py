"""A leader's speaker page: theirs to write, publish and take down. Publishing is their own act."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from lms import clock
from lms.practices.queries import practices_of
from topics.enums import PUBLIC_STATES, SpeakerState
from topics.models import Speaker, SpeakerPage, SpeakerTalk

# Addresses below /speakers/ that are pages of ours.
TAKEN = {"mine", "answer"}
MOST_TALKS = 50


@dataclass(frozen=True)
class Talk:
    """A talk given: at one of our conferences or sessions, or elsewhere in their own words (`own`)."""

    title: str
    place: str
    day: dt.date
    own: SpeakerTalk | None = None


@transaction.atomic
def save_page(*, user, line: str, topics: str, practice_name: str = "") -> SpeakerPage:
    """Write one's page; what is published changes at once, what is not stays unpublished.

    Raises ValidationError for a practice that is not one's own.
    """
    page = SpeakerPage.objects.select_for_update().filter(user=user).first()
    if page is None:
        page = SpeakerPage(user=user)
    if practice_name and practice_name not in {practice.name for practice in practices_of(user)}:
        raise ValidationError({"practice_name": "Choose a practice of yours, or none."})
    page.line, page.topics, page.practice_name = line.strip(), topics.strip(), practice_name
    if page.slug:
        page.full_clean(exclude=["user"])
        page.save()
        return page
    return _first_saved(page)


def _first_saved(page: SpeakerPage) -> SpeakerPage:
    base = slugify(string_to_ascii(page.user.name))[:70] or "speaker"
    taken = set(SpeakerPage.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | TAKEN
    number, page.slug = 1, base
    while page.slug in taken:
        number += 1
        page.slug = f"{base}-{number}"
    page.full_clean(exclude=["user"])
    try:
        with transaction.atomic():
            page.save(force_insert=True)
    except IntegrityError as error:  # sent twice in one moment, or somebody of the same name
        raise ValidationError("Somebody else saved in this moment. Send it once more.") from error
    return page


@transaction.atomic
def publish(*, user) -> SpeakerPage:
    """Show the page to anybody who has its address. Again: no change. Raises ValidationError for one without words."""
    page = SpeakerPage.objects.select_for_update().filter(user=user).first()
    if page is None or not (page.line or page.topics):
        raise ValidationError("Write a line about yourself or your topics first, and save it.")
    if page.published_at is None:
        page.published_at = clock.now()
        page.save(update_fields=["published_at"])
    return page


@transaction.atomic
def take_down(*, user) -> None:
    """Make the page disappear for others at once; its words stay for its owner."""
    SpeakerPage.objects.filter(user=user).update(published_at=None)


@transaction.atomic
def add_talk(*, user, title: str, given_on: dt.date, place: str = "") -> SpeakerTalk:
    """Add a talk given elsewhere; the same one again is kept once.

    Raises ValidationError before the page is saved, for a day to come, and after MOST_TALKS.
    """
    page = SpeakerPage.objects.select_for_update().filter(user=user).first()
    if page is None:
        raise ValidationError("Save your page first; then add talks to it.")
    if given_on > clock.today(user.time_zone):
        raise ValidationError({"given_on": "Add it once it was given."})
    facts = {"title": title.strip(), "place": place.strip(), "given_on": given_on}
    same = page.talks.filter(**facts).first()
    if same is not None:
        return same
    if page.talks.count() >= MOST_TALKS:
        raise ValidationError(f"A page holds {MOST_TALKS} talks of your own. Remove an old one first.")
    talk = SpeakerTalk(page=page, **facts)
    talk.full_clean(exclude=["page"])
    talk.save()
    return talk


@transaction.atomic
def remove_talk(*, user, pk) -> None:
    """Take one of one's own talks off the page."""
    SpeakerTalk.objects.filter(page=user.pk, pk=pk).delete()


def talks_of(page: SpeakerPage) -> list[Talk]:
    """What they gave, the newest first: confirmed on a topic whose conference or session is over, and their own words.

    Two queries.
    """
    given = [Talk(talk.title, talk.place, talk.given_on, talk) for talk in page.talks.all()]
    now = clock.now()
    past = Q(topic__conference__ends_on__lt=now.date()) | Q(
        topic__cohort_session__ends_at__lt=now, topic__cohort_session__cancelled_at=None
    )
    # Whoever answered before they had an account is found by the address, which an invitation has proven.
    theirs = Q(user=page.user_id) | Q(email=page.user.email.lower())
    confirmed = Speaker.objects.filter(past, theirs, state=SpeakerState.CONFIRMED, topic__state__in=PUBLIC_STATES)
    for speaker in confirmed.select_related("topic__conference", "topic__cohort_session"):
        talk = _given(speaker)
        if talk is not None:
            given.append(talk)
    return sorted(given, key=lambda talk: (talk.day, talk.title), reverse=True)


def _given(speaker: Speaker) -> Talk | None:
    conference, cohort_session = speaker.topic.conference, speaker.topic.cohort_session
    if conference is not None:
        place = f"{conference.name}, {conference.place}"
        return Talk(speaker.topic.title, place, conference.starts_on) if conference.is_over else None
    if cohort_session is None:
        return None
    day = cohort_session.starts_at.astimezone(ZoneInfo(cohort_session.time_zone)).date()
    return Talk(speaker.topic.title, "A session of the program", day)


def practice_shown(page: SpeakerPage) -> str:
    """The practice that they chose to name, while they belong to it."""
    if not page.practice_name:
        return ""
    return page.practice_name if page.practice_name in {p.name for p in practices_of(page.user)} else ""
