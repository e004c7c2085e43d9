"""Outside the page tree: images, videos, what is taken home from a lesson, and the evidence about a page."""

from django.urls import path

from curriculum.media import captions, image, video
from curriculum.reading_views import checklist, glossary
from curriculum.views import evidence

app_name = "curriculum"
urlpatterns = [
    path("media/<path:path>", image, name="image"),
    path("videos/<int:video>/", video, name="video"),
    path("videos/<int:video>/captions.vtt", captions, name="captions"),
    path("glossary/", glossary, name="glossary"),
    path("checklists/<int:page>/<uuid:block>/", checklist, name="checklist"),
    path("advisory/evidence/<int:page>/", evidence, name="evidence"),
]
