"""What a leader sees of questions on a page: their own with the answers, and those that stand there for everybody."""

from cohorts.network.models import CohortSession, PageAnswer
from cohorts.practice.models import Enrollment, FacultyQuestion
from curriculum.models import LessonPage, ModulePage

TEMPLATE = "cohorts/practice/includes/questions.html"


def questions_panel(
    enrollment: Enrollment, page: LessonPage | ModulePage, *, text: str = "", error: str = "", sent: bool = False
) -> dict:
    """The context of TEMPLATE for the leader of `enrollment`. Three statements at most."""
    own = list(FacultyQuestion.objects.filter(record__person=enrollment.person_id, record__page=page.pk))
    taken = CohortSession.objects.in_bulk([question.taken_to for question in own if question.taken_to])
    return {
        "asked_page": page,
        "asks_of_lesson": isinstance(page, LessonPage),
        "own_questions": [(question, taken.get(question.taken_to)) for question in own],
        "page_answers": list(PageAnswer.objects.filter(page=page.pk, withdrawn_at=None).select_related("by")),
        "question_text": text,
        "question_error": error,
        "question_sent": sent,
    }
