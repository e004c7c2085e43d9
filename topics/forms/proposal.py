import uuid

from django import forms

from lms.ui.forms import PlainWords
from topics.enums import Destination, Level, TopicFormat
from topics.models import Topic
from topics.proposing import WORDS


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TopicForm(PlainWords, forms.Form):
    """A topic as its proposer writes it. With `draft`, all but the title may be missing."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(max_length=150, help_text="As it would stand on a program.")
    destination = forms.ChoiceField(label="What it is for", choices=Destination, widget=forms.RadioSelect)
    why_now = forms.CharField(
        label="Why now",
        max_length=2000,
        widget=_area(4),
        help_text="What changed, or what goes wrong without it.",
    )
    audience = forms.CharField(
        max_length=200, help_text="Who should be in the room, such as physicians and pharmacists."
    )
    level = forms.ChoiceField(choices=[("", "Choose a level"), *Level.choices])
    format = forms.ChoiceField(choices=[("", "Choose a format"), *TopicFormat.choices])
    proposed_speakers = forms.CharField(
        label="Proposed speakers",
        max_length=600,
        required=False,
        widget=_area(2),
        help_text="One to a line. Yourself, colleagues, or somebody whom you have heard.",
    )
    evidence = forms.CharField(
        max_length=4000,
        required=False,
        widget=_area(4),
        help_text="Papers, guidelines, figures of your own practice without patients’ details.",
    )
    shows_proposer = forms.BooleanField(
        label="My name may stand beside it on the public list",
        required=False,
        help_text="Only once it is accepted. You can change this at any time.",
    )

    def __init__(self, data=None, *, topic: Topic | None = None, draft: bool = False):
        initial = {"key": topic.pk if topic else uuid.uuid4()}
        if topic is not None:
            initial |= {name: getattr(topic, name) for name in (*WORDS, "shows_proposer")}
        super().__init__(data, initial=initial)
        if draft:
            for name in set(WORDS) - {"title"}:
                self.fields[name].required = False

    def words(self) -> dict:
        """What `save_draft` takes besides whose it is and the key."""
        return {name: self.cleaned_data[name] for name in (*WORDS, "shows_proposer")}

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()
