from wagtail.models import PagePermissionTester

from lms.accounts.queries import network_roles
from lms.practices.enums import PracticeRole
from lms.practices.models import Membership

# A managing physician is one of the practice's physicians, and a sponsor meets a leader every quarter about what
# is taught. An administrator manages people and brand, and reads none.
READING_ROLES = (PracticeRole.PHYSICIAN, PracticeRole.MANAGING_PHYSICIAN, PracticeRole.SPONSOR)


def reads_curriculum(user) -> bool:
    """Whether `user` holds a role now that reads curriculum: any of the network's, or one of READING_ROLES.

    Leaders are physicians of their practice.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(network_roles(user)) or _reads_in_a_practice(user)


def _reads_in_a_practice(user) -> bool:
    return Membership.objects.filter(user=user, role__in=READING_ROLES, ended_at=None).exists()


class PageRights(PagePermissionTester):
    """Wagtail's, but for deleting a page with others below it: curriculum.deleting refuses that in a sentence."""

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk=True)
