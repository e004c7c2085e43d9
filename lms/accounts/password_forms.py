"""allauth's password forms in the product's words: sentence case, and no placeholder that repeats the label."""

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms

LABELS = {"oldpassword": "Present password", "password1": "New password", "password2": "New password, once more"}


def _say_it_our_way(form: forms.Form) -> None:
    for name, label in LABELS.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)


class OwnChangePasswordForm(ChangePasswordForm):
    """Change the password while signed in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_it_our_way(self)


class OwnResetPasswordKeyForm(ResetPasswordKeyForm):
    """Choose one by the link of a mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_it_our_way(self)
