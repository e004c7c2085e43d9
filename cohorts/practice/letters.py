"""Mails about a nomination: each says who did what, and why the reader gets it."""

from django.urls import reverse

from cohorts.practice.enums import NominationState
from cohorts.practice.models import Nomination
from cohorts.practice.nomination_links import DAYS, path_to_answer
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.people.models import Person
from lms.practices.schema import current_practice
from lms.ui.names import for_dr


def _load(ids: dict, *states: NominationState) -> Nomination | None:
    """The nomination, if it still stands where the mail says it does."""
    return Nomination.objects.select_related("cohort").filter(pk=ids["nomination"], state__in=states).first()


def _why_sponsor(nomination: Nomination) -> str:
    return f"You get this because you nominated {for_dr(nomination.name)} for {nomination.cohort.name}."


def _why_physician(nomination: Nomination) -> str:
    return f"You get this because {nomination.sponsor_name} nominated you for {nomination.cohort.name}."


def _to_sponsor(nomination: Nomination, subject: str, paragraphs: list[str]) -> Letter:
    path = reverse("cohorts_practice:nominations", args=[current_practice().slug])
    return Letter(
        to=nomination.sponsor_email,
        subject=subject,
        paragraphs=paragraphs,
        why=_why_sponsor(nomination),
        button=("See our nominations", absolute(path)),
        person=Person.objects.filter(user_id=nomination.sponsor_id).first(),
    )


def _to_physician(nomination: Nomination, subject: str, paragraphs: list[str]) -> Letter:
    return Letter(to=nomination.email, subject=subject, paragraphs=paragraphs, why=_why_physician(nomination))


@letter("nomination_question")
def question(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.SUBMITTED)
    if nomination is None:
        return None
    practice = current_practice()
    hours = nomination.protected_hours
    return Letter(
        to=nomination.email,
        subject=f"{practice.name} nominated you for {nomination.cohort.name}",
        paragraphs=[
            (
                f"{nomination.sponsor_name} of {practice.name} sees you as a future leader and nominated you for "
                f"{nomination.cohort.name}, which starts on {nomination.cohort.starts_on:%B %-d, %Y}."
            ),
            (
                f"The practice promises {hours} protected {'hour' if hours == 1 else 'hours'} a month. The page behind "
                "the button says what else, and asks for a yes or a no. You need no account for that."
            ),
            f"The link works for {DAYS} days. After that, {nomination.sponsor_name} can send you a new one.",
        ],
        why=_why_physician(nomination),
        button=("Read and answer", absolute(path_to_answer(practice=practice, nomination=nomination))),
    )


@letter("nomination_answered")
def answered(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.CONFIRMED, NominationState.REFUSED)
    if nomination is None:
        return None
    who, cohort = for_dr(nomination.name), nomination.cohort.name
    if nomination.state == NominationState.REFUSED:
        return _to_sponsor(
            nomination,
            f"{who} said no to {cohort}",
            [f"{who} thanks you for the nomination and said no, this time. You can nominate somebody else."],
        )
    return _to_sponsor(
        nomination,
        f"{who} said yes to {cohort}",
        [f"{who} said yes. Program staff now decide, and you both hear from us."],
    )


@letter("nomination_accepted")
def accepted(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.ACCEPTED)
    if nomination is None:
        return None
    who, hours = for_dr(nomination.name), nomination.protected_hours
    return _to_sponsor(
        nomination,
        f"{who} is in {nomination.cohort.name}",
        [
            f"{who} was accepted and has an invitation in the mail.",
            (
                f"{nomination.cohort.name} starts on {nomination.cohort.starts_on:%B %-d, %Y}. You promised {hours} "
                f"protected {'hour' if hours == 1 else 'hours'} a month: now is the time to put them into the clinic’s "
                "calendar."
            ),
        ],
    )


@letter("nomination_waitlisted_sponsor")
def waitlisted_sponsor(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.WAITLISTED)
    if nomination is None:
        return None
    who = for_dr(nomination.name)
    return _to_sponsor(
        nomination,
        f"{who} is on the waitlist of {nomination.cohort.name}",
        [f"{nomination.cohort.name} has no place for {who} yet. When one opens, you both hear from us at once."],
    )


@letter("nomination_waitlisted")
def waitlisted(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.WAITLISTED)
    if nomination is None:
        return None
    return _to_physician(
        nomination,
        f"You are on the waitlist of {nomination.cohort.name}",
        [
            (
                f"Thank you for saying yes. {nomination.cohort.name} has no place for you yet. "
                "When one opens, you hear from us at once; there is nothing to do until then."
            ),
        ],
    )


@letter("nomination_declined_sponsor")
def declined_sponsor(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.DECLINED)
    if nomination is None:
        return None
    who = for_dr(nomination.name)
    return _to_sponsor(
        nomination,
        f"{who} was not accepted for {nomination.cohort.name}",
        ["Program staff declined the nomination, for this reason:", nomination.reason],
    )


@letter("nomination_declined")
def declined(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.DECLINED)
    if nomination is None:
        return None
    return _to_physician(
        nomination,
        f"About your nomination for {nomination.cohort.name}",
        [
            (
                f"Program staff did not accept your nomination for {nomination.cohort.name}. "
                f"{nomination.sponsor_name} knows the reason and can tell you what it means for a later cohort."
            )
        ],
    )


@letter("nomination_withdrawn")
def withdrawn(ids: dict) -> Letter | None:
    nomination = _load(ids, NominationState.WITHDRAWN)
    if nomination is None:
        return None
    return _to_physician(
        nomination,
        f"Your nomination for {nomination.cohort.name} was withdrawn",
        [f"{current_practice().name} withdrew your nomination. {nomination.sponsor_name} can tell you more."],
    )
