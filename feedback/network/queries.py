from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Page

from cohorts.network.models import Cohort, CohortSession
from feedback.network.models import Answer, Decision, ToDo, Window


def ledger_of(cohorts: Iterable[Cohort]) -> QuerySet[Decision]:
    """What `cohorts` were answered in public, newest first."""
    return (
        Decision.objects.filter(cohort__in=[cohort.pk for cohort in cohorts], published_at__isnull=False)
        .select_related("cohort", "window", "page")
        .order_by("-published_at")
    )


def windows_about(subject: Page | CohortSession) -> QuerySet[Window]:
    """The windows of all cohorts about a session, a module, or the module that a lesson is in."""
    if isinstance(subject, CohortSession):
        return Window.objects.filter(cohort_session=subject.pk)
    return Window.objects.filter(Q(module=subject.pk) | Q(module=subject.get_parent().pk))


def released_comments(subject: Page | CohortSession) -> QuerySet[Answer]:
    """Every comment about `subject` that a release has shown."""
    return Answer.objects.filter(response__window__in=windows_about(subject), shown_in__isnull=False).exclude(text="")


def to_dos() -> QuerySet[ToDo]:
    """Every to-do with what a list shows of it, the next to be due first."""
    return ToDo.objects.select_related("page", "cohort_session__cohort", "assignee")
