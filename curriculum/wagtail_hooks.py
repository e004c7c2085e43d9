"""Registration with Wagtail, and nothing else."""

from wagtail import hooks

from curriculum import deleting, overdue_views, retiring, shared_viewsets, viewsets
from curriculum.accessibility import use_our_checker
from curriculum.choosers import video_chooser
from curriculum.serving import refuse_document
from curriculum.word import hooks as word

hooks.register("before_serve_document", refuse_document)

hooks.register("before_delete_page", deleting.before_delete_page)
hooks.register("after_delete_page", deleting.after_delete_page)
hooks.register("register_bulk_action", deleting.GuardedBulkDelete, order=1)  # after Wagtail's, in its place
hooks.register("before_move_page", deleting.before_move_page)
hooks.register("register_bulk_action", deleting.GuardedBulkMove, order=1)
hooks.register("before_bulk_action", deleting.before_bulk_action)
hooks.register("after_bulk_action", deleting.after_bulk_action)

hooks.register("register_bulk_action", retiring.GuardedBulkRetire, order=1)
retiring.use_our_word()

hooks.register("register_admin_urls", overdue_views.admin_urls)
hooks.register("register_reports_menu_item", overdue_views.menu_item)
hooks.register("register_admin_urls", word.admin_urls)
hooks.register("register_page_header_buttons", word.header_buttons)
hooks.register("register_page_listing_more_buttons", word.listing_buttons)
hooks.register("before_publish_page", word.before_publish_page)
hooks.register("before_bulk_action", word.before_bulk_action)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [
        viewsets.LessonViewSet(),
        viewsets.ModuleViewSet(),
        viewsets.ProgramViewSet(),
        shared_viewsets.SharedParts(),
        video_chooser,
    ]


hooks.register("construct_wagtail_userbar", use_our_checker)

# Settings are made by code here, people have their page, and Wagtail's help speaks of Wagtail.
UNUSED_SETTINGS = {"users", "groups", "sites", "collections", "workflows", "workflow-tasks", "redirects"}


@hooks.register("construct_settings_menu")
def hide_unused_settings(request, items):
    items[:] = [item for item in items if item.name not in UNUSED_SETTINGS]


@hooks.register("construct_main_menu")
def hide_help(request, items):
    items[:] = [item for item in items if item.name != "help"]
