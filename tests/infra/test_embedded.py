"""The embedded servers, started from scratch in a folder with a space in its path."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from lms import embedded

ROOT = Path(__file__).parents[2]


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "a folder" / "var"
    yield folder
    embedded.stop(folder, remove=True)


def ask(endpoints: embedded.Endpoints, query: str) -> object:
    with psycopg.connect(endpoints.database_url, autocommit=True) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def postmaster(endpoints: embedded.Endpoints) -> int:
    pid = ask(endpoints, "SELECT pg_read_file('postmaster.pid')")
    return int(str(pid).splitlines()[0])


def gone(pid: int) -> bool:
    for _ in range(100):
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_start_serves_both_and_stop_ends_both(var: Path) -> None:
    endpoints = embedded.start(var)

    assert str(ask(endpoints, "SHOW server_version")).startswith("18.")
    assert ask(endpoints, "SHOW max_locks_per_transaction") == "1024"
    assert ask(endpoints, "SHOW fsync") == "on"
    assert ask(endpoints, "SELECT current_database()") == "lms"
    assert ask(endpoints, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is True
    broker = redis.Redis.from_url(endpoints.broker_url)
    assert broker.ping()
    assert embedded.status(var) == endpoints

    pids = [postmaster(endpoints), int(broker.info()["process_id"])]
    embedded.stop(var)

    assert all(gone(pid) for pid in pids)
    assert embedded.status(var) is None
    embedded.stop(var)


def test_password_is_demanded_and_kept_private(var: Path) -> None:
    endpoints = embedded.start(var)
    password = endpoints.broker_url.split(":")[2].split("@")[0]

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(endpoints.database_url.replace(password, "guess"))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(endpoints.broker_url.replace(password, "guess")).ping()
    assert stat.S_IMODE((var / "embedded.json").stat().st_mode) == 0o600
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert password.encode() not in process.read_bytes()
        except OSError:
            continue


def test_restart_keeps_data(var: Path) -> None:
    endpoints = embedded.start(var)
    ask(endpoints, "CREATE TABLE kept (word text)")
    ask(endpoints, "INSERT INTO kept VALUES ('here')")
    redis.Redis.from_url(endpoints.broker_url).set("kept", "here")
    embedded.stop(var)

    endpoints = embedded.start(var)

    assert ask(endpoints, "SELECT word FROM kept") == "here"
    assert redis.Redis.from_url(endpoints.broker_url).get("kept") == b"here"


def test_start_finds_running_servers(var: Path) -> None:
    first = embedded.start(var, durable=False)
    pid = postmaster(first)

    with ThreadPoolExecutor(3) as pool:
        others = list(pool.map(lambda _: embedded.start(var, durable=False), range(3)))

    assert others == [first] * 3
    assert postmaster(first) == pid


def test_start_with_other_durability_restarts(var: Path) -> None:
    assert ask(embedded.start(var, durable=False), "SHOW fsync") == "off"
    assert ask(embedded.start(var), "SHOW fsync") == "on"


def test_start_after_servers_were_killed(var: Path) -> None:
    endpoints = embedded.start(var)
    ask(endpoints, "CREATE TABLE kept AS SELECT 'here' AS word")
    for pid in (
        postmaster(endpoints),
        int(redis.Redis.from_url(endpoints.broker_url).info()["process_id"]),
    ):
        os.kill(pid, signal.SIGKILL)

    endpoints = embedded.start(var)

    assert ask(endpoints, "SELECT word FROM kept") == "here"
    assert redis.Redis.from_url(endpoints.broker_url).ping()


def test_start_after_the_starter_was_killed(var: Path) -> None:
    code = (
        "import pathlib, sys, time; from lms import embedded; embedded.start(pathlib.Path(sys.argv[1])); "
        "print('up', flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", code, str(var)], stdout=subprocess.PIPE, cwd=ROOT)
    assert starter.stdout is not None
    assert starter.stdout.readline() == b"up\n"
    starter.kill()
    starter.communicate()

    endpoints = embedded.start(var)

    assert ask(endpoints, "SELECT 1") == 1


def test_pid_file_naming_a_stranger_is_ignored_and_the_stranger_lives(var: Path) -> None:
    endpoints = embedded.start(var)
    data = Path(str(ask(endpoints, "SHOW data_directory")))
    embedded.stop(var)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n1\n5432\n\n127.0.0.1\n0\nready\n")
        (data.parent / "valkey.pid").write_text(str(stranger.pid))

        assert ask(embedded.start(var), "SELECT 1") == 1
        embedded.stop(var)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_lost_password_is_replaced(var: Path) -> None:
    endpoints = embedded.start(var)
    ask(endpoints, "CREATE TABLE kept AS SELECT 'here' AS word")
    state = (var / "embedded.json").read_text()
    password = endpoints.broker_url.split(":")[2].split("@")[0]
    (var / "embedded.json").write_text(
        state.replace(password, "another").replace('"password_set": true', '"password_set": false')
    )

    endpoints = embedded.start(var)

    assert ":another@" in endpoints.database_url
    assert ask(endpoints, "SELECT word FROM kept") == "here"
    assert redis.Redis.from_url(endpoints.broker_url).ping()


def test_two_folders_run_side_by_side(var: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    try:
        first, second = embedded.start(var), embedded.start(other)
        ask(first, "CREATE TABLE mine ()")
        assert ask(second, "SELECT to_regclass('mine')") is None
        embedded.stop(var)
        assert ask(second, "SELECT 1") == 1
    finally:
        embedded.stop(other, remove=True)


def test_modes_of_folders_above_stay(var: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    before = [parent.stat().st_mode for parent in tmp_path.parents]

    embedded.start(var)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert [parent.stat().st_mode for parent in tmp_path.parents] == before


def test_command_prints_exports(var: Path) -> None:
    def run(action: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "lms.embedded", action, "--var", str(var)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    started = run("start")
    assert started.returncode == 0, started.stderr
    assert "export DATABASE_URL='postgresql://lms:" in started.stdout
    assert "export CELERY_BROKER_URL='redis://:" in started.stdout
    assert run("status").stdout == started.stdout
    assert run("stop").returncode == 0
    assert run("status").returncode == 1
