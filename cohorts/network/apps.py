from django.apps import AppConfig


class CohortsNetworkConfig(AppConfig):
    name = "cohorts.network"
    label = "cohorts_network"
    verbose_name = "Cohorts"
