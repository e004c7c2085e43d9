"""Load the demo network into an empty database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.demo.load import load
from lms.practices.models import Practice


class Command(BaseCommand):
    help = "Loads the demo network: 22 practices, two cohorts in mid-program, their leaders, answers and certificates."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demo network goes into the demo alone: these are other settings.")
        if Practice.objects.exists():
            raise CommandError("There is a network already. `make reset` begins afresh.")
        load(say=self.stdout.write)
