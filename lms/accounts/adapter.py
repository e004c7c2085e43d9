from types import SimpleNamespace
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from lms.links import absolute


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """There is no open sign-up: an account begins with an invitation. Mail never follows the Host header."""

    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(path.replace("UID-KEY", quote(key)))

    def send_mail(self, template_prefix, email, context):
        site = SimpleNamespace(
            name=f"{settings.NETWORK_NAME} {settings.PROGRAM_NAME} Program", domain=urlsplit(settings.BASE_URL).netloc
        )
        self.render_mail(template_prefix, email, {**context, "email": email, "current_site": site}).send()
