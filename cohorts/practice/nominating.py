"""From a practice's nomination to a leader's enrollment.

Every action enters the practice by itself. Those that count across practices (one live nomination per address and
cohort, one enrollment per person and cohort, the cohort's capacity) hold the cohort's row, because schemas have no
common constraint.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from cohorts import signals
from cohorts.network.actions import keep_westernmost
from cohorts.network.models import Cohort
from cohorts.network.queries import takes_nominations
from cohorts.practice.enums import EnrollmentState, NominationState
from cohorts.practice.models import Enrollment, Nomination
from cohorts.practice.nomination_queries import has_live_nomination, is_enrolled, seats_taken
from lms import clock
from lms.accounts.actions import invite, person_with_account
from lms.accounts.models import User
from lms.outbox.actions import promise
from lms.people.actions import person_for
from lms.practices.actions import grant_membership
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice
from lms.practices.schema import enter

ALREADY_NOMINATED = "This physician already has a nomination for this cohort. Program staff can help."
ALREADY_ENROLLED = "This physician is already a leader in this cohort. Program staff can help."
UNDECIDED = (NominationState.SUBMITTED, NominationState.CONFIRMED, NominationState.WAITLISTED)


@transaction.atomic
def nominate(
    *,
    practice: Practice,
    cohort: Cohort,
    sponsor: User,
    name: str,
    email: str,
    why: str,
    protected_hours: int,
    goals: str = "",
    credentials: str = "",
) -> Nomination:
    """Name a physician for `cohort`, and promise the mail that asks them. `protected_hours` are a month's.

    Raises ValidationError in words when nominations are closed, or the address has a live one for this cohort in
    any practice; the words are the same wherever it is.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not takes_nominations(cohort):
        raise ValidationError({"cohort": f"Nominations for {cohort.name} are closed. Program staff can help."})
    nomination = _new(
        practice,
        cohort,
        sponsor,
        name=name,
        email=email,
        why=why,
        protected_hours=protected_hours,
        goals=goals,
        credentials=credentials,
    )
    _mail(practice, nomination, "nomination_question", again=nomination.link_generation)
    return nomination


@transaction.atomic
def send_link_again(*, practice: Practice, nomination: Nomination) -> Nomination:
    """Send the physician a fresh link; older ones end. Raises ValidationError once there is an answer."""
    with enter(practice):
        nomination = _locked(nomination)
        if nomination.state != NominationState.SUBMITTED:
            raise ValidationError("There is an answer already, so no link is needed.")
        nomination.link_generation += 1
        nomination.bounced_at = None
        nomination.save(update_fields=["link_generation", "bounced_at"])
        _mail(practice, nomination, "nomination_question", again=nomination.link_generation)
    return nomination


@transaction.atomic
def mark_bounced(*, nomination: Nomination) -> None:
    """Note that the address refused our mail, so that the sponsor sees it. In the practice that was entered."""
    Nomination.objects.filter(pk=nomination.pk).update(bounced_at=clock.now())


@transaction.atomic
def answer_nomination(*, practice: Practice, nomination: Nomination, yes: bool) -> Nomination:
    """Keep the physician's first answer and tell the sponsor; an answer given later changes nothing."""
    with enter(practice):
        nomination = _locked(nomination)
        if nomination.state == NominationState.SUBMITTED:
            nomination.state = NominationState.CONFIRMED if yes else NominationState.REFUSED
            nomination.answered_at = clock.now()
            nomination.save(update_fields=["state", "answered_at"])
            _mail(practice, nomination, "nomination_answered")
    return nomination


@transaction.atomic
def withdraw_nomination(*, practice: Practice, nomination: Nomination) -> Nomination:
    """Take a nomination back before it was decided; again changes nothing. Tells the physician.

    Raises ValidationError once it was accepted, declined or refused.
    """
    with enter(practice):
        nomination = _locked(nomination)
        if nomination.state == NominationState.WITHDRAWN:
            return nomination
        if nomination.state not in UNDECIDED:
            raise ValidationError(f"This nomination is {_word(nomination)} and cannot be withdrawn.")
        nomination.state = NominationState.WITHDRAWN
        nomination.decided_at = clock.now()
        nomination.save(update_fields=["state", "decided_at"])
        _mail(practice, nomination, "nomination_withdrawn")
    return nomination


