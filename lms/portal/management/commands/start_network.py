from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from lms.accounts.invitations import token_of
from lms.links import absolute
from lms.portal.starting import AnotherNetwork, start_network


class Command(BaseCommand):
    help = "Make a new network's site, pages and roles in a migrated database, and invite the first of its staff."

    def add_arguments(self, parser):
        parser.add_argument("--staff-email", required=True, help="address of the first of the program staff")
        parser.add_argument("--staff-name", default="", help="their name, which they check when they accept")

    def handle(self, *args, **options):
        try:
            invitation = start_network(
                staff_email=options["staff_email"], staff_name=options["staff_name"], say=self.stdout.write
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except AnotherNetwork as error:
            raise CommandError(str(error)) from error
        if invitation is not None:
            link = absolute(reverse("own_account:invitation", args=[token_of(invitation, invitation.generation)]))
            self.stdout.write(f"Its link, for nobody else, until mail works:\n{link}")
        self.stdout.write(f"{settings.NETWORK_NAME} is ready.")
