from django.apps import AppConfig


class FeedbackPracticeConfig(AppConfig):
    name = "feedback.practice"
    label = "feedback_practice"
    verbose_name = "Feedback records"

    def ready(self):
        from cohorts.practice.panels import register_panel
        from feedback.practice import receivers  # noqa: F401
        from feedback.practice.panel import journey_panel

        register_panel(journey_panel)
