"""A session as an iCalendar file (RFC 5545). Its address is stable, so that a later file replaces an earlier one."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from cohorts.network.enums import SessionMode
from cohorts.network.models import CohortSession
from lms import clock


def calendar_of(cohort_session: CohortSession, *, page: str, join: str) -> bytes:
    """The session as a calendar with one event, times in UTC.

    `page` and `join` are absolute links of ours: the meeting's own address stays with us, since it opens late.
    """
    event = Event()
    event.add("uid", f"{cohort_session.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", clock.now().replace(microsecond=0))
    event.add("dtstart", cohort_session.starts_at.astimezone(dt.UTC))
    event.add("dtend", cohort_session.ends_at.astimezone(dt.UTC))
    event.add("sequence", cohort_session.sequence)
    event.add("status", "CANCELLED" if cohort_session.cancelled_at else "CONFIRMED")
    event.add("summary", cohort_session.title)
    event.add("url", page)
    place = ", ".join(part for part in (cohort_session.venue, cohort_session.address) if part)
    lines = [cohort_session.about] if cohort_session.about else []
    if cohort_session.mode == SessionMode.VIRTUAL:
        event.add("location", join)
    elif place:
        event.add("location", place)
    if cohort_session.mode != SessionMode.IN_PERSON:
        lines.append(f"Join, from 15 minutes before: {join}")
    lines.append(f"Everything about this session: {page}")
    event.add("description", "\n\n".join(lines))
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.NETWORK_NAME}//{settings.PROGRAM_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
