"""A letter as a mail: plain text and HTML from the same words."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

from lms.outbox.models import OutboxRow
from lms.outbox.registry import Letter


def message_for(written: Letter | EmailMessage, row: OutboxRow) -> EmailMessage:
    """The message to send, with a Message-ID that stays the same however often it is tried."""
    if isinstance(written, Letter):
        context = {
            "letter": written,
            "network_name": settings.NETWORK_NAME,
            "program_name": settings.PROGRAM_NAME,
        }
        letter = EmailMultiAlternatives(
            subject=" ".join(written.subject.split()),
            body=render_to_string("mail/letter.txt", context),
            to=[written.to],
        )
        letter.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
        for name, content, kind in written.attachments:
            letter.attach(name, content, kind)
        message: EmailMessage = letter
    else:
        message = written
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message.extra_headers["Message-ID"] = f"<{row.pk}@{domain}>"
    return message
