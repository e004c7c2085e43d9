"""The library."""

from django.urls import path

from curriculum.library import views

app_name = "curriculum_library"
urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/saved/", views.saved, name="saved"),
    path("library/save/", views.save, name="save"),
    path("library/forget/", views.forget, name="forget"),
]
