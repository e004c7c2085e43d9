from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from cohorts.network.models import Cohort
from cohorts.practice.models import Nomination
from lms.ui.forms import PlainWords

MOST_HOURS = 160  # a month of full-time work


class NominationForm(PlainWords, forms.ModelForm):
    """What a practice says about a physician, and promises. `cohorts` are those open for nominations."""

    protected_hours = forms.IntegerField(
        label="Protected hours a month",
        min_value=1,
        max_value=MOST_HOURS,
        initial=4,
        help_text="Four a month is usual.",
    )
    agrees = forms.BooleanField(
        label="The practice keeps these hours free of clinic, covers in-person dates, and I meet the leader every "
        "quarter",
        error_messages={"required": "The practice has to agree before it can nominate."},
    )

    class Meta:
        model = Nomination
        fields = ["cohort", "name", "credentials", "email", "why", "protected_hours", "goals"]
        help_texts = {
            "name": "As it should be printed on certificates.",
            "credentials": "Such as MD, FACP.",
            "email": "The work address. The invitation goes there.",
            "why": "Two or three sentences. The physician reads them.",
            "goals": "What would make this a success for the practice in two years?",
        }
        widgets = {
            "why": forms.Textarea(attrs={"rows": 4}),
            "goals": forms.Textarea(attrs={"rows": 3}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {"email": {"invalid": "Enter an email address, such as name@practice.com."}}

    def __init__(self, *args, cohorts: list[Cohort], **kwargs):
        super().__init__(*args, **kwargs)
        chosen = cast(forms.ModelChoiceField, self.fields["cohort"])
        chosen.queryset = Cohort.objects.filter(pk__in=[cohort.pk for cohort in cohorts])
        chosen.empty_label = None if len(cohorts) == 1 else "Choose a cohort"
        self.order_fields(["cohort", "name", "credentials", "email", "why", "protected_hours", "goals", "agrees"])

    def values(self) -> dict:
        """What `nominate` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agrees"}


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an action refused: beside its field where the form has it, otherwise above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
