from lms.accounts.queries import opens_cms


def keeps_banks(user) -> bool:
    """Whether `user` may read and change question banks: who writes curriculum, and program staff."""
    return user.is_authenticated and user.is_active and opens_cms(user)
