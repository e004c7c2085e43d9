"""Public links of the cohort engine."""

app_name = "cohorts_network"
urlpatterns: list = []
