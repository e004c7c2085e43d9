from django.apps import AppConfig


class FeedbackPracticeConfig(AppConfig):
    name = "feedback.practice"
    label = "feedback_practice"
    verbose_name = "Feedback records"

    def ready(self):
        from feedback.practice import receivers  # noqa: F401
