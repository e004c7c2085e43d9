import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts import signals
from cohorts.network import plan
from cohorts.network.enums import RequirementKind, SessionMode
from cohorts.network.models import Cohort, CohortSession, Requirement
from cohorts.network.plan import add_months, first_weekday, local_day, year_bounds, year_of
from cohorts.network.times import farther_west, moment
from lms import clock
from lms.ui.dates import day_range

log = logging.getLogger(__name__)

DEFAULT_ZONE = "America/Chicago"
THURSDAY, FRIDAY = 3, 4
# What calendars must learn of: a change to one of these counts the sequence up.
FOR_CALENDARS = ("title", "mode", "starts_at", "ends_at", "time_zone", "venue", "address")
# What those who come must learn at once: where to be, and when.
MOVES = ("mode", "starts_at", "ends_at", "venue", "address")
EDITABLE = (*FOR_CALENDARS, "about", "meeting_url", "capacity")


@transaction.atomic
def create_cohort(
    *,
    program,
    name: str,
    starts_on: dt.date,
    capacity: int = 30,
    nominations_close_on: dt.date | None = None,
    time_zone: str = DEFAULT_ZONE,
) -> Cohort:
    """Lay a cohort of `program` (a ProgramPage) out from the page's template: requirements and sessions.

    Sessions get the first suitable weekday of their month, in `time_zone`; staff then move them. Raises
    ValidationError for a name that is taken, or a template without modules or with a month outside its years.
    """
    modules = list(program.plan_modules.select_related("module"))
    if not modules:
        raise ValidationError("This program’s page has no plan yet. Add its modules to the plan in the CMS first.")
    cohort = Cohort(
        name=name.strip(),
        program=program,
        starts_on=starts_on,
        years=program.years,
        capacity=capacity,
        nominations_close_on=nominations_close_on,
    )
    _check_name(cohort)
    cohort.full_clean()
    cohort.save()
    for position, planned in enumerate(modules, start=1):
        Requirement.objects.create(
            cohort=cohort,
            kind=RequirementKind.MODULE,
            module=planned.module,
            title=planned.module.title[:150],
            short_title=planned.module.short_title,
            year=planned.year,
            required=planned.required,
            opens_months=planned.opens_month,
            due_months=planned.due_month,
            position=position,
        )
    for planned in program.plan_sessions.all():
        starts_at, ends_at = _first_times(cohort, planned, time_zone)
        add_session(
            cohort=cohort,
            title=planned.title,
            mode=planned.mode,
            starts_at=starts_at,
            ends_at=ends_at,
            time_zone=time_zone,
            required=planned.required,
        )
    return cohort


def _first_times(cohort: Cohort, planned, zone: str) -> tuple[dt.datetime, dt.datetime]:
    month = add_months(cohort.starts_on, planned.month)
    if planned.mode == SessionMode.VIRTUAL:
        starts_at = moment(first_weekday(month, THURSDAY), dt.time(17, 30), zone)
    else:
        starts_at = moment(first_weekday(month, FRIDAY), dt.time(9, 0), zone)
    return starts_at, starts_at + dt.timedelta(minutes=planned.minutes)


@transaction.atomic
def add_session(
    *,
    cohort: Cohort,
    title: str,
    mode: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    time_zone: str,
    about: str = "",
    venue: str = "",
    address: str = "",
    meeting_url: str = "",
    capacity: int | None = None,
    faculty=(),
    required: bool = True,
    short_title: str = "",
) -> CohortSession:
    """Add a session (aware moments) and its requirement. Raises ValidationError in words for what cannot be."""
    cohort_session = CohortSession(
        cohort=cohort,
        title=title.strip(),
        about=about,
        mode=mode,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=time_zone,
        venue=venue,
        address=address,
        meeting_url=meeting_url,
        capacity=capacity,
    )
    year = _checked_year(cohort_session)
    cohort_session.save()
    cohort_session.faculty.set(faculty)
    Requirement.objects.create(
        cohort=cohort,
        kind=RequirementKind.SESSION,
        cohort_session=cohort_session,
        title=cohort_session.title,
        short_title=short_title or shortened(cohort_session.title),
        year=year,
        required=required,
        position=_position(cohort_session),
    )
    return cohort_session


@transaction.atomic
def edit_session(
    *,
    cohort_session: CohortSession,
    faculty=None,
    required: bool | None = None,
    short_title: str | None = None,
    **changes,
) -> CohortSession:
    """Change a session's fields (those in EDITABLE), its faculty, and whether the plan requires it.

    A `short_title` of "" is taken from the title.
    Counts `sequence` up when title, time or place changed, and announces another time, mode or place. Raises
    ValidationError for a cancelled session, for moving one that is over, and for what add_session refuses.
    """
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise TypeError(f"A session has no editable {', '.join(sorted(unknown))}.")
    cohort_session = CohortSession.objects.select_for_update().get(pk=cohort_session.pk)
    if cohort_session.cancelled_at:
        raise ValidationError("This session was cancelled. Add a new one instead.")
    changed = {name for name, value in changes.items() if getattr(cohort_session, name) != value}
    if cohort_session.ended_announced_at and changed & {"starts_at", "ends_at"}:
        raise ValidationError("This session is over, so its time stays. Add another session for another day.")
    for name in changed:
        setattr(cohort_session, name, changes[name])
    year = _checked_year(cohort_session)
    if changed & set(FOR_CALENDARS):
        cohort_session.sequence += 1
    cohort_session.save()
    if faculty is not None:
        cohort_session.faculty.set(faculty)
    requirement = cohort_session.requirement
    if short_title:
        requirement.short_title = short_title
    elif short_title == "" or requirement.short_title == shortened(requirement.title):
        requirement.short_title = shortened(cohort_session.title)
    requirement.title = cohort_session.title
    requirement.year = year
    requirement.required = requirement.required if required is None else required
    requirement.position = _position(cohort_session)
    requirement.save()
    if changed & set(MOVES):
        signals.session_moved.send(sender=None, cohort_session=cohort_session)
    return cohort_session


