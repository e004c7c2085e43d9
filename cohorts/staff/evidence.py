"""What cohorts knows about a page or a session, for the evidence beside it."""

from cohorts.network.models import CohortSession
from cohorts.practice.enums import Attendance, Rsvp
from cohorts.staff.queries import roster
from cohorts.staff.reading_figures import FEWEST, lesson_figures, module_figures
from curriculum.evidence import Section
from curriculum.itemstats import ENOUGH, TOO_HARD, TOO_WEAK
from curriculum.models import LessonPage, ModulePage


def reading(request, subject, *, as_faculty: bool = False) -> Section | None:
    """Who began and finished a lesson or a module, how long it took, where they stop, and how the checks do."""
    if as_faculty or not isinstance(subject, LessonPage | ModulePage):
        return None
    of_module = isinstance(subject, ModulePage)
    found = module_figures(subject) if of_module else lesson_figures(subject)
    context = {
        "found": found,
        "figures": found.figures,
        "of_module": of_module,
        "fewest": FEWEST,
        "enough": ENOUGH,
        "too_hard": TOO_HARD,
        "too_weak": TOO_WEAK,
    }
    return "cohorts/staff/evidence/reading.html", context


def attendance(request, subject, *, as_faculty: bool = False) -> Section | None:
    """How many said that they come to a session, and how many came."""
    if as_faculty or not isinstance(subject, CohortSession):
        return None
    rows = roster(subject)
    return "cohorts/staff/evidence/attendance.html", {
        "asked": len(rows),
        "going": sum(row["rsvp"] == Rsvp.GOING for row in rows),
        "attended": sum(row["attendance"] == Attendance.ATTENDED for row in rows),
        "recorded": sum(bool(row["attendance"]) for row in rows),
    }
