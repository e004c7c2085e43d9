from django.apps import AppConfig


class FeedbackStaffConfig(AppConfig):
    name = "feedback.staff"
    label = "feedback_staff"
    verbose_name = "Feedback for staff"

    def ready(self):
        from curriculum.guards import register_counter
        from feedback.staff import receivers  # noqa: F401
        from feedback.staff.asked import invited_about

        register_counter(invited_about)
