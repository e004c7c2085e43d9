"""The public registry."""

app_name = "certificates_network"
urlpatterns: list = []
