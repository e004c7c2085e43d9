"""Topics, conferences and speakers. What is public is said by each view."""

from django.urls import path

from topics.views import board, conferences, proposals, public, speaker_pages, speakers

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
    path("topics/board/", board.topics, name="board"),
    path("topics/board/export/", board.export, name="export"),
    path("topics/board/<uuid:topic>/", board.topic, name="board_topic"),
    path("topics/conferences/", conferences.manage, name="manage"),
    path("topics/conferences/new/", conferences.new, name="new_conference"),
    path("topics/conferences/<uuid:conference>/", conferences.edit, name="edit_conference"),
    path("topics/conferences/<uuid:conference>/remove/", conferences.remove, name="remove_conference"),
    path("speakers/answer/<str:token>/", speakers.answer, name="answer"),
    path("speakers/mine/", speaker_pages.mine, name="speaker_page"),
    path("speakers/mine/preview/", speaker_pages.preview, name="speaker_preview"),
    path("speakers/<slug:slug>/", speaker_pages.speaker, name="speaker"),
]
