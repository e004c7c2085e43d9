"""What the renderer needs about one award: the statement, and the practice's brand."""

import datetime as dt
import mimetypes

from django.conf import settings
from django.urls import reverse

from certificates.network.models import Design
from certificates.practice.wording import award_title, cohort_words, counted_lines, number_word
from certificates.rendering import Brand, Statement, missing_letters
from cohorts.practice.models import Enrollment
from lms.links import absolute
from lms.practices.models import Practice

# What a person can mend, in the words of the account page and the brand page.
_PRINTED = {
    "name": "the name as printed",
    "credentials": "the credentials",
    "award_title": "the award's title",
    "practice_name": "the practice's name",
    "practice_city": "the practice's city",
    "cohort_name": "the cohort's name",
}


def statement_for(
    *,
    enrollment: Enrollment,
    practice: Practice,
    design: Design,
    year: int | None,
    counted: list[dict],
    number: str,
    issued_on: dt.date,
) -> Statement:
    """What the certificate says, as names and titles stand now. ValueError with a sentence if it cannot be printed."""
    user, cohort = enrollment.person.user, enrollment.cohort
    statement = Statement(
        name=user.name,
        credentials=user.credentials,
        award_title=award_title(design.title, program=cohort.program.title, year=year),
        program_title=cohort.program.title,
        year_label=f"Year {number_word(year)}" if year else "",
        network_name=f"{settings.NETWORK_NAME} network",
        practice_name=practice.name,
        practice_city=practice.city,
        practice_state=practice.get_state_display(),
        cohort_name=cohort_words(cohort.name),
        issued_on=issued_on,
        counted=counted_lines(counted),
        number=number,
        verify_url=absolute(reverse("certificates_network:verify", kwargs={"number": number})),
        signatories=tuple((name, title) for name, title in design.signatories),
    )
    _check_letters(statement)
    return statement


def _check_letters(statement: Statement) -> None:
    for field, words in _PRINTED.items():
        if missing := missing_letters(getattr(statement, field)):
            raise ValueError(
                f"No font here can draw U+{ord(missing[0]):04X} of {words}. Have it written in Latin, Greek or "
                "Cyrillic letters, then try again."
            )
    rest = [*statement.counted, *(word for pair in statement.signatories for word in pair)]
    if missing := missing_letters(" ".join(rest)):
        raise ValueError(f"No font here can draw U+{ord(missing[0]):04X} of what counted or of the signatories.")


def brand_of(practice: Practice) -> Brand:
    """The practice's color, and its logo if it has one. ValueError with a sentence if either cannot be used."""
    if not practice.logo:
        return Brand(accent=practice.accent)
    try:
        with practice.logo.open("rb") as file:
            logo = file.read()
    except OSError as error:
        raise ValueError("The practice's logo is gone. Upload it again, then try again.") from error
    return Brand(accent=practice.accent, logo=logo, logo_type=mimetypes.guess_type(str(practice.logo))[0] or "")
