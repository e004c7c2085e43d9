from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "curriculum"
    verbose_name = "Curriculum"

    def ready(self):
        from wagtail.signals import page_published

        from curriculum.changes import note_publication
        from curriculum.models import LessonPage

        page_published.connect(note_publication, sender=LessonPage, dispatch_uid="curriculum.note_publication")
