"""The site's URLs. Everything below /practices/<practice>/ is in lms.urls.practice."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import serve as serve_document
from wagtail.views import serve as serve_page

handler403 = "lms.portal.errors.forbidden"

urlpatterns = [
    path("", include("lms.portal.doors")),  # before allauth and Wagtail: closes what they would open
    path("accounts/", include("allauth.urls")),
    path("", include("lms.accounts.urls")),
    path("", include("lms.outbox.urls")),
    path("", include("lms.portal.urls")),
    path("", include("curriculum.urls")),
    path("", include("curriculum.library.urls")),
    path("reviews/", include("curriculum.review.urls")),
    path("", include("cohorts.network.urls")),
    path("nominations/", include("cohorts.practice.public_urls")),
    path("surveys/", include("feedback.practice.public_urls")),
    path("", include("topics.urls")),
    path("staff/", include("cohorts.staff.urls")),
    path("staff/feedback/", include("feedback.staff.urls")),
    path("advisory/to-dos/", include("feedback.staff.to_do_urls")),
    path("staff/certificates/", include("certificates.staff.urls")),
    path("", include("certificates.network.urls")),
    path("practices/<slug:practice>/", include("lms.urls.practice")),
    path("cms/", include(wagtailadmin_urls)),
    # The two doors of Wagtail's that we open, each closed by curriculum to those without a role. Its own sign-in
    # and its pages behind a shared password, in wagtail.urls too, are not ours.
    path("documents/<int:document_id>/<str:document_filename>", serve_document, name="wagtaildocs_serve"),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
]

# A mail service reports bounces here. Without a secret anybody could mark addresses, so there is no such door.
if settings.ANYMAIL.get("WEBHOOK_SECRET"):
    urlpatterns.insert(0, path("anymail/", include("anymail.urls")))
