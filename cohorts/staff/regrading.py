"""After a key is mended: which attempts would come out differently, and grading them again once that is confirmed.

Comparing happens after publishing, in a worker; grading again is promised practice by practice, each in one
transaction, so that it can be taken up where it stopped. Completions are never touched.
"""

import json
import uuid
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from cohorts.network.enums import KeyChangeState
from cohorts.network.models import KeyChange
from cohorts.practice.models import Attempt, PageRecord, Regrading
from curriculum.checking import Check, Graded, check_of, checks_of, grade_again, key_of
from curriculum.models import LessonPage
from lms import clock
from lms.outbox.actions import promise
from lms.outbox.models import OutboxRow
from lms.practices.across import read_across
from lms.practices.models import Practice

COMPARE, REGRADE = "compare_keys", "regrade_attempts"

_ATTEMPTS = """
SELECT {practice} AS practice_id, a.id AS attempt_id, a.number, a.items::text AS items, a.at, u.name,
    coalesce(g.passed, a.passed) AS passed, coalesce(g.score, a.score) AS score
FROM {s}.cohorts_practice_attempt a
JOIN {s}.cohorts_practice_pagerecord r ON r.id = a.record_id
JOIN {s}.people_person p ON p.id = r.person_id
JOIN accounts_user u ON u.id = p.user_id
LEFT JOIN LATERAL (
    SELECT passed, score FROM {s}.cohorts_practice_regrading
    WHERE attempt_id = a.id ORDER BY at DESC, id DESC LIMIT 1
) g ON true
WHERE r.page_id = {page} AND a.check_id = {check}"""


@dataclass(frozen=True)
class Difference:
    """One attempt that a key would change: whose it is, and how it stands and would stand."""

    practice: Practice
    name: str
    number: int
    total: int
    passed: bool
    score: Decimal
    would_pass: bool
    would_score: Decimal

    @property
    def before(self) -> str:
        return self._in_words(self.passed, self.score)

    @property
    def after(self) -> str:
        return self._in_words(self.would_pass, self.would_score)

    def _in_words(self, passed: bool, score: Decimal) -> str:
        return f"{'Passed' if passed else 'Not passed'}, {score.normalize():f} of {self.total}"


@dataclass(frozen=True)
class Comparison:
    """What a key would change, and how many attempts were asked in other words."""

    differences: list[Difference]
    asked_otherwise: int

    @property
    def would_pass(self) -> int:
        return sum(row.would_pass and not row.passed for row in self.differences)

    @property
    def would_not_pass(self) -> int:
        return sum(row.passed and not row.would_pass for row in self.differences)


def compare(*, page_id: int, check: Check) -> Comparison:
    """Every attempt at `check` in all practices against its key, by practice and name. Nothing is written."""
    practices = {practice.pk: practice for practice in Practice.objects.all()}
    rows = read_across(_ATTEMPTS, practices=practices.values(), page=page_id, check=uuid.UUID(check.id))
    differences, otherwise = [], 0
    for row in rows:
        items = json.loads(row["items"])
        graded = grade_again(items, check)
        if graded is None:
            otherwise += 1
        elif _differs(graded, row["passed"], row["score"]):
            differences.append(
                Difference(
                    practice=practices[row["practice_id"]],
                    name=row["name"],
                    number=row["number"],
                    total=len(items),
                    passed=row["passed"],
                    score=row["score"],
                    would_pass=graded.passed,
                    would_score=graded.score,
                )
            )
    differences.sort(key=lambda row: (row.practice.name, row.name, row.number))
    return Comparison(differences, otherwise)


def _differs(graded: Graded, passed: bool, score: Decimal) -> bool:
    return (graded.passed, graded.score) != (passed, score)


@transaction.atomic
def note_mended_keys(*, page_id: int) -> list[KeyChange]:
    """Compare the live lesson's checks with their attempts: one open change for each check where they differ.

    A change that is open follows the newest key, and is moot once nothing differs or the check is gone.
    """
    lesson = LessonPage.objects.live().filter(pk=page_id).first()
    # Two publications at once take turns, and the later one sees the newest key.
    held = {str(change.check_id): change for change in _open(page_id).select_for_update()}
    noted = []
    for check in checks_of(lesson) if lesson else []:
        found = compare(page_id=page_id, check=check)
        before = held.pop(check.id, None)
        if found.differences:
            noted.append(_noted(lesson, check, found, before))
        elif before:
            _end(before, KeyChangeState.MOOT)
    for change in held.values():
        _end(change, KeyChangeState.MOOT)
    return noted


