"""The public verification pages. They know the registry alone, so they answer after a practice has left."""

import logging
from typing import Any

from django.db import DatabaseError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import numbers
from certificates.network.limits import limited
from certificates.network.models import Registry
from certificates.network.states import state_of, statement_of
from lms import clock
from lms.practices.access import admits
from lms.ui.dates import time_of_day, zone_abbreviation

log = logging.getLogger(__name__)

MISTYPED = (
    "Check the number: it has six groups of three letters and digits, such as 7K2-M0Q-…, and one of these "
    "does not fit the others. We never use the letters I, L, O and U."
)
EMPTY = "Type the number that is printed beside the QR code."


@require_safe
@admits("public")
@never_cache
@limited
def lookup(request):
    """The form for a number. It leads to the certificate's own page."""
    typed = request.GET.get("number")
    if typed is None:
        return _page(request, "certificates/lookup.html", {})
    number = numbers.parse(typed)
    if number is not None:
        return redirect("certificates_network:verify", number=number)
    return _page(request, "certificates/lookup.html", _mistyped(typed), status=422)


@require_safe
@admits("public")
@never_cache
@limited
def verify(request, number):
    """Everything that the certificate states, and how it stands today."""
    printed = numbers.parse(number)
    if printed is None:
        return _page(request, "certificates/lookup.html", _mistyped(number), status=404)
    if printed != number:
        return redirect("certificates_network:verify", number=printed)
    context: dict[str, Any] = {"number": printed, "checked": _moment()}
    try:
        entry = Registry.objects.select_related("superseded_by").filter(number=printed).first()
    except DatabaseError:
        log.exception("The registry cannot be read.")
        return _page(request, "certificates/verify.html", {**context, "state": state_of(None)}, status=503)
    if entry is None:
        return _page(request, "certificates/not_found.html", context, status=404)
    context |= {"entry": entry, "state": state_of(entry), "statement": statement_of(entry)}
    return _page(request, "certificates/verify.html", context)


def _mistyped(typed: str) -> dict:
    return {"typed": typed[: numbers.LONGEST_INPUT].replace("\x00", ""), "error": MISTYPED if typed.strip() else EMPTY}


def _moment() -> str:
    """Now, with the year and the reader's zone: people save and print this page."""
    now = timezone.localtime(clock.now())
    zone = zone_abbreviation(now, timezone.get_current_timezone())
    return f"{now:%B} {now.day}, {now.year}, {time_of_day(now)} {zone}"


def _page(request, template: str, context: dict, status: int = 200):
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
