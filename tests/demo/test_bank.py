from curriculum.banks.models import BankQuestion
from lms.demo import banks


def test_bank_of_the_demo_is_ready_for_a_lesson(advisor):
    banks.fill(by=advisor)

    questions = list(BankQuestion.objects.all())
    assert len(questions) == 5
    for question in questions:
        question.content.stream_block.clean(question.content)
