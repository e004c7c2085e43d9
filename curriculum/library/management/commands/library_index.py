"""Make the library's index anew, where a restore or an edit past the product left it behind."""

from django.core.management.base import BaseCommand, CommandError

from curriculum.library.indexing import rebuild
from curriculum.library.sources import SOURCES


class Command(BaseCommand):
    help = "Makes the library's index anew, while people search. Interrupted, it says how to go on."

    def add_arguments(self, parser):
        parser.add_argument(
            "--after", nargs=2, metavar=("KIND", "ID"), help="Go on behind this thing, as an earlier run said."
        )

    def handle(self, *args, after, verbosity, **options):
        if after and after[0] not in SOURCES:
            raise CommandError(f"There is no kind “{after[0]}”: choose one of {', '.join(SOURCES)}.")
        for kind, done, total, last in rebuild(after=tuple(after) if after else None):
            if verbosity:
                self.stdout.write(f"{kind}: {done} of {total} (to go on from here: --after {kind} {last})")
        if verbosity:
            self.stdout.write("The index is made.")
