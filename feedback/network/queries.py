from collections.abc import Iterable

from django.db.models import QuerySet

from cohorts.network.models import Cohort
from feedback.network.models import Decision


def ledger_of(cohorts: Iterable[Cohort]) -> QuerySet[Decision]:
    """What `cohorts` were answered in public, newest first."""
    return (
        Decision.objects.filter(cohort__in=[cohort.pk for cohort in cohorts], published_at__isnull=False)
        .select_related("cohort", "window", "page")
        .order_by("-published_at")
    )
