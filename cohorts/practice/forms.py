from django import forms

from cohorts.practice.enums import RulingKind
from lms.people.models import Person
from lms.ui.forms import PlainWords


class ProfileForm(forms.ModelForm):
    """What cohort peers read."""

    class Meta:
        model = Person
        fields = ["profile", "hidden_from_peers"]
        labels = {"profile": "About you", "hidden_from_peers": "Hide me from my cohort peers"}
        help_texts = {
            "profile": "What you do, and what you would like to be asked about. Up to 600 characters. "
            "Leaders of your cohort can read it; nobody else.",
            "hidden_from_peers": "They see neither your name nor this text. Program staff and your practice still do.",
        }
        widgets = {"profile": forms.Textarea(attrs={"rows": 5})}


class RulingForm(PlainWords, forms.Form):
    """Staff's word on one requirement of one leader. `choices` are the requirements that it may name."""

    requirement = forms.ChoiceField()
    kind = forms.ChoiceField(
        label="What you grant",
        choices=[(RulingKind.WAIVED, "Excuse"), (RulingKind.EXTENDED, "Extend the due day")],
        widget=forms.RadioSelect,
        initial=RulingKind.WAIVED,
    )
    until = forms.DateField(
        label="New due day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="For an extension.",
    )
    reason = forms.CharField(
        max_length=300,
        help_text="The leader can read it.",
        error_messages={"required": "Write why, in a few words. The leader can read it."},
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requirement"] = forms.ChoiceField(
            label="For", choices=list(choices), error_messages={"invalid_choice": "Choose one of the list."}
        )

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("kind") == RulingKind.EXTENDED and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", "Choose the new due day.")
        return cleaned


class WithdrawRulingForm(PlainWords, forms.Form):
    why = forms.CharField(
        label="Why it is taken back",
        max_length=300,
        help_text="The leader can read it.",
        error_messages={"required": "Write why, in a few words. The leader can read it."},
    )


class PauseForm(PlainWords, forms.Form):
    starts_on = forms.DateField(
        label="First day of the leave",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Today or a day before. Due days from then on move by the length of the leave.",
    )
    reason = forms.CharField(required=False, max_length=300, help_text="For program staff only.")

    def __init__(self, *args, **kwargs):
        # It stands on one page with RulingForm, which has a reason too.
        super().__init__(*args, **{"auto_id": "pause_%s", **kwargs})
