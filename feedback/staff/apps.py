from django.apps import AppConfig


class FeedbackStaffConfig(AppConfig):
    name = "feedback.staff"
    label = "feedback_staff"
    verbose_name = "Feedback for staff"

    def ready(self):
        from curriculum.evidence import register_evidence
        from curriculum.guards import register_counter
        from feedback.staff import receivers  # noqa: F401
        from feedback.staff.asked import invited_about
        from feedback.staff.evidence import said

        register_evidence(said)
        register_counter(invited_about)
