"""Below /cms/question-banks/, inside Wagtail's admin."""

from django.urls import path

from curriculum.banks import views

app_name = "question_banks"
urlpatterns = [
    path("<uuid:bank>/", views.bank, name="bank"),
    path("<uuid:bank>/import/", views.import_gift, name="import"),
    path("<uuid:bank>/import/<uuid:gift>/", views.review, name="review"),
    path("<uuid:bank>/import/<uuid:gift>/cancel/", views.cancel, name="cancel"),
    path("<uuid:bank>/export/", views.export, name="export"),
    path("<uuid:bank>/export/file/", views.gift_file, name="gift_file"),
    path("<uuid:bank>/into-lesson/", views.into_lesson, name="into_lesson"),
]
