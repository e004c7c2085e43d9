"""How often one address may ask the public pages."""

import functools
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.shortcuts import render

from lms import clock

A_MINUTE = 60  # seconds, and requests in them


def limited(view: Callable) -> Callable:
    """Answer 429, in words, from an address's 61st request within one minute of the clock on."""

    @functools.wraps(view)
    def counted(request, *args, **kwargs):
        moment = clock.now().timestamp()
        key = f"verify:{get_adapter().get_client_ip(request)}:{int(moment // A_MINUTE)}"
        cache = caches["shared"]
        cache.add(key, 0, timeout=2 * A_MINUTE)
        try:
            asked = cache.incr(key)
        except ValueError:  # thrown out of a full cache in between
            asked = 1
        if asked <= A_MINUTE:
            return view(request, *args, **kwargs)
        response = render(request, "certificates/slow_down.html", status=429)
        response["Retry-After"] = A_MINUTE - int(moment % A_MINUTE)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return counted
