from lms.practices.models import Membership, Practice


def roles_in(user, practice: Practice) -> set[str]:
    """The roles that `user` holds in `practice` now."""
    return set(Membership.objects.filter(user=user, practice=practice, ended_at=None).values_list("role", flat=True))


def held_memberships(user) -> list[Membership]:
    """What `user` holds now, by practice name, each with its practice. Kept on the user, who lives for one request."""
    if not hasattr(user, "_held_memberships"):
        held = Membership.objects.filter(user=user, ended_at=None).select_related("practice")
        user._held_memberships = list(held.order_by("practice__name"))
    return user._held_memberships


def practices_of(user) -> list[Practice]:
    """The practices in which `user` holds any role now, by name."""
    return list(Practice.objects.filter(memberships__user=user, memberships__ended_at=None).distinct().order_by("name"))
