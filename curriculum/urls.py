"""Reading outside the page tree: images."""

from django.urls import path

from curriculum.media import image

app_name = "curriculum"
urlpatterns = [
    path("media/<path:path>", image, name="image"),
]
