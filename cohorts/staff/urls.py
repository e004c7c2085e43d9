"""Views across practices, for program staff and faculty."""

app_name = "cohorts_staff"
urlpatterns: list = []
