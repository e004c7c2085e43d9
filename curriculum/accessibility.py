"""The CMS's accessibility checker, which looks at the preview of a page while it is written."""

from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem


class Checker(ContentCheckerItem):
    """WCAG 2.2 AA, the floor of every page of ours, beside Wagtail's own rules for what an editor writes.

    It looks at the page's words, not at the frame around them, which an editor cannot mend. Wagtail's rule about a
    description for search engines is left out whole: no search engine reads what asks for sign-in, and a rule that is
    switched off but not defined stops the checker.
    """

    axe_include = ["main"]
    axe_run_only = None  # type: ignore[assignment]  # as Wagtail documents: the rules below say what runs
    axe_rules = {
        # Of the frame, and the checker is given only what is within it.
        "region": {"enabled": False},
        "landmark-one-main": {"enabled": False},
    }
    axe_custom_rules = [rule for rule in ContentCheckerItem.axe_custom_rules if rule["id"] != "empty-meta-description"]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": "An image has no description",
            "help_text": "Describe what it shows, or mark it as decorative.",
        },
        "link-in-text-block": {
            "error_name": "A link cannot be told from the text around it",
            "help_text": "Use the editor’s link, without formatting of its own.",
        },
        "color-contrast": {
            "error_name": "Text is too pale on its background",
            "help_text": "Tell program staff: this is a fault of the design, not of the text.",
        },
    }

    def get_axe_options(self, request):
        # It would copy our style sheet into a new document, which the page's policy forbids; no rule here needs that.
        return {**super().get_axe_options(request), "preload": False}


def use_our_checker(request, items, page) -> None:
    """In the bar of a preview and in the editor's panel, our rules in place of Wagtail's."""
    for at, item in enumerate(items):
        if type(item) in (AccessibilityItem, ContentCheckerItem):
            items[at] = Checker(in_editor=item.in_editor)
