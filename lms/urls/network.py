"""The site's URLs. Everything below /practices/<practice>/ is in lms.urls.practice."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("anymail/", include("anymail.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("lms.accounts.urls")),
    path("", include("lms.outbox.urls")),
    path("", include("lms.portal.urls")),
    path("", include("curriculum.urls")),
    path("", include("cohorts.network.urls")),
    path("nominations/", include("cohorts.practice.public_urls")),
    path("staff/", include("cohorts.staff.urls")),
    path("staff/feedback/", include("feedback.staff.urls")),
    path("", include("certificates.network.urls")),
    path("practices/<slug:practice>/", include("lms.urls.practice")),
    path("cms/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
