"""Topics, conferences and speakers. What is public is said by each view."""

from django.urls import path

from topics.views import proposals, public

app_name = "topics"
urlpatterns = [
    path("topics/", public.topics, name="topics"),
    path("conferences/", public.conferences, name="conferences"),
    path("topics/mine/", proposals.mine, name="mine"),
    path("topics/new/", proposals.propose, name="propose"),
    path("topics/likely/", proposals.likely, name="likely"),
    path("topics/mine/<uuid:topic>/", proposals.topic, name="topic"),
    path("topics/mine/<uuid:topic>/edit/", proposals.edit, name="edit"),
    path("topics/mine/<uuid:topic>/discard/", proposals.discard, name="discard"),
]
