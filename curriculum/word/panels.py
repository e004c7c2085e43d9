"""What the editor of a lesson is shown of the file that it came from, until the list is settled."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from curriculum.word.manuscript import Left

SETTLE_FIRST = "This lesson was brought in from a file: look at the list of what was not carried over, and confirm it."
SHOWN = 20  # of the list, above the text; the whole of it has a page


def waits(page) -> bool:
    """Whether a list of what a file held otherwise still waits for an editor."""
    brought_in = getattr(page, "brought_in", None) if page.pk else None
    return brought_in is not None and brought_in.settled_at is None


def grouped(notes: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """Notes under their headings, in the order of `Left`."""
    groups = [(kind.label, [note for note in notes if note["kind"] == kind.value]) for kind in Left]
    return [(str(label), members) for label, members in groups if members]


class LeftOutPanel(Panel):
    """Above the fields of a draft out of a file: what was not carried."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curriculum/word/left_out_panel.html"

        def is_shown(self):
            return waits(self.instance)

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            brought_in = self.instance.brought_in
            return {
                **super().get_context_data(parent_context),
                "brought_in": brought_in,
                "groups": grouped(brought_in.notes[:SHOWN]),
                "total": len(brought_in.notes),
                "more": max(0, len(brought_in.notes) - SHOWN),
                "url": reverse("curriculum_word:review", args=[self.instance.pk]),
            }
