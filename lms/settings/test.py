"""As the demo, on a throw-away database, with cheap password hashing and no manifest."""

import tempfile
from pathlib import Path

from lms.settings.demo import *  # noqa: F403
from lms.settings.demo import CACHES, STORAGES, env

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"

SECRET_KEY = "for tests only"  # noqa: S105
BASE_URL = env.str("BASE_URL", default="http://testserver")
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_SCRATCH = Path(env.str("LMS_TEST_SCRATCH", default="") or tempfile.mkdtemp(prefix="lms-test-"))
MEDIA_ROOT = _SCRATCH / "media"
WHITENOISE_USE_FINDERS = True  # a test's web server needs no collectstatic before it
MAIL_FOLDER = _SCRATCH / "mail"
CLOCK_FILE = str(_SCRATCH / "clock")
CACHES = {name: {**options, "BACKEND": LOCMEM} for name, options in CACHES.items()}
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": _SCRATCH / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
