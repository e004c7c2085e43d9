"""Reviewing, outside the editor: from a mail, on a phone."""

from django.urls import path

from curriculum.review import views

app_name = "curriculum_review"
urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("<int:page>/", views.page, name="page"),
    path("<int:page>/submit/", views.submit, name="submit"),
    path("<int:page>/due/", views.due, name="due"),
    path("<int:page>/approve/", views.approve, name="approve"),
    path("<int:page>/changes/", views.changes, name="changes"),
    path("<int:page>/emergency/", views.emergency, name="emergency"),
    path("<int:page>/look/", views.look, name="look"),
]
