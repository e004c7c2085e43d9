from types import SimpleNamespace
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from lms.accounts.enums import DEMO_PASSWORD
from lms.links import absolute


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """There is no open sign-up: an account begins with an invitation. Mail never follows the Host header."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Check the email and the password: one of them is not correct.",
        "enter_current_password": "Enter your present password as it is now.",
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Keep the demo's password out of real use, whatever database was carried over."""
        if credentials.get("password") == DEMO_PASSWORD and not settings.DEMO:
            raise ValidationError("This is the demo’s password. Reset yours to go on.")
        super().pre_authenticate(request, **credentials)

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(path.replace("UID-KEY", quote(key)))

    def send_mail(self, template_prefix, email, context):
        site = SimpleNamespace(
            name=f"{settings.NETWORK_NAME} {settings.PROGRAM_NAME} Program", domain=urlsplit(settings.BASE_URL).netloc
        )
        self.render_mail(template_prefix, email, {**context, "email": email, "current_site": site}).send()
