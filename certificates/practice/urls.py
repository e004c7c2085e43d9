"""Certificates of a practice's leaders."""

app_name = "certificates_practice"
urlpatterns: list = []
