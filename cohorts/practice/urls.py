"""A leader's two years and a practice's view of them."""

from django.urls import path

from cohorts.practice import nomination_views

app_name = "cohorts_practice"
urlpatterns = [
    path("nominations/", nomination_views.nominations, name="nominations"),
    path("nominations/new/", nomination_views.new_nomination, name="new_nomination"),
    path("nominations/<uuid:nomination>/withdraw/", nomination_views.withdraw_nomination, name="withdraw_nomination"),
    path(
        "nominations/<uuid:nomination>/send-again/",
        nomination_views.send_nomination_again,
        name="send_nomination_again",
    ),
]
