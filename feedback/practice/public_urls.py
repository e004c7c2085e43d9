"""Answering a survey by the mail's link."""

from django.urls import path

from feedback.practice import views

app_name = "feedback_public"
urlpatterns = [path("<str:token>/", views.survey_by_link, name="survey")]
