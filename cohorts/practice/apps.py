from django.apps import AppConfig


class CohortsPracticeConfig(AppConfig):
    name = "cohorts.practice"
    label = "cohorts_practice"
    verbose_name = "Cohort records"
