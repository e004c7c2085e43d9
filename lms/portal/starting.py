"""What an empty database needs before the network can begin, down to the first of the program staff."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from certificates.network.actions import make_standard_designs
from curriculum.actions import make_front_page, make_info_page, open_cms_to_roles
from curriculum.models import FrontPage, InfoPage
from curriculum.shared_actions import make_standard_framework
from feedback.network.actions import make_standard_surveys
from lms import clock
from lms.accounts.actions import grant_network_role, invite, person_with_account, send_invitation_again
from lms.accounts.enums import NetworkRole
from lms.accounts.models import Invitation, User

WORDS = Path(__file__).with_name("start.toml")


class AnotherNetwork(Exception):
    """The database holds a network at another address."""


@transaction.atomic
def start_network(*, staff_email: str, staff_name: str, say: Callable[[str], None]) -> Invitation | None:
    """Make what is missing and `say` what was made; what is there is left alone.

    Returns the open invitation of the staff member, None where they sign in already. Raises AnotherNetwork where
    the site's address is not BASE_URL, and ValidationError for an address or a name that cannot be.
    """
    _refuse_another_network()
    user = person_with_account(email=staff_email, name=staff_name or "Program staff")
    _make_pages(say)
    open_cms_to_roles()
    make_standard_framework()
    say("The framework of competencies is there.")
    make_standard_surveys()
    say("The standard surveys are there.")
    make_standard_designs()
    say("The standard certificate designs are there.")
    grant_network_role(user=user, role=NetworkRole.STAFF)
    say(f"{user.email} is on the program staff.")
    return _invitation(user, say)


def _refuse_another_network() -> None:
    front = FrontPage.objects.first()
    site = Site.objects.filter(is_default_site=True).first()
    if front is None or site is None:
        return
    if site.root_page_id != front.pk or site.hostname != (urlsplit(settings.BASE_URL).hostname or "localhost"):
        raise AnotherNetwork(
            f"This database holds a network at {site.root_url}, and BASE_URL says {settings.BASE_URL}. "
            "Use an empty database, or set BASE_URL to that address."
        )


def _make_pages(say: Callable[[str], None]) -> None:
    words = tomllib.loads(
        WORDS.read_text()
        .replace("NETWORK", settings.NETWORK_NAME)
        .replace("PROGRAM", settings.PROGRAM_NAME)
        .replace("OFFICE", settings.PROGRAM_OFFICE_EMAIL)
    )
    before = FrontPage.objects.count() + InfoPage.objects.count()
    front = make_front_page(**words["front"])
    for page in words["pages"]:
        make_info_page(parent=front, **page)
    made = FrontPage.objects.count() + InfoPage.objects.count() - before
    say(f"Made {made} pages at {settings.BASE_URL}." if made else f"The pages at {settings.BASE_URL} are there.")


def _invitation(user: User, say: Callable[[str], None]) -> Invitation | None:
    if user.has_usable_password():
        say(f"{user.email} signs in already: no invitation is needed.")
        return None
    invitation = invite(user=user, key=f"person:{user.pk}")
    if invitation.expires_at <= clock.now():
        invitation = send_invitation_again(invitation=invitation)
    say(f"An invitation to {user.email} is in the outbox; a worker mails it.")
    return invitation
