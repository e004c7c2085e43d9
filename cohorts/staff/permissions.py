from cohorts.network.models import CohortSession
from lms.accounts.queries import is_faculty, is_staff


def runs(user, cohort_session: CohortSession) -> bool:
    """Whether `user` may see who comes to the session and record who came: staff, and its own faculty."""
    return is_staff(user) or teaches(user, cohort_session)


def teaches(user, cohort_session: CohortSession) -> bool:
    """Whether `user` holds the faculty role and is faculty of this session."""
    return is_faculty(user) and cohort_session.faculty.filter(pk=user.pk).exists()
