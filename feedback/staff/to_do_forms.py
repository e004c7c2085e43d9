import uuid

from django import forms

from feedback.network.enums import ToDoState
from feedback.network.to_dos import HALF_A_NOTE
from lms.accounts.enums import CMS_ROLES
from lms.accounts.models import User
from lms.ui.forms import PlainWords

SAID = "In your words, and so that nobody can be recognized. The cohorts that were asked read it."


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.name


class ToDoForm(PlainWords, forms.Form):
    """What is to be done, by whom and when; `comments` are offered where some were picked."""

    title = forms.CharField(label="What is to be done", max_length=200)
    assignee = PersonChoice(
        User.objects.filter(network_roles__role__in=CMS_ROLES, network_roles__ended_at=None, is_active=True).distinct(),
        label="Who does it",
        required=False,
        empty_label="Nobody in particular",
    )
    due_on = forms.DateField(
        label="Due", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, comments=(), **kwargs):
        super().__init__(*args, **kwargs)
        if comments:
            self.fields["comments"] = forms.TypedMultipleChoiceField(
                choices=[(str(comment.pk), comment.text) for comment in comments],
                coerce=uuid.UUID,
                required=False,
                label="Comments that it is about",
                widget=forms.CheckboxSelectMultiple,
                help_text="Several make a theme.",
            )


class NoteForm(PlainWords, forms.Form):
    """The note for the cohorts that were asked: both parts, or neither."""

    said = forms.CharField(
        label="You said", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=SAID
    )
    did = forms.CharField(
        label="We did",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What changed, or what stays as it is.",
    )

    def clean(self):
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("said")) != bool(cleaned.get("did")):
            self.add_error("did" if cleaned.get("said") else "said", HALF_A_NOTE)
        return cleaned


class SettleForm(NoteForm):
    """Done, or decided against with the reason; with a note or without."""

    state = forms.ChoiceField(
        label="How it ends",
        choices=[(ToDoState.DONE, "It is done"), (ToDoState.DECLINED, "We decide against it")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when you decide against it. With a note, the cohorts read it too.",
    )
    field_order = ["state", "reason", "said", "did"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") == ToDoState.DECLINED and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why: who asked for it will want to know.")
        return cleaned
