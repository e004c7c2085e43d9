"""A leader's two years and a practice's view of them."""

app_name = "cohorts_practice"
urlpatterns: list = []
