"""Nominations and leaders for the tests of this area."""

from cohorts.practice.models import Enrollment, Nomination
from cohorts.practice.nominating import accept_nomination, answer_nomination, nominate
from lms.outbox.models import OutboxRow
from lms.outbox.registry import writers
from lms.practices.schema import enter


def a_nomination(practice, cohort, sponsor, **fields) -> Nomination:
    """A nomination of Dr. Leela Raghunathan, waiting for her answer."""
    return nominate(
        practice=practice,
        cohort=cohort,
        sponsor=sponsor,
        **{
            "name": "Leela Raghunathan",
            "email": "leela@alder.example",
            "credentials": "MD",
            "why": "She runs the infusion suite.",
            "goals": "Lead payor talks.",
            "protected_hours": 4,
            **fields,
        },
    )


def a_confirmed(practice, cohort, sponsor, **fields) -> Nomination:
    """The same, with a yes."""
    return answer_nomination(practice=practice, nomination=a_nomination(practice, cohort, sponsor, **fields), yes=True)


def a_leader(practice, cohort, sponsor, staff, **fields) -> Enrollment:
    """The same, accepted by staff."""
    nomination = a_confirmed(practice, cohort, sponsor, **fields)
    return accept_nomination(practice=practice, nomination=nomination, by=staff)


def mails(*kinds: str) -> list:
    """The letters that the outbox would write now, for rows of `kinds` in the order of their promise."""
    written = []
    for row in OutboxRow.objects.filter(kind__in=kinds).select_related("practice").order_by("created_at"):
        with enter(row.practice):
            written.append(writers[row.kind](row.ids))
    return [letter for letter in written if letter is not None]
