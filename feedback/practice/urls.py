"""Answering a survey."""

app_name = "feedback_practice"
urlpatterns: list = []
