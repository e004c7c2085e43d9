"""What it means for cohorts' plans that a page is retired."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from wagtail.models import Page

from cohorts.network.models import Cohort, Requirement
from cohorts.network.plan import add_months
from curriculum.models import LessonPage, ModulePage, ProgramPage
from lms import clock

SHOWN = 5


def consequences(page: Page) -> Iterable[str]:
    """See curriculum.impact.register_consequence: the running and coming cohorts whose plan has `page`."""
    match page:
        case ModulePage():
            if names := _named(_with_module(page.pk)):
                yield (
                    f"It is in the plan of {names}. Nobody there can complete it any more: program staff see that on "
                    "the cohort’s plan, and excuse leaders from it or take it out."
                )
        case LessonPage():
            module = page.get_parent()
            names = _named(_with_module(module.pk))
            if names and not LessonPage.objects.child_of(module).live().exclude(pk=page.pk).exists():
                yield (
                    f"It is the last published lesson of {module.title}, which is in the plan of {names}: nobody there "
                    "can complete that module any more."
                )
            elif names:
                yield f"Its module is in the plan of {names}. It is complete there with its other lessons from now on."
        case ProgramPage():
            if names := _named(Cohort.objects.filter(program=page)):
                yield f"It is the program of {names}. Their plans stay as they are."


def _with_module(module_id: int):
    return Cohort.objects.filter(pk__in=Requirement.objects.filter(module=module_id).values("cohort"))


def _named(cohorts) -> str:
    """The cohorts that have not ended, in words; empty where there is none."""
    today = clock.now().date()
    names = [cohort.name for cohort in cohorts if add_months(cohort.starts_on, 12 * cohort.years) > today]
    if not names:
        return ""
    more = [f"{len(names) - SHOWN} more"] if len(names) > SHOWN else []
    count = f"{len(names)} cohort{'' if len(names) == 1 else 's'}"
    return f"{count} ({get_text_list([*names[:SHOWN], *more], 'and')})"
