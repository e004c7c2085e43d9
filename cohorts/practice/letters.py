"""Mails about a nomination, and about a session that changed: who did what, and why the reader gets it."""

from functools import partial

from django.urls import reverse

from cohorts.network.enums import SessionMode
from cohorts.network.models import CohortSession
from cohorts.practice import asking_letters, changed_letters  # noqa: F401 - found here, with the rest
from cohorts.practice.enums import EnrollmentState, NominationState, Rsvp
from cohorts.practice.models import Enrollment, Nomination, Seat
from cohorts.practice.nominating import mark_bounced
from cohorts.practice.nomination_links import DAYS, path_to_answer
from cohorts.practice.picture import zone_of
from cohorts.practice.session_notices import where_and_when
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.people.models import Person
from lms.practices.schema import current_practice
from lms.ui.dates import when
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
        on_bounce=partial(mark_bounced, nomination=nomination),
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


def _expected(ids: dict) -> tuple[Enrollment, CohortSession, str] | None:
    """A leader who may come to a session, the session, and their reply; None if they left or declined meanwhile."""
    enrollment = Enrollment.objects.select_related("person__user").filter(pk=ids["enrollment"]).first()
    cohort_session = CohortSession.objects.select_related("cohort").filter(pk=ids["cohort_session"]).first()
    if enrollment is None or cohort_session is None:
        return None
    if enrollment.state == EnrollmentState.WITHDRAWN or not enrollment.person.user.is_active:
        return None
    seat = Seat.objects.filter(enrollment=enrollment, cohort_session=cohort_session).first()
    reply = seat.rsvp if seat else Rsvp.NONE
    return None if reply == Rsvp.CANNOT else (enrollment, cohort_session, reply)


def _to_leader(enrollment: Enrollment, cohort_session: CohortSession, subject: str, paragraphs: list[str]) -> Letter:
    page = reverse("cohorts_practice:cohort_session", args=[current_practice().slug, cohort_session.pk])
    return Letter(
        to=enrollment.person.user.email,
        subject=subject,
        paragraphs=paragraphs,
        why=f"You get this because you are a leader of {cohort_session.cohort.name}, whose session this is.",
        button=("See the session", absolute(page)),
        person=enrollment.person,
    )


def _when(enrollment: Enrollment, cohort_session: CohortSession) -> str:
    zone = zone_of(cohort_session, enrollment.person.user.time_zone)
    return when(cohort_session.starts_at, cohort_session.ends_at, zone)


@letter("session_moved")
def session_moved(ids: dict) -> Letter | None:
    """Where and when a session is now. Dropped where it moved on or was cancelled: a later mail says so."""
    found = _expected(ids)
    if found is None or found[1].cancelled_at or where_and_when(found[1]) != ids["stands"]:
        return None
    enrollment, cohort_session, reply = found
    place = ", ".join(part for part in (cohort_session.venue, cohort_session.address) if part)
    how = {
        SessionMode.VIRTUAL: "It is virtual: the session’s page leads in, from 15 minutes before.",
        SessionMode.IN_PERSON: f"It is in person: {place or 'the place follows'}.",
        SessionMode.HYBRID: f"It is in person ({place or 'the place follows'}) and virtual: choose either.",
    }[SessionMode(cohort_session.mode)]
    if reply == Rsvp.GOING:
        asked = "You said that you will be there. If you no longer can, change your reply on the session’s page."
    else:
        asked = "Say on the session’s page whether you can be there."
    return _to_leader(
        enrollment,
        cohort_session,
        f"{cohort_session.title} is changed: {_when(enrollment, cohort_session)}",
        [
            (
                f"The time or place of “{cohort_session.title}” has changed. It is on "
                f"{_when(enrollment, cohort_session)}. {how}"
            ),
            asked,
            "If it is in your calendar, add it once more from its page, and the entry follows.",
        ],
    )


@letter("session_cancelled")
def session_cancelled(ids: dict) -> Letter | None:
    found = _expected(ids)
    if found is None:
        return None
    enrollment, cohort_session, _ = found
    return _to_leader(
        enrollment,
        cohort_session,
        f"{cohort_session.title} is cancelled",
        [
            f"“{cohort_session.title}” on {_when(enrollment, cohort_session)} is cancelled. You owe nothing for it.",
            "If it is in your calendar, take it out, or add it once more from its page: the entry shows as cancelled.",
        ],
    )
