"""Doors of allauth and Wagtail that stay closed: there is one sign-in, and no other place to change who one is."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from lms.portal import cms, views

urlpatterns = [
    path("cms/login/", views.cms_sign_in),
    path("cms/password_reset/", views.cms_sign_in),
    path("cms/password_reset/<path:rest>", views.cms_sign_in),
    path("cms/account/", require_admin_access(cms.AccountView.as_view())),
    path("cms/users/", views.cms_people),
    path("cms/users/<path:rest>", views.cms_people),
    path("accounts/email/", views.own_address),
    path("accounts/confirm-email/", views.own_address),
    path("accounts/confirm-email/<path:rest>", views.own_address),
]
