"""The advisory group's to-dos."""

from django.urls import path

from feedback.staff import to_do_views

app_name = "to_dos"
urlpatterns = [
    path("", to_do_views.listed, name="listed"),
    path("new/", to_do_views.new, name="new"),
    path("<uuid:to_do>/", to_do_views.to_do, name="to_do"),
    path("<uuid:to_do>/change/", to_do_views.change, name="change"),
    path("<uuid:to_do>/publish/", to_do_views.publish, name="publish"),
    path("<uuid:to_do>/close/", to_do_views.settle, name="settle"),
]
