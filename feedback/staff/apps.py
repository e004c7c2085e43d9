from django.apps import AppConfig


class FeedbackStaffConfig(AppConfig):
    name = "feedback.staff"
    label = "feedback_staff"
    verbose_name = "Feedback for staff"

    def ready(self):
        from feedback.staff import receivers  # noqa: F401
