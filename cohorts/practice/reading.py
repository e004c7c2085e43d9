"""What curriculum asks of cohorts without knowing it: where a leader reads a page."""

from django.urls import reverse

from cohorts.network.models import Requirement
from cohorts.practice.enums import EnrollmentState
from curriculum.models import LessonPage, ModulePage
from lms.practices.across import read_across
from lms.practices.queries import practices_of

_COHORTS = """
SELECT {practice} AS practice_id, n.cohort_id FROM {s}.cohorts_practice_enrollment e
JOIN {s}.cohorts_practice_nomination n ON n.id = e.nomination_id
JOIN {s}.people_person p ON p.id = e.person_id
WHERE p.user_id = {user} AND e.state <> {withdrawn}"""


def place_of(user, page) -> str | None:
    """Where `user`, if a leader with the module in their plan, reads `page`."""
    page = page.specific
    if isinstance(page, LessonPage):
        name, module_id = "cohorts_practice:lesson", page.get_parent().pk
    elif isinstance(page, ModulePage):
        name, module_id = "cohorts_practice:module", page.pk
    else:
        return None
    practices = {practice.pk: practice for practice in practices_of(user)}
    if not practices:
        return None
    rows = read_across(_COHORTS, practices=practices.values(), user=user.pk, withdrawn=EnrollmentState.WITHDRAWN.value)
    cohorts = [row["cohort_id"] for row in rows]
    planned = set(Requirement.objects.filter(module=module_id, cohort__in=cohorts).values_list("cohort_id", flat=True))
    home = next((practices[row["practice_id"]] for row in rows if row["cohort_id"] in planned), None)
    return reverse(name, args=[home.slug, page.pk]) if home else None
