from django import forms

from lms.practices.queries import practices_of
from lms.ui.forms import PlainWords
from topics.forms.board import DayField
from topics.models import SpeakerPage


class SpeakerPageForm(PlainWords, forms.Form):
    """What a leader says about themselves."""

    line = forms.CharField(
        label="A line about yourself",
        max_length=300,
        required=False,
        help_text="Such as: medical oncologist in Reno, rebuilt how we do prior authorization.",
    )
    topics = forms.CharField(
        label="What you speak about",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One topic to a line.",
    )
    practice_name = forms.ChoiceField(label="Your practice", required=False)

    def __init__(self, data=None, *, user, page: SpeakerPage | None):
        initial = {name: getattr(page, name) for name in ("line", "topics", "practice_name")} if page else {}
        super().__init__(data, initial=initial, auto_id="page_%s")
        names = [practice.name for practice in practices_of(user)]
        self.fields["practice_name"].choices = [("", "Do not name it"), *((name, name) for name in names)]  # type: ignore[attr-defined]


class TalkForm(PlainWords, forms.Form):
    """A talk that one gave elsewhere."""

    title = forms.CharField(max_length=150)
    place = forms.CharField(label="Where", max_length=150, required=False)
    given_on = DayField(label="Day")
