"""Settings that hold everywhere. What differs is read from the environment, loudly."""

import datetime as dt
from email.utils import parseaddr
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF  # noqa: F401

from lms.settings.apps import NETWORK_APPS, PRACTICE_APPS

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env.str("LMS_VAR", default=str(ROOT / "var")))

DEBUG = False
ROOT_URLCONF = "lms.urls.network"
WSGI_APPLICATION = "lms.wsgi.application"
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
NETWORK_NAME = env.str("NETWORK_NAME", default="Cedarline")
PROGRAM_NAME = "Physician Leadership"

SHARED_APPS = NETWORK_APPS
TENANT_APPS = PRACTICE_APPS
INSTALLED_APPS = [*NETWORK_APPS, *PRACTICE_APPS]
TENANT_MODEL = "practices.Practice"
TENANT_DOMAIN_MODEL = "practices.PracticeDomain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", engine="lms.practices.postgresql", default="postgres://localhost/lms"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="redis://localhost:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_PUBLISH_RETRY = False
# The relay is what makes the outbox certain; the nightly jobs look each hour whether a day has ended.
CELERY_BEAT_SCHEDULE = {
    # One that waited behind the next is of no use: without workers they would pile up.
    "outbox-relay": {"task": "lms.outbox.tasks.relay", "schedule": 5.0, "options": {"expires": 10.0}},
    "ended-sessions": {"task": "cohorts.network.tasks.announce_ended_sessions", "schedule": 300.0},
    "publish-scheduled-pages": {
        "task": "curriculum.review.tasks.publish_due",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "remind-of-reviews": {"task": "curriculum.review.tasks.remind", "schedule": crontab(minute=20)},
    "settle-years": {"task": "cohorts.practice.tasks.settle_years", "schedule": crontab(minute=35)},
    "remind-speakers": {"task": "topics.tasks.remind_speakers", "schedule": crontab(hour=15, minute=20)},
    "close-surveys": {"task": "feedback.staff.tasks.close_ended", "schedule": crontab(minute=5)},
    "release-feedback": {"task": "feedback.staff.tasks.nightly", "schedule": crontab(hour=7, minute=0)},
}

CACHE_URL = env.str("CACHE_URL", default="")
_CACHE = (
    {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
)
CACHES = {
    # One practice never reads another's value; what is shared on purpose has an alias of its own.
    "default": {**_CACHE, "KEY_FUNCTION": "lms.practices.cache.practice_key"},
    "shared": {**_CACHE, "KEY_PREFIX": "shared"},
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.accounts.middleware.TimeZoneMiddleware",
    "lms.practices.middleware.PracticeMiddleware",
    "lms.portal.middleware.CmsMiddleware",
    "curriculum.review.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.portal.context.page",
            ],
            "builtins": ["lms.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/home/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lms.accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_FORMS = {
    "change_password": "lms.accounts.password_forms.OwnChangePasswordForm",
    "reset_password_from_key": "lms.accounts.password_forms.OwnResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation's link has proven the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "lms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Private files (certificates, logos) have no URL: a view that checks hands them out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WAGTAIL_SITE_NAME = f"{NETWORK_NAME} {PROGRAM_NAME}"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "curriculum.review.finishing.publish_approved"
REVIEW_DAYS = 10  # an answer is wanted within so many days, unless who asks says otherwise
# No SVG and no HTML: neither may carry script to our address.
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a small file may hold a picture that fills the memory
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

# Everything that sends mail by itself (allauth, the CMS) goes through the outbox;
# the transport is what the outbox's worker uses.
EMAIL_BACKEND = "lms.outbox.backends.OutboxBackend"
OUTBOX_TRANSPORT = env.str("OUTBOX_TRANSPORT", default="django.core.mail.backends.smtp.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Physician Leadership <program@localhost>")
# A mail service instead of SMTP: its key, and the WEBHOOK_SECRET with which it reports bounces.
ANYMAIL = env.json("ANYMAIL", default={})
# Whom pages name when they say whom to write to.
PROGRAM_OFFICE_EMAIL = env.str("PROGRAM_OFFICE_EMAIL", default=parseaddr(DEFAULT_FROM_EMAIL)[1])
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MAIL_REFUSAL_REMEMBERED = dt.timedelta(hours=6)  # how long staff are warned after the last refusal

# When a leader's standing changes its word. "Required" things count only; see cohorts/practice/standing.py.
STANDING = {
    "due_soon_days": 14,  # a due day, or a session, within so many days is "due soon"
    "reply_days": 60,  # a session asks for a reply so many days ahead; before, it is planned
    "attendance_days": 3,  # after a session's end without a record of attendance, before it counts as missed
    "attention_overdue": 1,  # so many things overdue need attention
    "attention_missed": 2,  # so many missed sessions need attention
    "risk_overdue": 3,  # so many things overdue put the two years at risk
    "risk_overdue_days": 45,  # and so does one that is overdue by more days than this
    "risk_missed": 3,  # and so many missed sessions
}

CLOCK_FILE = ""  # demo and tests only
DEMO = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_FAILURE_VIEW = "lms.portal.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

VIDEO_PLAYERS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],  # Wagtail's admin gets its own, in lms.portal.middleware
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # custom properties carry chart values
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Players of videos hosted elsewhere, which a reader has pressed play on; as in curriculum.embeds.
        "frame-src": [SELF, *VIDEO_PLAYERS],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# The CMS shows its previews in a frame of the same site, so X-Frame-Options is not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lms": {"level": "INFO"}},
}
