"""Homes, the doors of the CMS, and whether the site is up."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cohorts.network.queries import keys_to_decide
from curriculum.models import ProgramPage
from curriculum.overdue import past_review
from curriculum.review.queries import open_emergencies, waiting_for
from lms import clock
from lms.accounts.queries import is_staff, opens_cms
from lms.portal.homes import homes_of
from lms.practices.access import admits


@admits("anyone")
@never_cache
@require_safe
def home(request):
    """Where sign-in leads: straight to the one home, or to a choice among several."""
    homes = homes_of(request.user)
    if len(homes) == 1:
        return redirect(homes[0].url)
    return render(request, "portal/homes.html" if homes else "portal/no_home.html", {"homes": homes})


@admits("advisor")
@require_safe
def advisory(request):
    """The advisory group's home."""
    programs = ProgramPage.objects.live().order_by("title")
    context = {
        "programs": programs,
        "opens_cms": opens_cms(request.user),
        "waiting": waiting_for(request.user),
        "emergencies": open_emergencies(),
        "mended": keys_to_decide(),
        "past_review": past_review(clock.today(request.user.time_zone)),
    }
    return render(request, "portal/advisory.html", context)


@admits("public")
def cms_sign_in(request, rest: str = ""):
    """The CMS has no sign-in and no password pages of its own: there is one sign-in."""
    return redirect("/accounts/login/?next=/cms/")


@admits("public")
def cms_people(request, rest: str = ""):
    """Accounts begin with an invitation, so the CMS makes and changes none. Only staff have the people page."""
    messages.info(request, "People are kept on the people page, not in the CMS.")
    return redirect("portal:people" if is_staff(request.user) else "portal:home")


@admits("anyone")
def own_address(request, rest: str = ""):
    """Staff correct addresses; one's account says so."""
    return redirect("own_account:account")
