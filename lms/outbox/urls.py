"""What staff see of the outbox; the demo's mail page."""

app_name = "outbox"
urlpatterns: list = []
