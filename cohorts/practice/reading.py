"""What curriculum asks of cohorts without knowing it: where a leader reads a page, and what is still closed."""

from functools import partial

from django.urls import reverse

from cohorts.network.models import Requirement
from cohorts.network.plan import opens_on
from cohorts.practice.enums import EnrollmentState
from curriculum.library.shelves import Place, places_of
from curriculum.models import LessonPage, ModulePage
from lms import clock
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.queries import held_memberships

_COHORTS = """
SELECT {practice} AS practice_id, n.cohort_id FROM {s}.cohorts_practice_enrollment e
JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
JOIN {s}.people_person p ON p.id = e.person_id
WHERE p.user_id = {user} AND e.state <> {withdrawn}"""


def shelf_of(user) -> dict[int, Place]:
    """Every module in the plans of `user`, if a leader: where they read it, and the day on which it opens.

    Three queries at most.
    """
    practices = {row.practice.pk: row.practice for row in held_memberships(user)} if user.is_authenticated else {}
    if not practices:
        return {}
    rows = read_across(_COHORTS, practices=practices.values(), user=user.pk, withdrawn=EnrollmentState.WITHDRAWN.value)
    homes: dict = {}
    for row in rows:
        homes.setdefault(row["cohort_id"], practices[row["practice_id"]])
    if not homes:
        return {}
    asked = Requirement.objects.filter(cohort__in=homes).exclude(module=None).select_related("cohort")
    today = clock.today(user.time_zone)
    found: dict[int, Place] = {}
    for requirement in sorted(asked, key=lambda row: list(homes).index(row.cohort_id)):
        if requirement.module_id and requirement.module_id not in found:
            opens = opens_on(requirement)
            home = homes[requirement.cohort_id]
            found[requirement.module_id] = _place(home, requirement.module_id, opens if today < opens else None)
    return found


def _place(practice: Practice, module_id: int, opens) -> Place:
    module = reverse("cohorts_practice:module", args=[practice.slug, module_id])
    return Place(module, partial(_lesson, practice.slug), opens)


def _lesson(slug: str, page_id: int) -> str:
    return reverse("cohorts_practice:lesson", args=[slug, page_id])


def place_of(user, page) -> str | None:
    """Where `user`, if a leader with the module in their plan, reads `page`."""
    page = page.specific
    if isinstance(page, LessonPage):
        place = places_of(user).get(page.get_parent().pk)
        return place.lesson(page.pk) if place else None
    place = places_of(user).get(page.pk) if isinstance(page, ModulePage) else None
    return place.module if place else None
