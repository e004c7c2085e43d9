"""The mail that begins an account. It is written here, where a practice's history of mail is known."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from lms.accounts.invitations import token_of
from lms.accounts.models import Invitation
from lms.links import absolute
from lms.outbox.registry import Letter, letter
from lms.people.actions import person_for
from lms.practices.schema import practice_or_none
from lms.ui.dates import day


@letter("invitation")
def invitation(ids: dict) -> Letter | None:
    """Dropped once accepted, replaced by a newer one, or where access was ended."""
    row = Invitation.objects.select_related("user").filter(pk=ids["invitation"]).first()
    if row is None or not row.is_open(ids["generation"]) or not row.user.is_active:
        return None
    user = row.user
    last_day = row.expires_at.astimezone(ZoneInfo(user.time_zone)).date()
    link = absolute(reverse("own_account:invitation", args=[token_of(row, row.generation)]))
    program = f"{settings.NETWORK_NAME} {settings.PROGRAM_NAME} Program"
    if user.has_usable_password():
        way = "You have an account already: open the link, sign in as always, and you are there."
        button = "Open your place"
    else:
        way = "Open the link, choose a password, and check your name as it should be printed."
        button = "Accept the invitation"
    return Letter(
        to=user.email,
        subject=f"Your invitation to the {settings.PROGRAM_NAME} Program",
        paragraphs=[
            f"Welcome, {user.name}. You are invited to the {program}.",
            way,
            f"The link is yours alone and works until {day(last_day)}.",
        ],
        why="You get this mail because the program has made a place for you.",
        button=(button, link),
        person=person_for(user=user) if practice_or_none() else None,
    )
