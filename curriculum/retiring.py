"""Retiring a page: it goes out of sight, and all that was recorded stays.

Wagtail calls it unpublishing. Four eyes are not asked for: it shows nothing new to anybody, takes nothing from a
record, and is undone by publishing the same text again. Only who may publish may do it.
"""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail.admin.action_menu import UnpublishMenuItem
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.wagtail_hooks import PageListingUnpublishButton
from wagtail.models import Page

from curriculum.impact import consequences_of, reach_in_words, reach_of
from curriculum.models import LessonPage, ModulePage, ProgramPage

TAUGHT = (ProgramPage, ModulePage, LessonPage)


class RetireView(UnpublishView):
    """Wagtail's own, which asks first: with the numbers."""

    page_title = "Retire"
    template_name = "curriculum/retire.html"
    success_message = "“%(page_title)s” is retired: leaders no longer see it, and what was recorded stays."

    def get_context_data(self, **kwargs):
        page = self.object
        return {
            **super().get_context_data(**kwargs),
            "touched": reach_in_words(reach_of([page])[page.pk]),
            "consequences": consequences_of(page),
        }


class GuardedBulkRetire(UnpublishBulkAction):
    """Wagtail's own, but for what is taught: each of those says what it means, and is asked about alone."""

    display_name = "Retire"
    aria_label = "Retire selected pages"

    def prepare_action(self, objects, objects_without_access):
        taught = Page.objects.type(*TAUGHT).filter(pk__in=[page.pk for page in objects]).first()
        if taught is None:
            return super().prepare_action(objects, objects_without_access)
        title = taught.get_admin_display_title()
        messages.error(
            self.request,
            f"Nothing was retired. Retire “{title}” and its like one by one: each says how many leaders it touches.",
        )
        return redirect("wagtailadmin_explore_root" if self.next_url == self.request.path else self.next_url)


def use_our_word() -> None:
    """Say "Retire" wherever Wagtail's menus say "Unpublish"."""
    UnpublishMenuItem.label = "Retire"
    PageListingUnpublishButton.label = "Retire"
