from django.apps import AppConfig


class CohortsStaffConfig(AppConfig):
    name = "cohorts.staff"
    label = "cohorts_staff"
    verbose_name = "Cohorts for staff"

    def ready(self):
        from cohorts.staff import receivers  # noqa: F401
        from cohorts.staff.evidence import attendance, reading
        from curriculum.evidence import register_evidence

        register_evidence(reading)
        register_evidence(attendance)
