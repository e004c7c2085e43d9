from lms.accounts.enums import NetworkRole
from lms.accounts.models import User
from lms.accounts.queries import network_roles

REVIEWS = (NetworkRole.REVIEWER, NetworkRole.PUBLISHER, NetworkRole.STAFF)
ASKED_BY_MAIL = (NetworkRole.REVIEWER, NetworkRole.PUBLISHER)  # staff see what waits in the CMS


def may_review(user) -> bool:
    """Whether `user` reads for others: who wrote a text still does not approve it."""
    return user.is_active and (user.is_superuser or bool(network_roles(user) & set(REVIEWS)))


def is_chair(user) -> bool:
    return user.is_active and NetworkRole.PUBLISHER in network_roles(user)


def people_with(roles) -> list[User]:
    """The active users who hold one of `roles` now, by name."""
    return list(
        User.objects.filter(is_active=True, network_roles__role__in=roles, network_roles__ended_at=None)
        .distinct()
        .order_by("name")
    )
