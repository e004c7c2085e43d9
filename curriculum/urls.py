"""Reading outside the page tree."""

app_name = "curriculum"
urlpatterns: list = []
