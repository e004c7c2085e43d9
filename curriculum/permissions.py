from lms.accounts.queries import network_roles
from lms.practices.enums import PracticeRole
from lms.practices.models import Membership


def reads_curriculum(user) -> bool:
    """Whether `user` holds a role now that reads curriculum: any of the network's, or physician in a practice.

    Leaders are physicians of their practice. Whoever has neither, such as a practice administrator, reads none.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(network_roles(user)) or _is_physician(user)


def _is_physician(user) -> bool:
    return Membership.objects.filter(user=user, role=PracticeRole.PHYSICIAN, ended_at=None).exists()
