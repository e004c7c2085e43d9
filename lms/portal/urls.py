"""Homes, health, the people page."""

app_name = "portal"
urlpatterns: list = []
