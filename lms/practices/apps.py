from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "lms.practices"
    label = "practices"
    verbose_name = "Practices"

    def ready(self):
        from lms.practices import checks  # noqa: F401
