from lms.practices.models import Membership, Practice


def roles_in(user, practice: Practice) -> set[str]:
    """The roles that `user` holds in `practice` now."""
    return set(Membership.objects.filter(user=user, practice=practice, ended_at=None).values_list("role", flat=True))


def practices_of(user) -> list[Practice]:
    """The practices in which `user` holds any role now, by name."""
    return list(Practice.objects.filter(memberships__user=user, memberships__ended_at=None).distinct().order_by("name"))
