"""What anybody reads: accepted topics, and conferences."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.practices.access import admits
from topics.enums import Destination
from topics.models import StrategyPage
from topics.queries import conferences_with_topics, public_topics

A_PAGE = 30


@admits("public")
@require_safe
def topics(request):
    """Accepted topics, newest first. A proposer is named only where they agreed."""
    found, wanted = public_topics(), request.GET.get("for", "")
    if wanted in Destination.values:
        found = found.filter(destination=wanted)
    else:
        wanted = ""
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "destinations": Destination.choices,
        "wanted": wanted,
        "strategy": StrategyPage.objects.live().first(),
    }
    return render(request, "topics/public_topics.html", context)


@admits("public")
@require_safe
def conferences(request):
    """What comes, the next first, and what was, the last first; each with its program."""
    found = list(conferences_with_topics())
    context = {
        "coming": [conference for conference in found if not conference.is_over],
        "past": [conference for conference in reversed(found) if conference.is_over],
        "strategy": StrategyPage.objects.live().first(),
    }
    return render(request, "topics/public_conferences.html", context)
