"""The production settings, read by a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {
    "SECRET_KEY": "Zk3-qP8_vN1xT6wLm9Rb4Yc7Hd2Jf5Gs0Ua-Ei_Oo3Pq6Rr9Ss",
    "BASE_URL": "https://program.example",
    "ALLOWED_HOSTS": "program.example",
    "DATABASE_URL": "postgresql://lms:lms@127.0.0.1:5432/lms",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "CACHE_URL": "redis://127.0.0.1:6379/1",
    "DEFAULT_FROM_EMAIL": "program@program.example",
}


def start(**changes: str) -> subprocess.CompletedProcess:
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {name: value for name, value in {**GIVEN, **changes}.items() if value}
    return subprocess.run(
        [sys.executable, "-c", "import lms.settings.production as s; print(s.DEBUG, s.CLOCK_FILE, s.DEMO)"],
        cwd=ROOT,
        env={**own, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_what_it_asks_for():
    done = start()
    assert (done.returncode, done.stdout.split()) == (0, ["False", "False"]), done.stderr


@pytest.mark.parametrize("name", GIVEN)
def test_production_does_not_start_without(name):
    done = start(**{name: ""})
    assert done.returncode != 0
    assert f"Set {name}" in done.stderr


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"BASE_URL": "http://program.example"}, "must start with https://"),
        ({"OUTBOX_TRANSPORT": "anymail.backends.postmark.EmailBackend", "ANYMAIL": "{}"}, "WEBHOOK_SECRET"),
    ],
)
def test_production_refuses_what_is_not_safe(changes, says):
    done = start(**changes)
    assert done.returncode != 0
    assert says in done.stderr
