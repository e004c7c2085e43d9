"""Invitations and one's own account."""

app_name = "own_account"
urlpatterns: list = []
