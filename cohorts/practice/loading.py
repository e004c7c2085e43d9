"""From the tables to the engine: a cohort's plan, and the facts of its enrollments, 50 practices a statement."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from cohorts.network.models import Cohort, Requirement
from cohorts.network.plan import due_on, opens_on
from cohorts.practice.facts import Asked, CompletionFact, Facts, PauseFact, Plan, RulingFact, SeatFact
from cohorts.practice.models import Enrollment
from cohorts.practice.standing import Limits, Standing, derive
from curriculum.models import LessonPage
from lms import clock
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.schema import current_practice

# The tables that are joined without {s} are the network's: read_across stands in the public schema.
_FACTS = """
SELECT {practice} AS practice_id, e.id, e.state, e.enrolled_at, e.ended_on, n.sponsor_name,
    u.id AS user_id, u.name, u.credentials, u.time_zone, p.hidden_from_peers, p.profile,
    (SELECT count(*) FROM {s}.cohorts_practice_pagerecord r
        WHERE r.person_id = p.id AND r.attempts_asked_at IS NOT NULL) AS asks,
    (SELECT json_agg(json_build_array(c.id, r.page_id, c.completed_at))
        FROM {s}.cohorts_practice_completion c JOIN {s}.cohorts_practice_pagerecord r ON r.id = c.record_id
        WHERE r.person_id = p.id AND c.withdrawn_at IS NULL) AS completions,
    (SELECT json_agg(json_build_array(t.id, t.cohort_session_id, t.rsvp, t.attendance))
        FROM {s}.cohorts_practice_seat t WHERE t.enrollment_id = e.id) AS seats,
    (SELECT json_agg(json_build_array(g.id, g.requirement_id, g.kind, g.at, g.until, g.by_name, g.reason))
        FROM {s}.cohorts_practice_ruling g WHERE g.enrollment_id = e.id AND g.withdrawn_at IS NULL) AS rulings,
    (SELECT json_agg(y.year)
        FROM {s}.cohorts_practice_yearcompletion y
        WHERE y.enrollment_id = e.id AND y.withdrawn_at IS NULL) AS years,
    (SELECT json_agg(json_build_array(a.starts_on, a.resumes_on))
        FROM {s}.cohorts_practice_pause a WHERE a.enrollment_id = e.id) AS pauses
FROM {s}.cohorts_practice_enrollment e
JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
JOIN {s}.people_person p ON p.id = e.person_id
JOIN accounts_user u ON u.id = p.user_id
WHERE n.cohort_id = {cohort}"""


@dataclass(frozen=True)
class Leader:
    """One enrollment with who it is and its facts, from any practice.

    `asks` counts the lessons for which the leader waits for staff to grant more attempts; `years` are those recorded
    as completed.
    """

    enrollment_id: uuid.UUID
    practice_id: uuid.UUID
    user_id: uuid.UUID
    name: str
    credentials: str
    time_zone: str
    profile: str
    hidden_from_peers: bool
    sponsor_name: str
    enrolled_at: dt.datetime
    ended_on: dt.date | None
    asks: int
    years: frozenset[int]
    facts: Facts

    @property
    def state(self) -> str:
        return self.facts.state


def limits() -> Limits:
    return Limits(**settings.STANDING)


def plan_of(cohort: Cohort) -> Plan:
    """The cohort's plan as it stands now, with the live lessons of its modules. Two statements."""
    requirements = list(Requirement.objects.filter(cohort=cohort).select_related("module", "cohort_session"))
    lessons = lessons_by_module([r.module for r in requirements if r.module is not None])
    asked = []
    for requirement in requirements:
        requirement.cohort = cohort
        asked.append(
            Asked(
                id=requirement.pk,
                kind=requirement.kind,
                title=requirement.title,
                short_title=requirement.short_title,
                year=requirement.year,
                required=requirement.required,
                opens_on=opens_on(requirement),
                due_on=due_on(requirement),
                position=requirement.position,
                module_id=requirement.module_id,
                module=requirement.module,
                lessons=tuple(lessons.get(requirement.module_id or 0, ())),
                cohort_session=requirement.cohort_session,
            )
        )
    return Plan(cohort.starts_on, cohort.years, tuple(asked))


def lessons_by_module(modules: Iterable) -> dict[int, list[int]]:
    """The ids of each module's live lessons, in their order. One statement."""
    by_path = {module.path: module.pk for module in modules}
    if not by_path:
        return {}
    below = Q()
    for path in by_path:
        below |= Q(path__startswith=path)
    found: dict[int, list[int]] = {}
    for pk, path in LessonPage.objects.live().filter(below).order_by("path").values_list("pk", "path"):
        found.setdefault(by_path[path[: -LessonPage.steplen]], []).append(pk)
    return found


def leaders_of(cohort: Cohort, practices: Iterable[Practice] | None = None) -> list[Leader]:
    """Every enrollment in `cohort` (in all its practices, or those given), by name."""
    chosen = cohort.practices.all() if practices is None else practices
    rows = read_across(_FACTS, practices=chosen, cohort=cohort.pk)
    return sorted((_leader(row) for row in rows), key=lambda leader: (leader.name, str(leader.enrollment_id)))


def leader_of(enrollment: Enrollment) -> Leader:
    """The one of `enrollment`, in the practice that was entered. One statement."""
    rows = read_across(
        _FACTS + " AND e.id = {enrollment}",
        practices=[current_practice()],
        cohort=enrollment.cohort.pk,
        enrollment=enrollment.pk,
    )
    return _leader(rows[0])


def standing_of(enrollment: Enrollment, plan: Plan | None = None) -> Standing:
    """Where `enrollment` stands now, in the practice that was entered."""
    return stand(leader_of(enrollment), plan or plan_of(enrollment.cohort))


def stand(leader: Leader, plan: Plan) -> Standing:
    return derive(plan=plan, facts=leader.facts, now=clock.now(), limits=limits())


def _leader(row: Mapping[str, Any]) -> Leader:
    facts = Facts(
        state=row["state"],
        zone=row["time_zone"],
        completions=tuple(
            CompletionFact(uuid.UUID(i), page, _moment(at)) for i, page, at in _listed(row["completions"])
        ),
        seats=tuple(SeatFact(uuid.UUID(i), uuid.UUID(s), rsvp, came) for i, s, rsvp, came in _listed(row["seats"])),
        rulings=tuple(
            RulingFact(uuid.UUID(i), uuid.UUID(requirement), kind, _moment(at), _day(until), by_name, reason)
            for i, requirement, kind, at, until, by_name, reason in _listed(row["rulings"])
        ),
        pauses=tuple(PauseFact(dt.date.fromisoformat(first), _day(back)) for first, back in _listed(row["pauses"])),
    )
    return Leader(
        enrollment_id=row["id"],
        practice_id=row["practice_id"],
        user_id=row["user_id"],
        name=row["name"],
        credentials=row["credentials"],
        time_zone=row["time_zone"],
        profile=row["profile"],
        hidden_from_peers=row["hidden_from_peers"],
        sponsor_name=row["sponsor_name"],
        enrolled_at=row["enrolled_at"],
        ended_on=row["ended_on"],
        asks=row["asks"],
        years=frozenset(_listed(row["years"])),
        facts=facts,
    )


def _listed(value) -> list:
    if value is None:
        return []
    return json.loads(value) if isinstance(value, str) else value


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
