"""Where the CMS leads to bringing in a file, and where it refuses to publish what came of one."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import include, path, reverse
from wagtail.admin.widgets import Button

from curriculum.models import ModulePage
from curriculum.word.panels import SETTLE_FIRST, waits
from curriculum.word.permissions import adds_lessons

LABEL = "New lesson from Word"


def admin_urls():
    return [path("curriculum/", include("curriculum.word.urls"))]


def header_buttons(page, user, view_name, next_url=None):
    return _buttons(page, user, priority=16)


def listing_buttons(page, user, next_url=None):
    return _buttons(page, user, priority=9)


def before_publish_page(request, page):
    return _refuse(request, [page])


def before_bulk_action(request, action_type, objects, action):
    return _refuse(request, [page.specific for page in objects]) if action_type == "publish" else None


def _buttons(page, user, priority: int):
    if page.specific_class is ModulePage and adds_lessons(user, page):
        url = reverse("curriculum_word:bring_in", args=[page.pk])
        yield Button(LABEL, url, icon_name="upload", priority=priority)


def _refuse(request, pages):
    for page in pages:
        if waits(page):
            messages.error(request, f"“{page.get_admin_display_title()}” was not published. {SETTLE_FIRST}")
            return redirect("curriculum_word:review", page.pk)
    return None
