"""How many people a window asks: the base of every rate, counted in the practices at the moment of a release."""

from cohorts.network.models import Requirement
from cohorts.practice.enums import RulingKind
from feedback.network.models import Window
from feedback.practice.queries import STUDYING
from lms.practices.across import read_across

_PLAN_REQUIRES = """
    SELECT count(*) AS people
    FROM {s}.cohorts_practice_enrollment AS enrollment
    JOIN {s}.cohorts_practice_nomination AS nomination ON nomination.id = enrollment.nomination_id
    WHERE nomination.cohort_id = {cohort} AND enrollment.state = ANY({studying})
      AND NOT EXISTS (
        SELECT FROM {s}.cohorts_practice_ruling AS ruling
        WHERE ruling.enrollment_id = enrollment.id AND ruling.requirement_id = {requirement}
          AND ruling.kind = {waived} AND ruling.withdrawn_at IS NULL
      )
"""
_INVITED = "SELECT count(*) AS people FROM {s}.feedback_practice_surveyinvitation WHERE window_id = {window}"


def people_asked(window: Window) -> int:
    """The people asked by `window`.

    A module's survey asks every leader whose plan requires the module, finished or not, so that the number does not
    say who has finished. A session's asks those who had not declined when it ended: they got an invitation then.
    """
    if window.cohort_session_id is not None:
        return _count(_INVITED, window=window.pk)
    requirement = Requirement.objects.filter(cohort=window.cohort_id, module=window.module_id).first()
    if requirement is None:  # taken off the plan since: those who were invited remain
        return _count(_INVITED, window=window.pk)
    return _count(
        _PLAN_REQUIRES,
        cohort=window.cohort_id,
        requirement=requirement.pk,
        studying=[state.value for state in STUDYING],
        waived=RulingKind.WAIVED.value,
    )


def invited(windows) -> tuple[int, int]:
    """How many invitations `windows` have, and in how many practices.

    Guards against deletion count these, never receipts or responses: those would say who or how many answered.
    """
    ids = [window.pk for window in windows]
    if not ids:
        return 0, 0
    rows = read_across(
        "SELECT count(*) AS n FROM {s}.feedback_practice_surveyinvitation WHERE window_id = ANY({windows})",
        windows=ids,
    )
    return sum(row["n"] for row in rows), sum(row["n"] > 0 for row in rows)


def invited_about(page_ids: list[int]) -> list[tuple[str, int, int]]:
    """What practices hold about the surveys on these module pages, for the guard of the CMS."""
    records, practices = invited(Window.objects.filter(module__in=page_ids))
    return [("survey invitations", records, practices)]


def _count(select: str, **values) -> int:
    return sum(row["people"] for row in read_across(select, **values))
