import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from certificates.network.enums import AwardKind, RevocationReason
from certificates.network.models import Design, Registry
from certificates.rendering.statement import MOST_SIGNATORIES

STANDARD_TITLES = {
    AwardKind.YEAR: "{program}, year {year}",
    AwardKind.PROGRAM: "{program}",
}


@transaction.atomic
def make_standard_designs(*, signatories: Sequence[tuple[str, str]] | None = None) -> list[Design]:
    """One design for each kind of award, made where it is missing; an existing one keeps its words.

    `signatories`, (name, title) each and three at most, are set on all designs; None leaves them as they are.
    """
    if signatories is not None and len(signatories) > MOST_SIGNATORIES:
        raise ValueError(f"Choose {MOST_SIGNATORIES} signatories or fewer.")
    designs = []
    for kind, title in STANDARD_TITLES.items():
        design, _made = Design.objects.get_or_create(kind=kind, defaults={"title": title})
        if signatories is not None:
            design.signatories = [list(pair) for pair in signatories]
            design.save(update_fields=["signatories"])
        designs.append(design)
    return designs


@transaction.atomic
def revoke_entry(*, entry: Registry, reason: RevocationReason | str, on: dt.date) -> bool:
    """Take a certificate back for good, from the day `on`; says whether it was still standing.

    Again changes nothing: the first day and reason hold.
    """
    changed = Registry.objects.filter(pk=entry.pk, revoked_on=None).update(
        revoked_on=on, revoked_reason=RevocationReason(reason)
    )
    entry.refresh_from_db()
    return bool(changed)