@transaction.atomic
def cancel_session(*, cohort_session: CohortSession) -> CohortSession:
    """Cancel a session; again changes nothing. The row stays for calendars, and nobody owes it any more.

    Raises ValidationError for a session that is over: it took place.
    """
    cohort_session = CohortSession.objects.select_for_update().get(pk=cohort_session.pk)
    if cohort_session.cancelled_at:
        return cohort_session
    if cohort_session.is_over:
        raise ValidationError("This session is over and cannot be cancelled. Excuse people in its attendance instead.")
    cohort_session.cancelled_at = clock.now()
    cohort_session.sequence += 1
    cohort_session.save(update_fields=["cancelled_at", "sequence"])
    Requirement.objects.filter(cohort_session=cohort_session).update(required=False)
    signals.session_cancelled.send(sender=None, cohort_session=cohort_session)
    return cohort_session


@transaction.atomic
def set_requirement_days(*, requirement: Requirement, opens_on: dt.date | None, due_on: dt.date | None) -> Requirement:
    """Put staff's own days in place of the plan's offsets; None goes back to the offset.

    Raises ValidationError, by field, when it would be due before it opens.
    """
    requirement.opens_on, requirement.due_on = opens_on, due_on
    if plan.due_on(requirement) < plan.opens_on(requirement):
        raise ValidationError({"due_on": "It would be due before it opens. Choose a later day."})
    requirement.save(update_fields=["opens_on", "due_on"])
    return requirement


@transaction.atomic
def edit_cohort(*, cohort: Cohort, name: str, capacity: int, nominations_close_on: dt.date | None) -> Cohort:
    """Change what does not move the plan. Fewer places than leaders puts nobody out; it only stops accepting."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    cohort.name, cohort.capacity, cohort.nominations_close_on = name.strip(), capacity, nominations_close_on
    _check_name(cohort)
    cohort.full_clean(exclude=["program"])
    cohort.save(update_fields=["name", "capacity", "nominations_close_on"])
    return cohort


def _check_name(cohort: Cohort) -> None:
    if Cohort.objects.filter(name=cohort.name).exclude(pk=cohort.pk).exists():
        raise ValidationError({"name": "Another cohort has this name. Choose a different one."})


def keep_westernmost(*, cohort: Cohort, time_zone: str) -> None:
    """Let days that end for everybody in `cohort` end in `time_zone`, if that is farther west than before."""
    zone = farther_west(cohort.westernmost_zone, time_zone)
    if zone != cohort.westernmost_zone:
        cohort.westernmost_zone = zone
        cohort.save(update_fields=["westernmost_zone"])


def announce_ended_sessions() -> int:
    """Announce each session that has ended and was not announced, once, each in its own transaction.

    Says how many. A receiver that fails leaves its session for the next time and holds up no other.
    """
    ended = CohortSession.objects.filter(ends_at__lte=clock.now(), cancelled_at=None, ended_announced_at=None)
    announced = 0
    for pk in ended.values_list("pk", flat=True):
        try:
            announced += _announce_end(pk)
        except Exception:
            log.exception("The end of session %s could not be announced; it is tried again.", pk)
    return announced


@transaction.atomic
def _announce_end(pk) -> int:
    waiting = CohortSession.objects.select_for_update(skip_locked=True, of=("self",)).select_related("cohort")
    cohort_session = waiting.filter(pk=pk, cancelled_at=None, ended_announced_at=None).first()
    if cohort_session is None:
        return 0
    cohort_session.ended_announced_at = clock.now()
    cohort_session.save(update_fields=["ended_announced_at"])
    signals.session_ended.send(sender=None, cohort_session=cohort_session)
    return 1


def shortened(title: str) -> str:
    """A title for a column of 24 characters, cut between words where that is possible."""
    if len(title) <= 24:
        return title
    return title[:24].rpartition(" ")[0] or title[:24]


def _checked_year(cohort_session: CohortSession) -> int:
    """The cohort's year of a session that may be saved; raises ValidationError otherwise."""
    if cohort_session.ends_at <= cohort_session.starts_at:
        raise ValidationError({"ends_at": "The session must end after it starts."})
    cohort_session.full_clean(exclude=["cohort"], validate_constraints=False)
    cohort = cohort_session.cohort
    year = year_of(cohort, local_day(cohort_session.starts_at, cohort_session.time_zone))
    if year is None:
        days = day_range(year_bounds(cohort, 1)[0], year_bounds(cohort, cohort.years)[1])
        raise ValidationError({"starts_at": f"{cohort.name} runs {days}. Choose a day within it."})
    return year


def _position(cohort_session: CohortSession) -> int:
    """Sessions come after the modules of their year, in the order of their days."""
    day = local_day(cohort_session.starts_at, cohort_session.time_zone)
    return 1000 + (day - cohort_session.cohort.starts_on).days
