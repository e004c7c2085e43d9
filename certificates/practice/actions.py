import logging
import uuid
from typing import cast

from django.db import transaction

from certificates import numbers
from certificates.network.enums import AwardKind
from certificates.network.models import Design, Registry
from certificates.practice import files
from certificates.practice.drawing import brand_of, statement_for
from certificates.practice.models import Certificate
from certificates.rendering import render_pdf
from certificates.rendering.pdf import Page
from cohorts.practice.models import Enrollment, YearCompletion
from lms import clock
from lms.accounts.models import User
from lms.outbox.actions import promise
from lms.outbox.registry import CannotBeDone
from lms.practices.schema import current_practice

log = logging.getLogger(__name__)


@transaction.atomic
def promise_certificates(*, year_completion: YearCompletion) -> None:
    """Promise the year's certificate, and the program's once every year is complete. Again changes nothing."""
    enrollment = year_completion.enrollment
    awards: list[tuple[AwardKind, int | None]] = [(AwardKind.YEAR, year_completion.year)]
    if len(_standing(enrollment)) >= enrollment.cohort.years:
        awards.append((AwardKind.PROGRAM, None))
    for kind, year in awards:
        # A year that was taken back and is completed again is a promise of its own. Whether it makes a
        # certificate is decided by the award, of which one can stand.
        subject = subject_of(enrollment, year)
        key = f"certificate:{enrollment.person.user_id}:{kind}:{subject}:{year_completion.pk}"
        ids = {"enrollment": str(enrollment.pk), "kind": str(kind), "year": year}
        promise(kind="issue_certificate", practice=current_practice(), ids=ids, key=key)


def subject_of(enrollment: Enrollment, year: int | None) -> str:
    """What the award is for: the cohort, and the year where it is for one."""
    cohort = str(enrollment.nomination.cohort_id)
    return f"{cohort}:{year}" if year else cohort


@transaction.atomic
def issue(*, enrollment_id: uuid.UUID | str, kind: AwardKind | str, year: int | None) -> Certificate | None:
    """Issue the award's certificate: number, PDF, registry entry, and mail to the leader, exactly once.

    None if a year it is for has been taken back meanwhile. An award that has a standing certificate keeps it.
    Raises CannotBeDone with a sentence if a person has to mend something first.
    """
    kind = AwardKind(kind)
    # The lock lets one worker at a time issue for a leader; the registry's unique award holds even without it.
    enrollment = (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("person__user", "nomination__cohort__program")
        .filter(pk=enrollment_id)
        .first()
    )
    if enrollment is None:
        log.warning("No enrollment %s to issue a certificate for.", enrollment_id)
        return None
    standing = _standing(enrollment)
    wanted = {year} if year else set(range(1, enrollment.cohort.years + 1))
    if not wanted <= standing.keys():
        log.info("A year of enrollment %s was taken back before its certificate was issued.", enrollment_id)
        return None
    user, subject = enrollment.person.user, subject_of(enrollment, year)
    award = Registry.objects.filter(
        user_id=user.pk, kind=kind, subject=subject, superseded_by=None, revoked_on=None
    ).first()
    if award is not None:
        return Certificate.objects.filter(registry=award).first()
    counted = [entry for one in sorted(wanted) for entry in standing[one].counted]
    return _issue(enrollment, kind, year, counted, clock.today(user.time_zone))


def _issue(enrollment, kind, year, counted, issued_on) -> Certificate:
    practice, number = current_practice(), numbers.new_number()
    try:
        design = Design.objects.get(kind=kind)
        statement = statement_for(
            enrollment=enrollment,
            practice=practice,
            design=design,
            year=year,
            counted=counted,
            number=number,
            issued_on=issued_on,
        )
        pdf = render_pdf(statement, brand_of(practice), page=cast(Page, design.page_size))
    except Design.DoesNotExist as error:
        raise CannotBeDone("There is no design for this kind of certificate. Make the standard designs.") from error
    except ValueError as error:
        raise CannotBeDone(str(error)) from error
    name, digest = files.store(pdf)
    entry = Registry.objects.create(
        number=number,
        user_id=enrollment.person.user_id,
        kind=kind,
        subject=subject_of(enrollment, year),
        practice=practice,
        statement=statement.as_json(),
        sha256=digest,
        issued_on=issued_on,
    )
    certificate = Certificate.objects.create(
        pk=entry.pk,
        person=enrollment.person,
        enrollment=enrollment,
        year=year,
        design=design,
        registry=entry,
        title=statement.award_title,
        file=name,
        issued_at=clock.now(),
    )
    promise(
        kind="certificate_ready",
        practice=practice,
        ids={"certificate": str(certificate.pk)},
        key=f"certificate_ready:{certificate.pk}",
    )
    return certificate


@transaction.atomic
def keep(*, certificate: Certificate, by: User) -> None:
    """Let the certificate stand though its year was taken back. The question comes again if that happens again."""
    certificate.kept_at, certificate.kept_by_name = clock.now(), by.name
    certificate.save(update_fields=["kept_at", "kept_by_name"])


def _standing(enrollment: Enrollment) -> dict[int, YearCompletion]:
    return {completion.year: completion for completion in enrollment.year_completions.filter(withdrawn_at=None)}
