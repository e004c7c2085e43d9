"""Mail backends: the one that libraries meet (it only writes a row) and the demo's folder."""

import datetime as dt
import json
import uuid
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from lms import clock
from lms.outbox.actions import promise


class OutboxBackend(BaseEmailBackend):
    """Puts finished mails of libraries (allauth, the CMS) into the outbox, one row for each recipient."""

    def send_messages(self, email_messages):
        for message in email_messages:
            for address in message.recipients():
                # Links in such mails end after that long, and so does the use of sending it.
                stale = clock.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
                promise(kind="library_mail", ids={}, body=_pack(message, address), expires_at=stale)
        return len(email_messages)


def _pack(message: EmailMessage, address: str) -> str:
    html = next((a[0] for a in getattr(message, "alternatives", []) if a[1] == "text/html"), None)
    return json.dumps({"to": address, "subject": message.subject, "body": message.body, "html": html})


def unpack(body: str) -> EmailMessage:
    """The mail that `OutboxBackend` wrote."""
    words = json.loads(body)
    message = EmailMultiAlternatives(subject=words["subject"], body=words["body"], to=[words["to"]])
    if words["html"]:
        message.attach_alternative(words["html"], "text/html")
    return message


class FolderBackend(BaseEmailBackend):
    """Delivers into a folder, a file per mail named by moment, for the demo's mail page."""

    def send_messages(self, email_messages):
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{uuid.uuid4().hex[:8]}.eml"
            part = folder / f".{name}"
            part.write_bytes(message.message().as_bytes())
            part.rename(folder / name)
        return len(email_messages)
