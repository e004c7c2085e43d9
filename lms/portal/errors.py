from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that was open too long, in words, with the way to try again."""
    return render(request, "403_csrf.html", status=403)
