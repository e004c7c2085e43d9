"""Importing into a bank, in two steps: a file is read and shown, and changes the bank only once it is agreed to."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from wagtail.models import Revision

from curriculum.banks.carrying import block_of
from curriculum.banks.enums import Repeated
from curriculum.banks.gift import GiftQuestion, Unreadable, decoded, read_gift
from curriculum.banks.models import BankQuestion, GiftImport, QuestionBank
from curriculum.banks.queries import with_their_match
from curriculum.fields import settle_ids
from curriculum.models import LessonPage
from lms import clock

FORGOTTEN_AFTER = dt.timedelta(days=1)


@transaction.atomic
def begin_import(*, bank: QuestionBank, file_name: str, data: bytes, by) -> GiftImport:
    """Keep an uploaded file until it is agreed to. Raises ValidationError for one that cannot be read at all."""
    try:
        text = decoded(data)
        read_gift(text)
    except Unreadable as problem:
        raise ValidationError(str(problem)) from None
    bank.imports.filter(made_at__lt=clock.now() - FORGOTTEN_AFTER).delete()
    return bank.imports.create(file_name=file_name[-150:], text=text, by=by, made_at=clock.now())


@transaction.atomic
def finish_import(*, gift: GiftImport, repeated: str = Repeated.SKIP, leave_out: bool = False) -> GiftImport:
    """Put the file's questions into its bank, all of them or none; again changes nothing.

    `repeated` is one of Repeated, for questions whose title the bank holds. Raises ValidationError while the
    file has blocks that cannot be imported and the editor has not agreed to `leave_out` those.
    """
    bank = QuestionBank.objects.select_for_update().get(pk=gift.bank_id)
    held = GiftImport.objects.select_for_update().get(pk=gift.pk)
    if held.done_at:
        return held
    found = read_gift(held.text)
    if found.troubles and not leave_out:
        raise ValidationError("Agree to leave out what cannot be imported, or mend the file and import it again.")
    if not found.questions:
        raise ValidationError("Nothing in this file can be imported. Mend the file and import it again.")
    last = bank.questions.aggregate(last=Max("position"))["last"] or 0
    counts = dict.fromkeys(("added", "replaced", "skipped"), 0)
    for question, match in with_their_match(bank, found.questions):
        if match and repeated == Repeated.SKIP:
            counts["skipped"] += 1
        elif match and repeated == Repeated.REPLACE:
            _hold(match, question)
            counts["replaced"] += 1
        else:
            last += 1
            _hold(BankQuestion(bank=bank, position=last, title=question.title), question)
            counts["added"] += 1
    held.done_at = clock.now()
    held.outcome = _outcome(counts, len(found.troubles))
    held.save(update_fields=["done_at", "outcome"])
    return held


@transaction.atomic
def cancel_import(*, gift: GiftImport) -> None:
    """Forget a file that was not agreed to. The bank is as it was."""
    GiftImport.objects.filter(pk=gift.pk, done_at=None).delete()


@transaction.atomic
def copy_into_check(*, questions: list[BankQuestion], lesson: LessonPage, check_id: str, by) -> Revision:
    """Add copies of `questions` to a check of the lesson's latest draft, as a draft by `by`.

    Raises ValidationError for a check that is gone, and for a question that an editor could not save as it is.
    """
    LessonPage.objects.select_for_update().get(pk=lesson.pk)
    draft = lesson.get_latest_revision_as_object()
    check = next((block for block in draft.body if block.block_type == "check" and block.id == check_id), None)
    if check is None:
        raise ValidationError("This check is no longer part of the lesson’s draft. Choose another.")
    block = check.block.child_blocks["questions"].child_block
    for question in questions:
        try:
            block.clean(question.value)
        except ValidationError as problem:
            raise ValidationError(
                f"“{question.title}” is not ready for a lesson: {' '.join(_sentences(problem))} Mend it in the bank."
            ) from None
        check.value["questions"].append(question.value)
    settle_ids(draft.body)
    return draft.save_revision(user=by, log_action=True)


def _hold(held: BankQuestion, question: GiftQuestion) -> None:
    held.content = [("question", block_of(question))]  # type: ignore[assignment]  # as a StreamField takes it
    settle_ids(held.content)
    held.save()


def _outcome(counts: dict[str, int], left_out: int) -> str:
    parts = [f"{number} {what}" for what, number in counts.items() if number]
    if left_out:
        parts.append(f"{left_out} left out")
    return f"Questions of the file: {', '.join(parts)}."


def _sentences(problem: ValidationError) -> list[str]:
    """What a block's error says, however deep; a struct's own errors lie beneath it."""
    inner = getattr(problem, "block_errors", None)
    if isinstance(inner, dict):
        return [f"{name}: {said}" for name, error in inner.items() for said in _sentences(error)]
    if isinstance(inner, list):
        return [said for error in inner if error for said in _sentences(error)]
    return list(problem.messages)
