"""Asking speakers, reminding them, and what they answer."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from lms import clock
from lms.accounts.models import User
from lms.outbox.actions import promise
from topics.enums import PUBLIC_STATES, SpeakerState
from topics.models import Speaker, Topic

log = logging.getLogger(__name__)

MOST_REMINDERS = 2
BETWEEN = dt.timedelta(days=7)


@transaction.atomic
def ask_speaker(*, topic: Topic, name: str, email: str, by) -> Speaker:
    """Name a speaker to an accepted topic, and promise the mail that asks them. The same address again: no change.

    Raises ValidationError for a topic that is not accepted or has taken place, and an address that is none.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.state not in PUBLIC_STATES:
        raise ValidationError("Accept the topic first; then its speakers are asked.")
    if has_taken_place(topic):
        raise ValidationError("This has taken place, so nobody is asked any more.")
    email = email.strip().lower()
    speaker = topic.speakers.filter(email=email).first()
    if speaker is not None:
        return speaker
    speaker = Speaker(topic=topic, name=name.strip(), email=email, asked_by=by, asked_at=clock.now())
    speaker.full_clean(exclude=["topic", "asked_by"], validate_unique=False)
    speaker.save()
    _promise_question(speaker)
    return speaker


@transaction.atomic
def send_link_again(*, speaker: Speaker) -> Speaker:
    """Send a fresh link; older ones stop working. Raises ValidationError once they have answered."""
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if speaker.state != SpeakerState.ASKED:
        raise ValidationError(f"{speaker.name} has answered already.")
    speaker.generation += 1
    speaker.asked_at, speaker.bounced_at = clock.now(), None
    speaker.save()
    _promise_question(speaker)
    return speaker


def _promise_question(speaker: Speaker) -> None:
    ids = {"speaker": str(speaker.pk), "generation": speaker.generation}
    promise(kind="speaker_question", ids=ids, key=f"speaker-question:{speaker.pk}:{speaker.generation}")


@transaction.atomic
def remove_speaker(*, speaker: Speaker) -> None:
    """Take a speaker off the topic; their link stops working. One who is gone is no fault."""
    Speaker.objects.filter(pk=speaker.pk).delete()


@transaction.atomic
def answer(*, speaker: Speaker, yes: bool, named_in_public: bool = False) -> Speaker:
    """Keep a speaker's first answer, and tell who asked them. A second changes nothing."""
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    if speaker.state != SpeakerState.ASKED:
        return speaker
    speaker.state = SpeakerState.CONFIRMED if yes else SpeakerState.DECLINED
    speaker.named_in_public = yes and named_in_public
    speaker.answered_at = clock.now()
    speaker.user = User.objects.filter(email__iexact=speaker.email).first()
    speaker.save()
    promise(kind="speaker_answered", ids={"speaker": str(speaker.pk)}, key=f"speaker-answered:{speaker.pk}")
    return speaker


def mark_bounced(*, speaker: Speaker) -> None:
    """Note that the mail server refused the address: no reminder goes there."""
    Speaker.objects.filter(pk=speaker.pk).update(bounced_at=clock.now())


def has_taken_place(topic: Topic) -> bool:
    """Whether the day is past on which the topic is spoken to; without a day yet, no."""
    if topic.conference is not None and topic.conference.is_over:
        return True
    return topic.cohort_session is not None and topic.cohort_session.is_over


def remind_speakers() -> int:
    """Remind those who have not answered for BETWEEN, MOST_REMINDERS times at most; says how many.

    Nobody is reminded once the day is past, the topic is off the program, or the address refused our mail. Each in
    its own transaction, so that one that fails holds up no other.
    """
    reminded = 0
    for pk in _due().values_list("pk", flat=True):
        try:
            reminded += _remind(pk)
        except Exception:
            log.exception("Speaker %s could not be reminded; it is tried again.", pk)
    return reminded


def _due():
    before = clock.now() - BETWEEN
    return Speaker.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lte=before),
        state=SpeakerState.ASKED,
        reminders__lt=MOST_REMINDERS,
        asked_at__lte=before,
        bounced_at=None,
        topic__state__in=PUBLIC_STATES,
    )


@transaction.atomic
def _remind(pk) -> int:
    speaker = _due().select_for_update(of=("self",)).select_related("topic").filter(pk=pk).first()
    if speaker is None or has_taken_place(speaker.topic):
        return 0
    speaker.reminders += 1
    speaker.reminded_at = clock.now()
    speaker.save(update_fields=["reminders", "reminded_at"])
    ids = {"speaker": str(speaker.pk), "generation": speaker.generation}
    promise(kind="speaker_reminder", ids=ids, key=f"speaker-reminder:{speaker.pk}:{speaker.reminders}")
    return 1
