"""Answering a survey."""

from django.urls import path

from feedback.practice import views

app_name = "feedback_practice"
urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("<uuid:invitation>/", views.survey, name="survey"),
]
