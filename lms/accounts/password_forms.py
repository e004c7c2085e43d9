"""allauth's password forms in the product's words: sentence case, and no placeholder that repeats the label."""

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm

LABELS = {"oldpassword": "Present password", "password1": "New password", "password2": "New password, once more"}


class _OwnWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].widget.attrs.pop("placeholder", None)


class OwnChangePasswordForm(_OwnWords, ChangePasswordForm):
    """Change the password while signed in."""


class OwnResetPasswordKeyForm(_OwnWords, ResetPasswordKeyForm):
    """Choose one by the link of a mail."""
