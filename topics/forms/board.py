"""What the advisory group and program staff fill in at the board."""

import datetime as dt
from typing import cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from cohorts.network.models import Cohort
from curriculum.models import ProgramPage
from lms import clock
from lms.accounts.enums import US_TIME_ZONES
from lms.ui.forms import PlainWords
from topics.conferring import FIELDS
from topics.enums import Destination, Mark, Scope
from topics.models import Conference

CRITERIA_HELP = {
    "relevance": "Does it matter to physicians of the network now?",
    "evidence": "Does what is known carry it?",
    "reach": "How many practices will use it?",
}


class ScoreForm(PlainWords, forms.Form):
    """Three scores from 1 to 5."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, help_text in CRITERIA_HELP.items():
            self.fields[name] = forms.TypedChoiceField(
                choices=Mark.choices,
                coerce=int,
                widget=forms.RadioSelect,
                help_text=f"{help_text} 1 is little, 5 is much.",
                error_messages={"required": f"Choose one from 1 to 5: {name.capitalize()}"},
            )


class ConflictForm(PlainWords, forms.Form):
    why = forms.CharField(
        label="What your stake is",
        max_length=300,
        help_text="Such as a fee, a study of yours, or the same practice. The group reads it.",
    )


class CommentForm(PlainWords, forms.Form):
    text = forms.CharField(label="Your word", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DeclineForm(PlainWords, forms.Form):
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The proposer reads it, on the page and by mail.",
        error_messages={"required": "Say why: the proposer reads it."},
    )


class PlaceForm(PlainWords, forms.Form):
    conference = forms.ModelChoiceField(Conference.objects.none(), empty_label="Choose a conference")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A day early, since each conference ends in a zone of its own; the action looks at that.
        coming = Conference.objects.filter(ends_on__gte=clock.now().date()).order_by("starts_on")
        cast(forms.ModelChoiceField, self.fields["conference"]).queryset = coming


class SessionForm(PlainWords, forms.Form):
    cohort = forms.ModelChoiceField(Cohort.objects.none(), empty_label="Choose a cohort")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["cohort"]).queryset = Cohort.objects.all()


class ModuleForm(PlainWords, forms.Form):
    program = forms.ModelChoiceField(ProgramPage.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["program"]).queryset = ProgramPage.objects.live().order_by("title")


class SpeakerForm(PlainWords, forms.Form):
    name = forms.CharField(max_length=150)
    email = forms.EmailField(max_length=254)


class DayField(forms.DateField):
    """A day of this century."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2100, 12, 31))],
            error_messages={"min_value": "Choose a day from 2000 on.", "max_value": "Choose a day before 2101."},
            **kwargs,
        )


class ConferenceForm(PlainWords, forms.Form):
    name = forms.CharField(max_length=120, help_text="With its year, such as Mountain States Meeting 2027.")
    scope = forms.ChoiceField(label="For", choices=Scope, widget=forms.RadioSelect)
    place = forms.CharField(max_length=120, help_text="Venue and city, or city alone.")
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")
    time_zone = forms.ChoiceField(choices=US_TIME_ZONES, initial="America/Chicago")
    audience = forms.CharField(max_length=200, required=False)

    def __init__(self, *args, conference: Conference | None = None, **kwargs):
        if conference is not None:
            kwargs["initial"] = {name: getattr(conference, name) for name in FIELDS}
        super().__init__(*args, **kwargs)


class BoardFilter(forms.Form):
    """What the board is narrowed to. Anything that is no choice is left out of account."""

    q = forms.CharField(label="Words", max_length=100, required=False)
    destination = forms.ChoiceField(label="Meant for", choices=[("", "All"), *Destination.choices], required=False)
    conference = forms.ModelChoiceField(Conference.objects.all(), required=False, empty_label="Any")
    only = forms.ChoiceField(
        label="Show", choices=[("", "Every topic"), ("to_score", "What I have not scored")], required=False
    )
