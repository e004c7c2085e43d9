"""What staff see of the outbox; the demo's mail page."""

from django.urls import path

from lms.outbox import views

app_name = "outbox"
urlpatterns = [
    path("staff/outbox/", views.outbox, name="outbox"),
    path("staff/outbox/<uuid:row>/", views.settle, name="settle"),
    path("demo/mail/", views.demo_mails, name="demo_mails"),
    path("demo/mail/<str:name>/", views.demo_mail, name="demo_mail"),
]
