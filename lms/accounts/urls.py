"""Invitations and one's own account."""

from django.urls import path

from lms.accounts import views

app_name = "own_account"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<str:token>/again/", views.invitation_again, name="invitation_again"),
]
