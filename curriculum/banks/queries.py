from collections.abc import Iterable, Iterator

from curriculum.banks.gift import GiftQuestion
from curriculum.banks.models import BankQuestion, QuestionBank
from curriculum.models import LessonPage


def with_their_match(
    bank: QuestionBank, questions: Iterable[GiftQuestion]
) -> Iterator[tuple[GiftQuestion, BankQuestion | None]]:
    """Each question of a file with the bank's question of the same title, the first with the first and so on.

    Upper and lower case are one. A bank's question is matched once.
    """
    there: dict[str, list[BankQuestion]] = {}
    for held in bank.questions.order_by("position", "pk"):
        there.setdefault(held.title.casefold(), []).append(held)
    for question in questions:
        same = there.get(question.title.casefold())
        yield question, same.pop(0) if same else None


def checks_to_fill() -> list[tuple[LessonPage, list]]:
    """(lesson, the check blocks of its latest draft) for every lesson that has one, in tree order."""
    found = []
    for lesson in LessonPage.objects.select_related("latest_revision").order_by("path"):
        draft = lesson.get_latest_revision_as_object()
        checks = [block for block in draft.body if block.block_type == "check"]
        if checks:
            found.append((lesson, checks))
    return found
