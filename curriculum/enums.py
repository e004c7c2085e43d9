from django.db.models import TextChoices


class SessionMode(TextChoices):
    IN_PERSON = "in_person", "In person"
    VIRTUAL = "virtual", "Virtual"
    HYBRID = "hybrid", "Hybrid"


class LessonKind(TextChoices):
    LESSON = "lesson", "Lesson"
    OVERVIEW = "overview", "Topic overview"