@transaction.atomic
def accept_nomination(*, practice: Practice, nomination: Nomination, by: User) -> Enrollment:
    """Enroll the physician: account, membership, enrollment, invitation, and word to the sponsor.

    Accepting again returns the enrollment that is there. Raises ValidationError in words when the physician has
    not said yes, the cohort is full, or the person is a leader in it already, in whatever practice.
    """
    cohort = Cohort.objects.select_for_update().get(pk=nomination.cohort_id)
    with enter(practice):
        nomination = _locked(nomination)
        if nomination.state == NominationState.ACCEPTED:
            return nomination.enrollment
        if nomination.state not in (NominationState.CONFIRMED, NominationState.WAITLISTED):
            raise ValidationError(f"{nomination.name} has not said yes: the nomination is {_word(nomination)}.")
        taken = seats_taken(cohort)
        if taken >= cohort.capacity:
            raise ValidationError(
                f"{cohort.name} is full: {taken} of {cohort.capacity} places are taken. "
                "Raise its places first, or let the physician wait."
            )
        user = person_with_account(
            email=nomination.email,
            name=nomination.name,
            credentials=nomination.credentials,
            time_zone=practice.time_zone,
        )
        if is_enrolled(user, cohort):
            raise ValidationError(ALREADY_ENROLLED)
        _decide(nomination, NominationState.ACCEPTED, by)
        grant_membership(user=user, practice=practice, role=PracticeRole.PHYSICIAN)
        enrollment = Enrollment.objects.create(
            nomination=nomination,
            person=person_for(user=user),
            state=EnrollmentState.ACTIVE,
            enrolled_at=clock.now(),
        )
        cohort.practices.add(practice)
        keep_westernmost(cohort=cohort, time_zone=user.time_zone)
        signals.enrolled.send(sender=None, enrollment=enrollment)
        invite(
            user=user,
            key=f"nomination:{nomination.pk}",
            leads_to=reverse("cohorts_practice:journey", args=[practice.slug]),
            practice=practice,
        )
        if nomination.sponsor_id != by.pk:
            _mail(practice, nomination, "nomination_accepted")
    return enrollment


@transaction.atomic
def waitlist_nomination(*, practice: Practice, nomination: Nomination, by: User) -> Nomination:
    """Keep a confirmed nomination for a place that may open; again changes nothing. Tells sponsor and physician."""
    with enter(practice):
        nomination = _locked(nomination)
        if nomination.state == NominationState.WAITLISTED:
            return nomination
        if nomination.state != NominationState.CONFIRMED:
            raise ValidationError(f"Only a confirmed nomination can wait; this one is {_word(nomination)}.")
        _decide(nomination, NominationState.WAITLISTED, by)
        _mail(practice, nomination, "nomination_waitlisted_sponsor")
        _mail(practice, nomination, "nomination_waitlisted")
    return nomination


@transaction.atomic
def decline_nomination(*, practice: Practice, nomination: Nomination, by: User, reason: str) -> Nomination:
    """Decline, with the reason that the sponsor reads; again changes nothing. Tells sponsor and physician."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the sponsor reads it."})
    with enter(practice):
        nomination = _locked(nomination)
        if nomination.state == NominationState.DECLINED:
            return nomination
        if nomination.state not in UNDECIDED:
            raise ValidationError(f"This nomination is {_word(nomination)} and cannot be declined.")
        nomination.reason = reason.strip()
        _decide(nomination, NominationState.DECLINED, by)
        _mail(practice, nomination, "nomination_declined_sponsor")
        _mail(practice, nomination, "nomination_declined")
    return nomination


@transaction.atomic
def add_leader(
    *,
    practice: Practice,
    cohort: Cohort,
    by: User,
    name: str,
    email: str,
    why: str,
    protected_hours: int,
    goals: str = "",
    credentials: str = "",
) -> Enrollment:
    """Enroll a physician at once, on staff's word that they agreed: a nomination made by staff and accepted.

    Works after nominations have closed. Raises ValidationError as nominate and accept_nomination do.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    nomination = _new(
        practice,
        cohort,
        by,
        name=name,
        email=email,
        why=why,
        protected_hours=protected_hours,
        goals=goals,
        credentials=credentials,
        state=NominationState.CONFIRMED,
        answered_at=clock.now(),
    )
    return accept_nomination(practice=practice, nomination=nomination, by=by)


def _new(practice: Practice, cohort: Cohort, sponsor: User, *, email: str, name: str, **fields) -> Nomination:
    """A nomination of `practice`, checked. Call with the cohort's row held."""
    email = email.strip().lower()
    validate_email(email)
    if has_live_nomination(email, cohort):
        raise ValidationError({"email": ALREADY_NOMINATED})
    with enter(practice):
        nomination = Nomination(
            cohort=cohort,
            name=name.strip(),
            email=email,
            sponsor_id=sponsor.pk,
            sponsor_name=sponsor.name,
            sponsor_email=sponsor.email,
            submitted_at=clock.now(),
            **fields,
        )
        nomination.full_clean(exclude=["cohort"])
        nomination.save()
    return nomination


def _locked(nomination: Nomination) -> Nomination:
    held = Nomination.objects.select_for_update(of=("self",)).select_related("cohort")
    return held.get(pk=nomination.pk)


def _decide(nomination: Nomination, state: NominationState, by: User) -> None:
    nomination.state = state
    nomination.decided_at = clock.now()
    nomination.decided_by_id, nomination.decided_by_name = by.pk, by.name
    nomination.save(update_fields=["state", "decided_at", "decided_by_id", "decided_by_name", "reason"])


def _word(nomination: Nomination) -> str:
    return NominationState(nomination.state).label.lower()


def _mail(practice: Practice, nomination: Nomination, kind: str, *, again: int = 1) -> None:
    promise(
        kind=kind,
        practice=practice,
        ids={"nomination": str(nomination.pk)},
        key=f"{kind}:{nomination.pk}:{again}",
    )
