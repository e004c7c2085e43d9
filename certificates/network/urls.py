"""Public verification."""

from django.urls import path

from certificates.network import views

app_name = "certificates_network"
urlpatterns = [
    path("verify/", views.lookup, name="lookup"),
    path("verify/<str:number>/", views.verify, name="verify"),
]
