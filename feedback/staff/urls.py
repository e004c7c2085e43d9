"""Review of released feedback, and the answers to it."""

from django.urls import path

from feedback.staff import views

app_name = "feedback_staff"
urlpatterns = [
    path("", views.review, name="review"),
    path("mine/", views.mine, name="mine"),
    path("comments/<slug:question>/", views.comments, name="comments"),
    path("decisions/new/<uuid:cohort>/", views.decide, name="decide"),
]
