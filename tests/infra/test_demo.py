"""The front door: what `make demo` says when it cannot run, and that it always ends in time."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from lms.demo.lock import Unable, alone, end_running, record

ROOT = Path(__file__).parents[2]


def demo(var: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.run(
        [sys.executable, "-m", "lms.demo.run"],
        cwd=ROOT,
        env={**plain, "LMS_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_taken_port_is_named_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        told = demo(tmp_path, PORT=str(port))

    assert told.returncode == 1
    assert told.stderr.strip() == (
        f"Port {port} is taken by another program. Stop that program, or choose another port: `PORT=8123 make demo`."
    )
    assert not (tmp_path / "embedded.json").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eight", "8000.5", "٨٠٠٠", "9" * 5000])
def test_port_that_is_none_is_told_in_a_sentence(tmp_path: Path, port: str) -> None:
    told = demo(tmp_path, PORT=port)

    assert told.returncode == 1
    assert told.stderr.strip().startswith("PORT must be a number from 1 to 65535, and is ")
    assert len(told.stderr) < 200


@pytest.mark.parametrize("name", ["DATABASE_URL", "CELERY_BROKER_URL"])
def test_one_server_given_without_the_other_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    told = demo(tmp_path, **{name: "anything"})

    assert told.returncode == 1
    assert told.stderr.strip().startswith(f"{name} is set alone.")


def test_second_demo_in_the_folder_is_refused(tmp_path: Path) -> None:
    holder = "import sys, time, lms.demo.lock as l, pathlib\nwith l.alone(pathlib.Path(sys.argv[1])):\n"
    holder += " print('held', flush=True); time.sleep(60)  # lms.demo.run"
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        with pytest.raises(Unable, match=rf"runs here already \(process {process.pid}\)"), alone(tmp_path):
            pass
        end_running(tmp_path)
        process.wait(5)  # raises unless it was ended: by itself it sleeps for a minute
        with alone(tmp_path):
            pass
    finally:
        process.kill()
        process.communicate()


def test_children_of_a_killed_demo_are_ended(tmp_path: Path) -> None:
    # As after a kill -9: the lock is held by a child, and the note names a process that is gone.
    with (tmp_path / "demo.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        child = subprocess.Popen(
            [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)  # lms"],
            pass_fds=[lock.fileno()],
            start_new_session=True,
            stdout=subprocess.PIPE,
        )
    assert child.stdout is not None
    assert child.stdout.readline() == b"up\n"
    record(tmp_path, [child.pid])
    try:
        with alone(tmp_path):
            assert child.wait(1) == -signal.SIGKILL
    finally:
        child.kill()
        child.communicate()


STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("stubborn", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("moment", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_processes_end_in_time_whenever_told(tmp_path: Path, number: int, moment: float) -> None:
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    (tmp_path / "Procfile").write_text("one: exec python stubborn.py\ntwo: exec sleep 60\n")
    runner = textwrap.dedent(
        """
        import os, pathlib, signal, sys
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        from lms.demo.processes import run_procfile
        print("running", flush=True)
        note = pathlib.Path("pids")
        def started(pids): note.write_text(" ".join(map(str, pids)))
        sys.exit(run_procfile(pathlib.Path("Procfile").resolve(), {**os.environ, "PORT": "9"}, started))
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", runner],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    # Before honcho has its handlers, a signal ends the runner outright: there is nothing yet to end.
    time.sleep(0.1 + moment)
    begun = time.monotonic()
    process.send_signal(number)
    process.communicate(timeout=10)

    assert time.monotonic() - begun < 4
    for pid in (tmp_path / "pids").read_text().split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid), 0)
            # Where nobody collects orphans, what is left of one has no command line.
            assert not Path(f"/proc/{pid}/cmdline").read_bytes()
