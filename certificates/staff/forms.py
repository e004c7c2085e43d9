from django import forms

from certificates.network.enums import RegistryState, RevocationReason
from lms.ui.forms import PlainWords

# What can be asked of the database; see certificates.network.states.in_state.
_STATES = [(state.value, state.label) for state in RegistryState if state != RegistryState.UNKNOWN]


class SearchForm(PlainWords, forms.Form):
    q = forms.CharField(label="Name or number", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *_STATES])


class RevokeForm(PlainWords, forms.Form):
    reason = forms.ChoiceField(
        label="Reason, shown on the verification page",
        choices=RevocationReason,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note for program staff",
        help_text="Never shown outside program staff.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
