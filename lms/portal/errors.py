"""Our own pages for what can go wrong. 400, 404 and 500 are Django's views with our templates."""

from django.shortcuts import render


def forbidden(request, exception=None):
    """Signed in, with the wrong role. A sentence given to PermissionDenied is shown."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failure(request, reason=""):
    """A form that was open too long, in words, with the way to try again."""
    return render(request, "403_csrf.html", status=403)
