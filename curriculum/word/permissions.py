from curriculum.models import ModulePage


def adds_lessons(user, module: ModulePage) -> bool:
    """Whether `user` may add a lesson below `module` in the CMS."""
    return user.has_perm("wagtailadmin.access_admin") and module.permissions_for_user(user).can_add_subpage()
