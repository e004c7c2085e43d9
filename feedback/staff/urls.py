"""Review of released feedback."""

app_name = "feedback_staff"
urlpatterns: list = []
