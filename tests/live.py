"""The product in processes of its own: web server, worker and browser, on a database of the test's own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds: float = 30, what: str = "it"):
    """What `condition` returns once that is true; fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"Waited {seconds} s for {what}.")


class Processes:
    """Starts the product's processes with one environment and ends them all."""

    def __init__(self, environment: dict[str, str], logs: Path):
        self.environment = environment
        self.logs = logs
        self.running: list[subprocess.Popen] = []

    def start(self, name: str, *command: str) -> subprocess.Popen:
        log = open(self.logs / f"{name}-{len(self.running)}.log", "w")  # noqa: SIM115 - lives as long as the process
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        self.running.append(process)
        return process

    def worker(self) -> subprocess.Popen:
        """A Celery worker as the product runs it, with one process."""
        return self.start("worker", "-m", "celery", "-A", "lms", "worker", "-c", "1", "-l", "INFO")

    def beat(self) -> subprocess.Popen:
        return self.start("beat", "-m", "celery", "-A", "lms", "beat", "-s", str(self.logs / "beat"))

    def web(self) -> str:
        """The web server; returns its address once it answers."""
        address = self.environment["BASE_URL"]
        bind = address.removeprefix("http://")
        self.start("web", "-m", "gunicorn", "lms.wsgi:application", "-b", bind, "--threads", "4", "-w", "1")

        def answers():
            try:
                return urllib.request.urlopen(address + "/health/", timeout=2).status == 200
            except OSError:
                return False

        wait_for(answers, 60, "the web server")
        return address

    def kill(self, process: subprocess.Popen) -> None:
        """Kill at once, children too, as a machine that loses power would."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(timeout=8)
            except subprocess.TimeoutExpired:
                self.kill(process)


@pytest.fixture
def processes(own_database, settings, tmp_path, worker_id):
    """The product's processes on this test's own database and a broker database of its own."""
    started, shared = prepared(own_database, tmp_path, worker_id)
    for name, value in shared.items():
        setattr(settings, name, value)
    yield started
    started.end()


def prepared(database: str, folder: Path, worker_id: str) -> tuple[Processes, dict]:
    """Processes that can be started on `database`, and the settings that the test's own process shares with them."""
    from django.conf import settings

    number = 1 + int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    broker = settings.CELERY_BROKER_URL.rpartition("/")[0] + f"/{number + 4}"
    _empty(broker)
    for name in ("media", "private", "mail"):
        (folder / name).mkdir()
    address = f"http://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings.test",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker,
        "LMS_TEST_SCRATCH": str(folder),
        "BASE_URL": address,
    }
    shared = {
        "CELERY_BROKER_URL": broker,
        "CLOCK_FILE": str(folder / "clock"),
        "MAIL_FOLDER": folder / "mail",
    }
    return Processes(environment, folder), shared


def _empty(broker: str) -> None:
    import redis

    with redis.Redis.from_url(broker) as connection:
        connection.flushdb()


def shift_clock(settings, seconds: float) -> None:
    """Move the clock of every process of the test."""
    Path(settings.CLOCK_FILE).write_text(str(seconds))
