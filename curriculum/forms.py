from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

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
    def clean(self):
        """A draft may be saved as it is; what is published or sent for approval has no list left to look at."""
        cleaned = super().clean()
        if not self.is_deferred_validation and waits(self.instance):
            raise ValidationError(SETTLE_FIRST)
        return cleaned
