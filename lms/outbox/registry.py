"""What each kind of promise means. Apps register theirs in a module named `letters` (mails) or `works`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMessage


class CannotBeDone(Exception):
    """Raised by a worker for what no further try would mend: the row stops at once, and staff read the sentence.

    The sentence says what to do before trying again, and no words about a person.
    """


@dataclass(frozen=True)
class Letter:
    """One mail, in words. `why` says why the person gets it; `person` (in the entered practice) gets a mail line.

    `on_bounce` is called, within the practice, when the mail server refuses the address.
    """

    to: str
    subject: str
    paragraphs: list[str]
    why: str
    button: tuple[str, str] | None = None  # label and absolute link
    person: Any = None
    attachments: list[tuple[str, bytes, str]] = field(default_factory=list)
    on_bounce: Callable[[], None] | None = None


Writer = Callable[[dict], Letter | EmailMessage | None]
Worker = Callable[[dict], None]
writers: dict[str, Writer] = {}
workers: dict[str, Worker] = {}
forgotten: set[str] = set()


def letter(kind: str, *, forget: bool = False) -> Callable[[Writer], Writer]:
    """Register the function that writes the mail of `kind` from the row's ids, within the row's practice.

    It returns None when there is nothing to send any more. With `forget` no mail line is kept and the row
    is deleted once sent (reminders of anonymous surveys).
    """

    def register(function: Writer) -> Writer:
        writers[kind] = function
        if forget:
            forgotten.add(kind)
        return function

    return register


def work(kind: str) -> Callable[[Worker], Worker]:
    """Register the function that does the work of `kind`, in one transaction with the row's end.

    It runs within the row's practice (or on the network, where the row names none) and must be idempotent.
    """

    def register(function: Worker) -> Worker:
        workers[kind] = function
        return function

    return register
