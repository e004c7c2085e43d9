from lms.accounts.enums import ADVISORY_ROLES, CMS_ROLES, NetworkRole


def network_roles(user) -> set[str]:
    """The network roles that `user` holds now. Kept on the user object, which lives for one request."""
    if not user.is_authenticated:
        return set()
    if not hasattr(user, "_network_roles"):
        user._network_roles = set(user.network_roles.filter(ended_at=None).values_list("role", flat=True))
    return user._network_roles


def is_staff(user) -> bool:
    return NetworkRole.STAFF in network_roles(user)


def is_faculty(user) -> bool:
    return NetworkRole.FACULTY in network_roles(user)


def is_advisor(user) -> bool:
    return bool(network_roles(user) & set(ADVISORY_ROLES))


def opens_cms(user) -> bool:
    return bool(network_roles(user) & set(CMS_ROLES))
