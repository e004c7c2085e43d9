from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from curriculum.enums import ChangeKind, LessonKind
from curriculum.word.panels import SETTLE_FIRST, waits


class PageForm(WagtailAdminPageForm):
    """The editor's form. Wagtail's blocks and rich text fail with an exception on a post that was cut short or
    tampered with; here such a field keeps its saved value and says so in place."""

    def _widget_data_value(self, widget, html_name):
        try:
            return super()._widget_data_value(widget, html_name)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
            name = html_name.removeprefix(f"{self.prefix}-") if self.prefix else html_name
            self._unreadable.add(name)
            # A value that block and text fields both draw: what is saved now.
            return self.get_initial_for_field(self.fields[name], name)

    def full_clean(self):
        self._unreadable: set[str] = set()
        super().full_clean()
        for name in sorted(self._unreadable):
            self.add_error(name, ValidationError("This part arrived damaged, so it was not saved: enter it again."))


class LessonForm(PageForm):
    """What a draft may lack until it is submitted or published: a list that waits, an overview's two parts, and what
    a substantial change is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change_kind"].required = False  # left out, the change is minor

    def clean(self):
        cleaned = super().clean()
        cleaned["change_kind"] = cleaned.get("change_kind") or ChangeKind.MINOR
        if self.is_deferred_validation:
            return cleaned
        if waits(self.instance):
            raise ValidationError(SETTLE_FIRST)
        if cleaned.get("kind") == LessonKind.OVERVIEW:
            self._ask_for_an_overview(cleaned)
        was_read = self.instance.first_published_at is not None
        if was_read and cleaned["change_kind"] == ChangeKind.SUBSTANTIAL and not cleaned.get("change_note"):
            self.add_error("change_note", "Say in a sentence what changed: those who completed the lesson read it.")
        return cleaned

    def _ask_for_an_overview(self, cleaned) -> None:
        if not cleaned.get("given_by"):
            self.add_error("given_by", "Choose who gives this topic overview.")
        videos = [block.value for block in cleaned.get("body") or () if block.block_type == "video"]
        if "body" not in self.errors and not any(video.has_transcript for video in videos):
            self.add_error("kind", "Add a video with its transcript to the body: a topic overview has both.")
