"""Who may open a view, said once above it and read by the crawler test.

    @admits("leadership", "staff")
    def home(request, practice): ...

Roles are names of predicates. Rooms that know a role register it: "leader", for one, follows from an
enrollment, which only cohorts can see. A view of a practice is entered through the middleware, so that an
outsider has already had a 404; a wrong role gets our 403 page, in words.
"""

import functools
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

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


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Lead a visitor to sign in, and then to where they were.

    Somebody whose session ended while they wrote is told that nothing was saved, and comes back to the page that
    they sent it from: the address that took the form shows nothing. htmx is told to leave the page.
    """
    came_from = "/home/"
    if request.htmx:
        came_from = request.htmx.current_url_abs_path or came_from
    elif request.method in ("GET", "HEAD"):
        came_from = request.get_full_path()
    elif url_has_allowed_host_and_scheme(request.headers.get("Referer"), allowed_hosts={request.get_host()}):
        parts = urlsplit(request.headers["Referer"])
        came_from = urlunsplit(("", "", parts.path, parts.query, ""))
    if request.method == "POST":
        messages.warning(request, "You were signed out, so nothing was saved. Sign in, and send it once more.")
    answer = redirect_to_login(came_from)
    return HttpResponseClientRedirect(answer.url) if request.htmx else answer


def admits(*roles: str) -> Callable:
    """Let those in who hold any of `roles` here; send others to sign in, or tell them that they may not."""

    def decorate(view):
        @functools.wraps(view)
        def admitted(request, *args, **kwargs):
            if any(ROLES[role](request) for role in roles):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return sign_in_first(request)
            raise PermissionDenied

        admitted.admits = frozenset(roles)
        return admitted

    return decorate
