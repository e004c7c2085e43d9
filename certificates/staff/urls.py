"""Certificates across practices, for program staff."""

from django.urls import path

from certificates.staff import views

app_name = "certificates_staff"
urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("<uuid:certificate>/revoke/", views.revoke, name="revoke"),
    path("<uuid:certificate>/keep/", views.keep, name="keep"),
]
