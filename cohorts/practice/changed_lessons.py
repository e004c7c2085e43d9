"""A lesson changed in substance after leaders completed it: who is told, and what they have looked at since."""

import uuid

from django.db import transaction

from cohorts.practice.enums import EnrollmentState
from cohorts.practice.models import Completion, PageRecord
from curriculum.models import SubstantialChange
from lms import clock
from lms.outbox.actions import promise
from lms.practices.across import read_across
from lms.practices.models import Practice

TELL = "tell_of_change"
TOLD = "lesson_changed"

_COMPLETED = """
SELECT {practice} AS practice_id, c.id FROM {s}.cohorts_practice_completion c
JOIN {s}.cohorts_practice_pagerecord r ON r.id = c.record_id
WHERE r.page_id = {page} AND c.withdrawn_at IS NULL AND c.completed_at < {at}
    AND c.revision_id IS DISTINCT FROM {revision}
    AND EXISTS (SELECT 1 FROM {s}.cohorts_practice_enrollment e
        WHERE e.person_id = r.person_id AND e.state <> {withdrawn})"""


@transaction.atomic
def tell_of_change(*, change: SubstantialChange) -> None:
    """Promise one mail to everybody who completed the lesson before `change`. Again promises nothing more."""
    practices = {practice.pk: practice for practice in Practice.objects.all()}
    rows = read_across(
        _COMPLETED,
        practices=practices.values(),
        page=change.page_id,
        at=change.at,
        revision=change.revision_id,
        withdrawn=EnrollmentState.WITHDRAWN.value,
    )
    for row in rows:
        promise(
            kind=TOLD,
            ids={"change": str(change.pk), "completion": str(row["id"])},
            practice=practices[row["practice_id"]],
            key=f"lesson-changed:{change.pk}:{row['id']}",
        )


def standing_completion(record: PageRecord) -> Completion | None:
    return record.completions.filter(withdrawn_at=None).first()


def unseen_changes(completion: Completion, page_id: int) -> list[SubstantialChange]:
    """The substantial changes of the lesson since the leader completed it, or looked at it again; oldest first."""
    seen = max(completion.completed_at, completion.looked_at or completion.completed_at)
    later = SubstantialChange.objects.filter(page=page_id, at__gt=seen)
    return [change for change in later if change.revision_id != completion.revision_id]


@transaction.atomic
def look_at_changes(*, record: PageRecord, change_id: uuid.UUID) -> bool:
    """The leader has looked at the changes up to the one that they were shown. The completion keeps its revision.

    False where there was none such, or a later one came meanwhile: that has to be shown first.
    """
    completion = record.completions.select_for_update().filter(withdrawn_at=None).first()
    changes = unseen_changes(completion, record.page_id) if completion else []
    if completion is None or not changes or changes[-1].pk != change_id:
        return False
    completion.looked_at = clock.now()
    completion.save(update_fields=["looked_at"])
    return True
