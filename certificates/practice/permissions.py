"""Who may see a certificate: its leader for good, the leadership of the practice that keeps it, program staff."""

from django.db.models import QuerySet

from certificates.practice.models import Certificate
from lms.accounts.queries import is_staff
from lms.practices.access import ROLES
from lms.practices.enums import LEADERSHIP_ROLES, PracticeRole


def holds_certificates(request) -> bool:
    """Whether the user has earned a certificate in this practice, also when they left the program since."""
    return Certificate.objects.filter(person__user__pk=request.user.pk).exists()


def sees_all(request) -> bool:
    return bool(request.practice_roles & set(LEADERSHIP_ROLES)) or is_staff(request.user)


def visible(request) -> QuerySet[Certificate]:
    """The certificates of the entered practice that the user may open."""
    certificates = Certificate.objects.select_related("person__user", "registry")
    return certificates if sees_all(request) else certificates.filter(person__user__pk=request.user.pk)


def acting_as(request) -> str:
    """The role in which the user sees others' certificates, for the access log."""
    for role in LEADERSHIP_ROLES:
        if role in request.practice_roles:
            return PracticeRole(role).label
    return "Program staff"


ROLES["holder"] = holds_certificates
