"""Registration with Wagtail, and nothing else."""

from wagtail import hooks

from curriculum.review import editor

hooks.register("before_publish_page", editor.before_publish_page)
hooks.register("before_copy_page", editor.before_copy_page)
hooks.register("after_edit_page", editor.after_edit_page)
hooks.register("after_create_page", editor.after_create_page)
hooks.register("construct_homepage_panels", editor.construct_homepage_panels)
hooks.register("register_page_action_menu_item", editor.ReviewMenuItem)
hooks.register("register_log_actions", editor.register_log_actions)
