import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from certificates import numbers
from certificates.network.enums import RegistryState
from certificates.network.models import Registry
from certificates.network.states import in_state
from lms.practices.across import read_across

# Tables without {s} are the network's. A certificate of the program hangs on every year of it.
_TAKEN_BACK = """
SELECT DISTINCT ON (c.id) c.id, y.year, y.withdrawn_at, y.withdrawn_by, y.withdrawn_why
FROM {s}.certificates_practice_certificate c
JOIN certificates_network_registry r ON r.id = c.registry_id
JOIN {s}.cohorts_practice_yearcompletion y ON y.enrollment_id = c.enrollment_id AND y.year = coalesce(c.year, y.year)
WHERE y.withdrawn_at IS NOT NULL
    AND r.revoked_on IS NULL AND r.superseded_by_id IS NULL
    AND (c.kept_at IS NULL OR c.kept_at < y.withdrawn_at)
    AND NOT EXISTS (
        SELECT 1 FROM {s}.cohorts_practice_yearcompletion again
        WHERE again.enrollment_id = y.enrollment_id AND again.year = y.year AND again.withdrawn_at IS NULL)
ORDER BY c.id, y.withdrawn_at DESC"""


@dataclass(frozen=True)
class TakenBack:
    """A certificate that stands although a year it is for was taken back."""

    entry: Registry
    year: int
    withdrawn_at: dt.datetime
    withdrawn_by: str
    withdrawn_why: str


def taken_back() -> list[TakenBack]:
    """The certificates about which staff are asked, newest first. One statement per 50 practices, and one."""
    rows = {row.pop("id"): row for row in read_across(_TAKEN_BACK)}
    entries = Registry.objects.select_related("practice").filter(pk__in=rows.keys())
    found = [TakenBack(entry=entry, **rows[entry.pk]) for entry in entries]
    return sorted(found, key=lambda one: one.withdrawn_at, reverse=True)


def search(words: str = "", state: RegistryState | str = "") -> QuerySet[Registry]:
    """Entries whose printed name or number holds `words`, in `state` if one is given."""
    entries = Registry.objects.select_related("practice", "superseded_by").order_by("-issued_on", "number")
    if state:
        entries = entries.filter(in_state(state))
    words = words.strip()
    if words:
        number = numbers.parse(words) or words.upper()
        entries = entries.filter(Q(statement__name__icontains=words) | Q(number__contains=number))
    return entries
