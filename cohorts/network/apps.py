from django.apps import AppConfig


class CohortsNetworkConfig(AppConfig):
    name = "cohorts.network"
    label = "cohorts_network"
    verbose_name = "Cohorts"

    def ready(self):
        from cohorts.network.retired import consequences
        from curriculum.impact import register_consequence

        register_consequence(consequences)
