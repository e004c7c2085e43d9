"""The one Django process at the start of the demo: checks, migrates, loads, collects static files.

One process, because importing the site takes longer than most of what is done here.
"""

import contextlib
import hashlib
import io
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    """Bring the database and the static files up to the code."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    django.setup()

    from django.conf import settings
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", stdout=io.StringIO())
    except SystemCheckError as error:
        sys.exit(str(error))
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        sys.exit(f"The database of DATABASE_URL does not answer: {str(error).splitlines()[0]}")
    with _step("Migrating"):
        call_command("migrate", interactive=False, verbosity=0)

    from lms.practices.models import Practice

    if not Practice.objects.exists():
        with _step("Loading the demo network", every=15):
            _load(settings.VAR / "loading")
    _collect_static(settings.VAR / "static.stamp")


@contextlib.contextmanager
def _step(name: str, *, every: float = 5) -> Iterator[None]:
    """Say what is done, and while it takes long, that it goes on."""
    print(name, flush=True)
    begun, done = time.monotonic(), threading.Event()

    def tick() -> None:
        while not done.wait(every):
            print(f"  {time.monotonic() - begun:.0f} s", flush=True)

    threading.Thread(target=tick, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _load(marker: Path) -> None:
    # While the marker is there, the network is not whole; the next start then begins afresh.
    marker.touch()
    call_command("load_demo")
    # The demo says that it is ready once the worker has sent and rendered what the load promised.
    marker.rename(marker.with_name("draining"))


def _collect_static(stamp: Path) -> None:
    """Collect static files when one of them has changed."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    with _step("Collecting static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(seen.hexdigest())


if __name__ == "__main__":
    main()
