"""The one place where a request enters a practice.

`/practices/<slug:practice>/...` is an ordinary keyword argument of a URL. Whoever is not signed in is asked to;
whoever may not be there gets the same 404 as for a practice that does not exist.
"""

from django.db import connection
from django.http import Http404

from lms.accounts.queries import is_staff
from lms.practices.access import sign_in_first
from lms.practices.models import Practice
from lms.practices.queries import held_memberships


class PracticeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.practice = None
        request.practice_roles = set()
        connection.set_schema_to_public()
        try:
            # Template responses are rendered and exceptions answered inside, still in the practice.
            return self.get_response(request)
        finally:
            connection.set_schema_to_public()

    def process_view(self, request, view, args, kwargs):
        if "practice" not in kwargs:
            return None
        if not request.user.is_authenticated:
            return sign_in_first(request)
        held = [row for row in held_memberships(request.user) if row.practice.slug == kwargs["practice"]]
        practice, roles = held[0].practice if held else None, {row.role for row in held}
        if practice is None and is_staff(request.user):
            practice = Practice.objects.filter(slug=kwargs["practice"]).first()
        if practice is None:
            raise Http404("No such practice for this user.")
        request.practice = kwargs["practice"] = practice
        request.practice_roles = roles
        connection.set_tenant(practice)
        return None
