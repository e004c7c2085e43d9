"""Closing the page tree: Wagtail serves pages, documents and images to anybody."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.cache import patch_cache_control

from curriculum.permissions import reads_curriculum
from curriculum.places import place_for


class ForReaders:
    """Mixin before Page: needs sign-in and a role, and sends a leader on to where their progress is."""

    def serve(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        elsewhere = place_for(request.user, self)
        if elsewhere:
            return HttpResponseRedirect(elsewhere)
        _refuse(request.user)
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]  # Page's, which comes after
        patch_cache_control(response, private=True)
        return response


def refuse_document(document, request):
    """Before Wagtail serves a document: sign-in first, then a role. What any page links to is for its readers."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    _refuse(request.user)
    return None


def _refuse(user) -> None:
    if not reads_curriculum(user):
        raise PermissionDenied
