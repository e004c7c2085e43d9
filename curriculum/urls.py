"""Outside the page tree: images, and the evidence about a page."""

from django.urls import path

from curriculum.media import image
from curriculum.views import evidence

app_name = "curriculum"
urlpatterns = [
    path("media/<path:path>", image, name="image"),
    path("advisory/evidence/<int:page>/", evidence, name="evidence"),
]
