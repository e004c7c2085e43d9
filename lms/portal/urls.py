"""Homes, health, the people page."""

from django.urls import path

from lms.portal import health, people, views

app_name = "portal"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("advisory/", views.advisory, name="advisory"),
    path("staff/people/", people.people, name="people"),
    path("staff/people/add/", people.add, name="add_person"),
    path("staff/people/<uuid:user>/", people.person, name="person"),
    path("staff/people/<uuid:user>/address/", people.address, name="correct_address"),
    path("staff/people/<uuid:user>/invite/", people.invite_again, name="invite_again"),
    path("staff/people/<uuid:user>/end-access/", people.end_access, name="end_access"),
    path("staff/people/<uuid:user>/open-access/", people.open_access, name="open_access"),
    path("staff/people/<uuid:user>/roles/", people.grant_role, name="grant_role"),
    path("staff/people/<uuid:user>/roles/<uuid:role>/end/", people.end_role, name="end_role"),
    path("staff/people/<uuid:user>/memberships/<uuid:membership>/end/", people.end_membership, name="end_membership"),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
]
