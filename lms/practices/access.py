"""Who may open a view, said once above it and read by the crawler test.

    @admits("leadership", "staff")
    def home(request, practice): ...

Roles are names of predicates. Rooms that know a role register it: "leader", for one, follows from an
enrollment, which only cohorts can see. A view of a practice is entered through the middleware, so that an
outsider has already had a 404; a wrong role gets our 403 page, in words.
"""

import functools
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lms.accounts.queries import is_advisor, is_faculty, is_staff
from lms.practices.enums import LEADERSHIP_ROLES, PracticeRole

Predicate = Callable[[HttpRequest], bool]

ROLES: dict[str, Predicate] = {
    "public": lambda request: True,
    "anyone": lambda request: request.user.is_authenticated,
    "staff": lambda request: is_staff(request.user),
    "faculty": lambda request: is_faculty(request.user),
    "advisor": lambda request: is_advisor(request.user),
    # These three hold within the practice of the URL.
    "leadership": lambda request: bool(request.practice_roles & set(LEADERSHIP_ROLES)),
    "administrator": lambda request: PracticeRole.ADMINISTRATOR in request.practice_roles,
    "physician": lambda request: PracticeRole.PHYSICIAN in request.practice_roles,
}


def admits(*roles: str) -> Callable:
    """Let those in who hold any of `roles` here; send others to sign in, or tell them that they may not."""

    def decorate(view):
        @functools.wraps(view)
        def admitted(request, *args, **kwargs):
            if any(ROLES[role](request) for role in roles):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        admitted.admits = frozenset(roles)
        return admitted

    return decorate
