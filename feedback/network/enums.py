from django.db.models import TextChoices


class QuestionKind(TextChoices):
    LIKERT5 = "likert5", "Agreement, five steps"
    SCALE11 = "scale11", "0 to 10"
    TEXT = "text", "Words"


class SubjectKind(TextChoices):
    MODULE = "module", "Module"
    SESSION = "session", "Session"


class Outcome(TextChoices):
    ADOPTED = "adopted", "Adopted"
    DECLINED = "declined", "Declined"


class ToDoState(TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DECLINED = "declined", "Decided against"
