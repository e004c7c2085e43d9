from django.apps import AppConfig


class UiConfig(AppConfig):
    """Template tags and form markup that every room draws with. No models."""

    name = "lms.ui"
    label = "ui"
