from django.db.models import OuterRef, Subquery

from cohorts.practice.enums import EnrollmentState
from cohorts.practice.models import Completion, Enrollment
from curriculum.models import LessonPage
from lms.practices.across import read_across
from lms.practices.models import Practice
from lms.practices.queries import practices_of

_LEADS = """
SELECT {practice} AS practice_id, e.state <> {withdrawn} AS leads FROM {s}.cohorts_practice_enrollment e
JOIN {s}.people_person p ON p.id = e.person_id
WHERE p.user_id = {user}"""

# The one that a person works in comes before those that are behind them.
_FIRST = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED, EnrollmentState.COMPLETED, EnrollmentState.WITHDRAWN)


def leads_in(user, *, practices: list[Practice] | None = None) -> list[Practice]:
    """The practices in which `user` is a leader (an enrollment that was not withdrawn), by name.

    `practices` are those of the user, where the caller has read them already.
    """
    return [practice for practice, leads in enrolled_in(user, practices=practices).items() if leads]


def enrolled_in(user, *, practices: list[Practice] | None = None) -> dict[Practice, bool]:
    """The practices in which `user` has an enrollment, by name, and whether one of them was not withdrawn.

    `practices` as for leads_in.
    """
    if not user.is_authenticated:
        return {}
    if practices is None:
        practices = practices_of(user)
    known = dict(getattr(user, "_leads_by_practice", {}))
    asked = [practice for practice in practices if practice.pk not in known]
    if asked:
        for row in read_across(_LEADS, practices=asked, user=user.pk, withdrawn=EnrollmentState.WITHDRAWN.value):
            known[row["practice_id"]] = known.get(row["practice_id"], False) or row["leads"]
    return {practice: known[practice.pk] for practice in practices if known.get(practice.pk) is not None}


def enrollments_of(user) -> list[Enrollment]:
    """The enrollments of `user` in the practice that was entered: the one they work in first."""
    found = Enrollment.objects.filter(person__user=user).select_related("nomination__cohort", "person__user")
    newest = sorted(found, key=lambda enrollment: enrollment.enrolled_at, reverse=True)
    return sorted(newest, key=lambda enrollment: _FIRST.index(EnrollmentState(enrollment.state)))


def completed_lessons(people) -> list[Completion]:
    """The lessons that `people` (ids) completed, in the order in which they did, withdrawn ones too; each with the
    lesson's present `title` and whether it `is_live`. One statement."""
    lessons = LessonPage.objects.filter(pk=OuterRef("record__page"))
    return list(
        Completion.objects.filter(record__person__in=people)
        .annotate(title=Subquery(lessons.values("title")), is_live=Subquery(lessons.values("live")))
        .exclude(title=None)
        .order_by("completed_at")
    )


def enrollments_here(request) -> list[Enrollment]:
    """Those of the signed-in user in the practice of the URL; read once for each request."""
    if request.practice is None or not request.user.is_authenticated:
        return []
    if not hasattr(request, "_enrollments"):
        request._enrollments = enrollments_of(request.user)
        leads = any(enrollment.state != EnrollmentState.WITHDRAWN for enrollment in request._enrollments)
        # The way around asks next in which practices the visitor leads: this one is answered.
        request.user._leads_by_practice = {request.practice.pk: leads if request._enrollments else None}
    return request._enrollments


def is_leader(request) -> bool:
    """Whether the signed-in user leads in the practice of the URL: enrolled, and not withdrawn."""
    return any(enrollment.state != EnrollmentState.WITHDRAWN for enrollment in enrollments_here(request))


def has_led(request) -> bool:
    """Whether the signed-in user has an enrollment in the practice of the URL, withdrawn ones included."""
    return bool(enrollments_here(request))


def leads_anywhere(request) -> bool:
    """Whether the signed-in user leads in any practice, for pages that belong to none."""
    return bool(leads_in(request.user))
