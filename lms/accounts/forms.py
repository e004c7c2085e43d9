from django import forms

from lms.accounts import enums
from lms.accounts.validators import printable_credentials, printable_name
from lms.ui.forms import PlainWords


class ProfileForm(PlainWords, forms.Form):
    """What a person says about themselves."""

    name = forms.CharField(
        label="Name as printed",
        validators=[printable_name],
        help_text="As it should stand on your certificates.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    credentials = forms.CharField(
        label="Credentials",
        required=False,
        validators=[printable_credentials],
        help_text="Such as MD, FACP. Printed after your name.",
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=enums.US_TIME_ZONES,
        help_text="Session times and due dates are shown in it.",
    )


class AcceptForm(ProfileForm):
    """Accepting an invitation: the first password, and a look at what will be printed."""

    password = forms.CharField(
        label="Choose a password",
        max_length=1_000,
        strip=False,
        help_text="Ten characters or more. A short sentence is easier to keep in mind than a word with signs.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["password", "name", "credentials", "time_zone"]