def _open(page_id: int):
    return KeyChange.objects.filter(page=page_id, state=KeyChangeState.OPEN)


def _noted(lesson: LessonPage, check: Check, found: Comparison, before: KeyChange | None) -> KeyChange:
    # Staff who left it as graded are not asked again about the very same key.
    key = key_of(check)
    left = KeyChange.objects.filter(page=lesson.pk, check_id=check.id).exclude(state=KeyChangeState.OPEN).first()
    change = before or KeyChange(page_id=lesson.pk, check_id=check.id)
    if before is None and left and left.state == KeyChangeState.LEFT and left.key == key:
        return left
    change.check_title = check.title
    change.revision_id = lesson.live_revision_id
    change.key = key
    change.noticed_at = clock.now()
    change.attempts = len(found.differences)
    change.would_pass = found.would_pass
    change.would_not_pass = found.would_not_pass
    change.asked_otherwise = found.asked_otherwise
    change.save()
    return change


@transaction.atomic
def confirm_key_change(*, change: KeyChange, revision_id: int | None, by) -> KeyChange:
    """Promise that the attempts are graded again by the key that `by`, a user of program staff, has looked at.

    Decided changes stay as they are. Raises ValidationError, in words, if another key was published since
    `revision_id` was shown.
    """
    held = KeyChange.objects.select_for_update().get(pk=change.pk)
    if held.state != KeyChangeState.OPEN:
        return held
    _refuse_another(held, revision_id)
    found = compare(page_id=held.page_id, check=check_of(held.key))
    for practice in {row.practice.pk: row.practice for row in found.differences}.values():
        promise(kind=REGRADE, ids={"change": str(held.pk)}, practice=practice, key=f"{_key(held)}{practice.pk}")
    return _end(held, KeyChangeState.CONFIRMED, by)


@transaction.atomic
def leave_key_change(*, change: KeyChange, revision_id: int | None, by) -> KeyChange:
    """Leave the attempts as they were graded. Raises as confirm_key_change does."""
    held = KeyChange.objects.select_for_update().get(pk=change.pk)
    if held.state != KeyChangeState.OPEN:
        return held
    _refuse_another(held, revision_id)
    return _end(held, KeyChangeState.LEFT, by)


def _refuse_another(held: KeyChange, revision_id: int | None) -> None:
    if held.revision_id != revision_id:
        raise ValidationError(
            "The key was changed once more since you opened this page, so nothing was decided. Look at the new "
            "figures, and decide again.",
            code="changed",
        )


def _end(change: KeyChange, state: KeyChangeState, by=None) -> KeyChange:
    change.state, change.decided_at = state, clock.now()
    change.decided_by_id, change.decided_by_name = (by.pk, by.name) if by else (None, "")
    change.save(update_fields=["state", "decided_at", "decided_by_id", "decided_by_name"])
    return change


@transaction.atomic
def regrade_practice(*, change: KeyChange) -> int:
    """Grade the entered practice's attempts again by a confirmed change's key; says how many changed.

    Each outcome is stored beside the attempt, with what stood before. Repeating changes nothing.
    """
    check, changed = check_of(change.key), 0
    # Locked as submit_check locks them: an attempt that is being sent comes before or after, never in between.
    records = PageRecord.objects.select_for_update(of=("self",)).filter(
        page=change.page_id, attempts__check_id=change.check_id
    )
    held = {record.pk for record in records.order_by("pk")}
    attempts = Attempt.objects.filter(record__in=held, check_id=change.check_id).standing()
    for attempt in attempts.exclude(regradings__change_id=change.pk):
        graded = grade_again(attempt.items, check)
        if graded is None or not _differs(graded, attempt.stands_passed, attempt.stands_score):
            continue
        before = {
            "right": attempt.stands_right,
            "score": str(attempt.stands_score),
            "passed": attempt.stands_passed,
        }
        Regrading.objects.create(
            attempt=attempt,
            change_id=change.pk,
            items=graded.items,
            right=graded.right,
            score=graded.score,
            passed=graded.passed,
            before=before,
            at=clock.now(),
            by_id=change.decided_by_id,
            by_name=change.decided_by_name,
        )
        changed += 1
    return changed


def progress_of(change: KeyChange) -> Counter:
    """Of the practices whose attempts are graded again: how many are "done", "stopped", and "all"."""
    counts: Counter = Counter()
    for done, stopped in OutboxRow.objects.filter(key__startswith=_key(change)).values_list("done_at", "stopped_at"):
        counts.update(all=1, done=bool(done), stopped=bool(stopped))
    return counts


def _key(change: KeyChange) -> str:
    return f"{REGRADE}:{change.pk}:"
