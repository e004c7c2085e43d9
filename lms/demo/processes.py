"""The Procfile's processes under honcho, and the line that says they are ready."""

import contextlib
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
from honcho.environ import parse_procfile
from honcho.manager import Manager

STOP_SECONDS = 2.5  # between asking a process to end and ending it
READY_SECONDS = 120  # after which we say that something is wrong
DRAIN_SECONDS = 180  # that a first load may take to send and render what it promised
# Not those put off after a failure.
PROMISED = """
    SELECT count(*) FROM outbox_outboxrow
    WHERE done_at IS NULL AND dropped_at IS NULL AND stopped_at IS NULL AND due_at <= now()
"""

SIGN_INS = [
    ("leader@demo.example", "a leader in the program"),
    ("practice@demo.example", "practice leadership"),
    ("physician@demo.example", "a physician in no cohort"),
    ("faculty@demo.example", "faculty"),
    ("advisor@demo.example", "the Educational Advisory Group, its chair"),
    ("reviewer@demo.example", "a reviewer of the group"),
    ("author@demo.example", "an author of the group"),
    ("staff@demo.example", "program staff"),
]


def run_procfile(procfile: Path, environment: dict[str, str], started: Callable[[list[int]], None]) -> int:
    """Run the Procfile's processes until one of them ends or we are told to stop.

    `started` is told their process numbers. Returns the exit status.
    """

    def when_started(children: list[int]) -> None:
        started(children)
        threading.Thread(target=_announce, args=(manager, environment), daemon=True).start()

    manager = _Processes(when_started)
    for name, command in parse_procfile(procfile.read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(procfile.parent))
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda number, frame: manager.terminate())
    try:
        manager.loop()
    except BaseException:
        manager.kill()
        raise
    status = int(manager.returncode or 0)
    return status if status >= 0 else 128 - status


class _Processes(Manager):  # type: ignore[misc]
    """Honcho's manager, which ends in time and does not trip over a signal during its start."""

    def __init__(self, when_started: Callable[[list[int]], None]) -> None:
        super().__init__()
        self.stopping = False
        self._when_started = when_started
        self._told = False

    def _all_started(self) -> bool:
        started = bool(super()._all_started())
        if started and not self._told:
            self._told = True
            self._when_started([process["pid"] for process in self._processes.values()])
            if self.stopping:
                super().terminate()
        return started

    def terminate(self) -> None:
        # Honcho wants process numbers that it has only once all have started, and makes an end of what
        # does not stop only after another process has.
        if not self.stopping:
            self.stopping = True
            timer = threading.Timer(STOP_SECONDS, self.kill)
            timer.daemon = True
            timer.start()
        if self._told:
            super().terminate()

    def _killall(self, force: bool = False) -> None:
        for process in self._processes.values():
            if "pid" in process and "returncode" not in process:
                (self._procmgr.kill if force else self._procmgr.terminate)(process["pid"])


def _announce(manager: _Processes, environment: dict[str, str]) -> None:
    """Say where the site is and who can sign in, once it answers."""
    port = environment["PORT"]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/ready/", headers={"Host": f"localhost:{port}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    answer = "no answer"
    while not manager.stopping:
        try:
            with opener.open(request, timeout=5):
                break
        except urllib.error.HTTPError as error:
            answer = error.read(500).decode(errors="replace")
        except OSError as error:
            answer = str(error)
        if time.monotonic() > deadline:
            _say(f"The site is still not ready after {READY_SECONDS} seconds: {answer}")
            deadline = time.monotonic() + READY_SECONDS
        time.sleep(0.2)
    _drain_outbox(manager, environment)
    if not manager.stopping:
        width = max(len(address) for address, _ in SIGN_INS)
        lines = [f"  {address:<{width}}   {who}" for address, who in SIGN_INS]
        _say("\n".join([f"Ready: http://localhost:{port}/", "", "Sign in with the password `demo` as", *lines]))


def _drain_outbox(manager: _Processes, environment: dict[str, str]) -> None:
    """After a first load, wait until the worker has kept what the load promised: mails, certificates."""
    marker = Path(environment["LMS_VAR"]) / "draining"
    if not marker.exists():
        return
    begun, told = time.monotonic(), 0
    with contextlib.suppress(psycopg.Error), psycopg.connect(environment["DATABASE_URL"]) as connection:
        connection.autocommit = True
        while not manager.stopping and (took := time.monotonic() - begun) < DRAIN_SECONDS:
            row = connection.execute(PROMISED).fetchone()
            if row is None or row[0] == 0:
                break
            if took // 5 > told:
                told = int(took // 5)
                print(f"  {row[0]} mails and certificates to go", flush=True)
            time.sleep(0.5)
    if not manager.stopping:
        marker.unlink()


def _say(text: str) -> None:
    sys.stdout.write(f"\n{text}\n\n")
    sys.stdout.flush()
