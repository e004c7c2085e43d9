from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "lms.outbox"
    label = "outbox"
    verbose_name = "Outbox"

    def ready(self):
        # Each app says in its `letters` and `works` modules what the outbox's kinds mean.
        autodiscover_modules("letters", "works")
        from lms.outbox import bounces  # noqa: F401
