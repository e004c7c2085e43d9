"""Certificates of a practice's leaders."""

from django.urls import path

from certificates.practice import views

app_name = "certificates_practice"
urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("<uuid:certificate>/certificate.pdf", views.download, name="download"),
]
