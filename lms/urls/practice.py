"""URLs within a practice. The middleware has admitted the visitor and entered the schema; each view says who may."""

from django.urls import include, path

urlpatterns = [
    path("", include("cohorts.practice.urls")),
    path("surveys/", include("feedback.practice.urls")),
    path("certificates/", include("certificates.practice.urls")),
]
