from django.apps import AppConfig


class BanksConfig(AppConfig):
    name = "curriculum.banks"
    label = "curriculum_banks"
    verbose_name = "Question banks"
    default_auto_field = "django.db.models.BigAutoField"
