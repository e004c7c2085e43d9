"""Reading the demo's mail folder."""

import re
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[0-9T.]+-[0-9a-f]{8}\.eml")


@dataclass(frozen=True)
class FolderMail:
    """One delivered mail: its file's name, the headers that are shown, its text."""

    name: str
    to: str
    subject: str
    sent: str
    text: str = ""


def newest(limit: int, *, skip: int = 0) -> tuple[list[FolderMail], bool]:
    """Up to `limit` mails, the newest first, and whether there are more."""
    folder = Path(settings.MAIL_FOLDER)
    names = sorted((path.name for path in folder.glob("*.eml") if NAME.fullmatch(path.name)), reverse=True)
    return [_read(folder / name) for name in names[skip : skip + limit]], len(names) > skip + limit


def one(name: str) -> FolderMail | None:
    """The mail of that file name, None where there is none."""
    path = Path(settings.MAIL_FOLDER) / name
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    return _read(path)


def _read(path: Path) -> FolderMail:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = message.get_body(("plain",))
    return FolderMail(
        name=path.name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent=str(message["Date"]),
        text=body.get_content() if body else "",
    )
