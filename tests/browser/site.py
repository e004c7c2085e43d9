"""The live site of one test module: its processes, its clock, its mail."""

import datetime as dt
import re
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from lms import clock
from lms.celery import app as celery_app
from lms.outbox.mail_folder import FolderMail, newest
from tests.live import Processes, shift_clock, wait_for


@dataclass
class Site:
    """What the tests of a module share. Its database is also this process's own."""

    address: str
    processes: Processes
    folder: Path

    def go_to(self, moment: dt.datetime) -> None:
        """Let it be `moment` (aware) in every process."""
        shift_clock(settings, moment.timestamp() - time.time())

    def later(self, **delta) -> None:
        """Move the clock on by a timedelta."""
        self.go_to(clock.now() + dt.timedelta(**delta))

    def task(self, name: str) -> None:
        """Hand a task to the real worker, as beat would."""
        with celery_app.connection_for_write(url=settings.CELERY_BROKER_URL) as broker:
            celery_app.send_task(name, connection=broker)

    def mail(self, to: str, subject: str) -> FolderMail:
        """The newest mail to `to` whose subject contains `subject`, waited for."""
        self.task("lms.outbox.tasks.relay")

        def found():
            mails, _ = newest(200)
            return next((mail for mail in mails if to in mail.to and subject in mail.subject), None)

        return wait_for(found, 30, f"a mail to {to} about {subject}")

    def link(self, to: str, subject: str) -> str:
        """The first link of that mail: its button's."""
        text = self.mail(to, subject).text
        found = re.search(re.escape(self.address) + r"/\S+", text)
        assert found, text
        return found[0]
