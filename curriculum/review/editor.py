"""Where the review meets Wagtail's editor and its home."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter

from curriculum.review import eyes
from curriculum.review.asking import open_review_of
from curriculum.review.pages import Reviewed
from curriculum.review.queries import open_emergencies, waiting_for


@transaction.atomic
def before_publish_page(request, page):
    """The editor publishes the text on its screen: let through here, unless it is one's own."""
    if not isinstance(page, Reviewed):
        return
    latest = eyes.hold(page.pk)
    if latest != page.latest_revision_id:
        raise eyes.Refused("Somebody saved this page just now: look at it again, then publish.", page_id=page.pk)
    eyes.clear_what_was_read(revision=page.latest_revision, by=request.user)
    return


def before_copy_page(request, page):
    """A copy is a draft. An alias would show one text in two places, and records name one of them."""
    if request.method != "POST":
        return None
    if request.POST.get("publish_copies"):
        messages.error(request, "Nothing was copied: a copy begins as a draft. Leave “publish” unmarked.")
    elif request.POST.get("alias"):
        messages.error(request, "Nothing was copied: a page has one place. Copy it without “alias”, or link to it.")
    else:
        return None
    return redirect("wagtailadmin_pages:copy", page.pk)


def after_edit_page(request, page):
    if getattr(page, "taken_back", False):
        messages.warning(
            request, "You changed the text, so it waits for its review no longer. Send it again when it is ready."
        )
    return _lead_to_review(request, page)


def after_create_page(request, page):
    return _lead_to_review(request, page)


def _lead_to_review(request, page):
    """Who has sent a page may say until when an answer is wanted."""
    if request.POST.get("action-submit") and open_review_of(page.pk):
        return redirect("curriculum_review:page", page=page.pk)
    return None


class ReviewMenuItem(ActionMenuItem):
    """The way from the editor to the page's review; shown to everybody, also while the page is locked for them."""

    name = "review"
    label = "Review of this page"
    icon_name = "view"
    order = 90

    def is_shown(self, context):
        return context["view"] == "edit" and isinstance(context["page"], Reviewed)

    def get_url(self, context):
        return reverse("curriculum_review:page", args=[context["page"].pk])


class WaitingPanel(Component):
    """What waits for the viewer, and what was published in an emergency and nobody looked at yet."""

    name = "reviews_waiting"
    template_name = "curriculum/review/cms_home.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"waiting": waiting_for(user), "emergencies": open_emergencies()}


def construct_homepage_panels(request, panels):
    """Ours in place of Wagtail's, whose buttons approve without saying which text."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "workflow_objects_to_moderate"]
    panels.append(WaitingPanel())


def register_log_actions(actions):
    @actions.register_action("curriculum.emergency")
    class Emergency(LogFormatter):
        label = "Publish own text in an emergency"

        def format_message(self, log_entry):
            return f"Published their own text in an emergency: {log_entry.data['reason']}"

    @actions.register_action("curriculum.emergency_looked_at")
    class LookedAt(LogFormatter):
        label = "Look at an emergency publication"

        def format_message(self, log_entry):
            return f"Looked at what was published in an emergency. {log_entry.data['note']}".strip()
