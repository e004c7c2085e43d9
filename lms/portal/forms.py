from django import forms

from lms.accounts.enums import NetworkRole
from lms.accounts.validators import LONGEST_CREDENTIALS, printable_credentials, printable_name
from lms.practices.enums import PracticeRole
from lms.practices.models import Practice
from lms.ui.forms import PlainWords


class AddressForm(PlainWords, forms.Form):
    email = forms.EmailField(label="Email address", max_length=254)


class RoleForm(PlainWords, forms.Form):
    """A network role to give; those in `held` are not offered again."""

    def __init__(self, *args, held: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        offered = [choice for choice in NetworkRole.choices if choice[0] not in held]
        # None stands chosen: a slip of the finger must not make somebody program staff.
        choices = [("", "Choose a role"), *offered] if offered else []
        self.fields["role"] = forms.ChoiceField(label="Role in the network", choices=choices)


class PersonForm(PlainWords, forms.Form):
    """Somebody to invite, with one role; more roles are given on the person's page."""

    name = forms.CharField(label="Name", max_length=150, validators=[printable_name])
    credentials = forms.CharField(
        label="Credentials",
        max_length=LONGEST_CREDENTIALS,
        required=False,
        validators=[printable_credentials],
        help_text="Such as MD, FACP.",
    )
    email = forms.EmailField(label="Email address", max_length=254)
    role = forms.ChoiceField(
        label="Role",
        choices=[
            ("", "Choose a role"),
            ("In the network", NetworkRole.choices),
            ("In a practice", PracticeRole.choices),
        ],
    )
    practice = forms.ModelChoiceField(
        Practice.objects.all(),
        label="Practice",
        to_field_name="slug",
        required=False,
        help_text="For a role in a practice.",
        empty_label="None",
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        in_practice = cleaned.get("role") in PracticeRole.values
        if in_practice and "practice" in cleaned and cleaned["practice"] is None:
            self.add_error("practice", "Choose the practice in which the person holds this role.")
        if not in_practice:
            cleaned["practice"] = None
        return cleaned
