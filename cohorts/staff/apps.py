from django.apps import AppConfig


class CohortsStaffConfig(AppConfig):
    name = "cohorts.staff"
    label = "cohorts_staff"
    verbose_name = "Cohorts for staff"
