"""The product on one machine, with the demo network in it."""

from lms.settings.apps import NETWORK_APPS, PRACTICE_APPS
from lms.settings.base import *  # noqa: F403
from lms.settings.base import CACHE_URL, CACHES, CELERY_BROKER_URL, VAR, env

SHARED_APPS = [*NETWORK_APPS, "lms.demo"]
INSTALLED_APPS = [*SHARED_APPS, *PRACTICE_APPS]

SECRET_KEY = env.str("SECRET_KEY", default="demo-only-key-made-for-a-machine-without-one")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DEMO = True
CLOCK_FILE = str(VAR / "clock")
OUTBOX_TRANSPORT = env.str("OUTBOX_TRANSPORT", default="lms.outbox.backends.FolderBackend")
# Sign-in limits and the like count in one place for all web processes: beside the broker, where that is Valkey.
if not CACHE_URL and CELERY_BROKER_URL.startswith("redis"):
    CACHES = {
        name: {
            **options,
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CELERY_BROKER_URL.rpartition("/")[0] + "/1",
        }
        for name, options in CACHES.items()
    }
MAIL_FOLDER = VAR / "mail"
AUTH_PASSWORD_VALIDATORS: list[dict] = []  # the demo's password is `demo`
PROGRAM_OFFICE_EMAIL = "staff@demo.example"
