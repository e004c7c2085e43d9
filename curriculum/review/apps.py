from django.apps import AppConfig


class CurriculumReviewConfig(AppConfig):
    name = "curriculum.review"
    label = "curriculum_review"
    verbose_name = "Review of the curriculum"

    def ready(self):
        from curriculum.review import signals

        signals.connect()
