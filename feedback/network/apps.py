from django.apps import AppConfig


class FeedbackNetworkConfig(AppConfig):
    name = "feedback.network"
    label = "feedback_network"
    verbose_name = "Feedback"

    def ready(self):
        from feedback.network import receivers  # noqa: F401
