from django.db.models import TextChoices


class SessionMode(TextChoices):
    IN_PERSON = "in_person", "In person"
    VIRTUAL = "virtual", "Virtual"
    HYBRID = "hybrid", "Hybrid"


class ChangeKind(TextChoices):
    MINOR = "minor", "Minor: nobody is asked again"
    SUBSTANTIAL = "substantial", "Substantial: those who have completed the lesson are told"


class LessonKind(TextChoices):
    LESSON = "lesson", "Lesson"
    OVERVIEW = "overview", "Topic overview"
