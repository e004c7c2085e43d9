"""The one page that a physician opens without an account: answering a nomination."""

from django.urls import path

from cohorts.practice import nomination_views

app_name = "nominations"
urlpatterns = [path("<str:token>/", nomination_views.answer, name="answer")]
