"""Absolute links, always from settings.BASE_URL: a Host header is the visitor's word, not ours."""

from django.conf import settings


def absolute(path: str) -> str:
    """`path` (starting with "/") on the site's own address."""
    return settings.BASE_URL.rstrip("/") + path
