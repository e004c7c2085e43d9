"""Below /cms/, in Wagtail's admin."""

from django.urls import path

from curriculum.word import views

app_name = "curriculum_word"
urlpatterns = [
    path("modules/<int:module>/from-a-file/", views.bring_in, name="bring_in"),
    path("lessons/<int:page>/from-a-file/", views.review, name="review"),
]
