"""One demo per var folder: who runs it, and how to end what a killed one left behind."""

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from lms.embedded_home import runs


class Unable(Exception):
    """The demo cannot run; the message is a sentence for the person at the terminal."""


@contextlib.contextmanager
def alone(var: Path) -> Iterator[None]:
    """Hold a var folder against a second demo; Unable, with a sentence, while one runs."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / "demo.lock").open("a")
    except PermissionError as error:
        raise Unable(f"{var} belongs to another user. Run this as that user, or as root.") from error
    with lock:
        if not _taken(lock.fileno(), seconds=0):
            if (pid := _running(var)) is not None:
                raise Unable(
                    f"The demo runs here already (process {pid}). Stop it with Ctrl-C in its terminal, or "
                    "with `make reset`, which also removes its data."
                )
            # The lock is held by the children of a demo that was killed.
            _end_children(var)
            if not _taken(lock.fileno(), seconds=5):
                raise Unable("Processes of an earlier demo do not end. `make reset` may help.")
        record(var, [])
        yield
        (var / "demo.json").unlink(missing_ok=True)


def record(var: Path, children: list[int]) -> None:
    """Note who runs the demo, for whoever comes after we were killed."""
    (var / "demo.json").write_text(json.dumps({"pid": os.getpid(), "children": children}))


def end_running(var: Path, *, seconds: float = 8) -> None:
    """End the demo that runs in this var folder, if one does."""
    if (pid := _running(var)) is not None:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + seconds
        while _running(var) is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        if _running(var) is not None:
            os.kill(pid, signal.SIGKILL)
    _end_children(var)


def _taken(lock: int, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.1)


def _noted(var: Path) -> tuple[int | None, list[int]]:
    try:
        note = json.loads((var / "demo.json").read_text())
        return int(note["pid"]), [int(pid) for pid in note["children"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None, []


def _running(var: Path) -> int | None:
    pid = _noted(var)[0]
    return pid if pid is not None and runs(pid, "lms.demo.run") else None


def _end_children(var: Path) -> None:
    # Each leads a process group of its own.
    for pid in _noted(var)[1]:
        if runs(pid, "lms"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
