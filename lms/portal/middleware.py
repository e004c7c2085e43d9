"""The CMS's door, and its own content security policy."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

CMS = "/cms/"
# Wagtail's admin writes inline scripts and styles; everything still comes from here.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        " ".join(["frame-src 'self'", *settings.VIDEO_PLAYERS]),
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


class CmsMiddleware:
    """Who is signed in without CMS access goes home with a sentence, not round and round between CMS and sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(CMS):
            return self.get_response(request)
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            messages.warning(request, "The CMS is for the advisory group and program staff. This is your own home.")
            return redirect("/home/")
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
