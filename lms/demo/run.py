"""`make demo`: PostgreSQL, Valkey, web, worker and beat in one terminal, until Ctrl-C.

This process stays light: it starts the servers, has one Django process prepare the site
(lms.demo.prepare), then runs the Procfile under honcho. Whatever phase it is in, Ctrl-C and SIGTERM end
it and every child within six seconds.
"""

import contextlib
import errno
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from lms import embedded
from lms.demo.lock import Unable, alone, record
from lms.demo.parent import end_with_make
from lms.demo.processes import run_procfile

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main() -> int:
    """Run the demo; returns the exit status, after a sentence where something is in the way."""
    _on_signals(_stopped)
    end_with_make()
    var = var_folder()
    try:
        port = _port()
        own_servers = not _servers_given()
        with alone(var):
            _check_free(port)
            try:
                return _run(var, port, own_servers)
            finally:
                # From here on another Ctrl-C would only leave something behind.
                _on_signals(signal.SIG_IGN)
                if own_servers:
                    embedded.stop(var, wait_seconds=1.5)
    except (embedded.EmbeddedError, Unable) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def var_folder() -> Path:
    """Where everything that the demo writes lies: `var` in the checkout, or LMS_VAR."""
    return Path(os.environ.get("LMS_VAR") or ROOT / "var").resolve()


def remove_data(var: Path) -> None:
    """Remove what the demo has written, its servers' data included; nothing may be running."""
    for state in (var / "embedded.json", *var.glob("*/embedded.json")):
        embedded.stop(state.parent, remove=True)
    for path in var.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.suffix != ".lock":
            path.unlink()


def _run(var: Path, port: int, own_servers: bool) -> int:
    if own_servers and (var / "loading").exists():
        print("The demo network was left half loaded: beginning afresh", flush=True)
        remove_data(var)
        record(var, [])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _secret_key(var / "secret_key"),
        "BASE_URL": os.environ.get("BASE_URL") or f"http://localhost:{port}",
        "PORT": str(port),
        "LMS_VAR": str(var),
        "PYTHONUNBUFFERED": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }
    if own_servers:
        print("Starting PostgreSQL and Valkey", flush=True)
        found = embedded.start(var)
        environment |= {"DATABASE_URL": found.database_url, "CELERY_BROKER_URL": found.broker_url}
    _prepare(environment)
    return run_procfile(ROOT / "Procfile", environment, lambda children: record(var, children))


def _prepare(environment: dict[str, str]) -> None:
    # In a session of its own: Ctrl-C reaches it through us, once.
    command = [sys.executable, "-m", "lms.demo.prepare"]
    child = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        status = child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(1.5)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    if status:
        raise Unable("The demo could not be prepared; the lines above say why. `make reset` begins afresh.")


def _on_signals(handler: "signal.Handlers | signal._HANDLER") -> None:
    for number in SIGNALS:
        # Under nohup a hang-up is ignored, and stays so.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)


def _stopped(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536):
        raise Unable(f"PORT must be a number from 1 to 65535, and is {text[:40]!r}.")
    return int(text)


def _servers_given() -> bool:
    given = [name for name in ("DATABASE_URL", "CELERY_BROKER_URL") if os.environ.get(name)]
    if len(given) == 1:
        raise Unable(
            f"{given[0]} is set alone. Set DATABASE_URL and CELERY_BROKER_URL both to use servers of your "
            "own, or neither to have them started here."
        )
    return bool(given)


def _check_free(port: int) -> None:
    # A browser asks for localhost at ::1 first: somebody else there would answer in our place.
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            other = 8123 if port != 8123 else 8124
            if error.errno == errno.EADDRINUSE:
                raise Unable(
                    f"Port {port} is taken by another program. Stop that program, or choose another port: "
                    f"`PORT={other} make demo`."
                ) from error
            if error.errno == errno.EACCES:
                raise Unable(f"Only root may open port {port}. Choose another: `PORT={other} make demo`.") from error


def _secret_key(path: Path) -> str:
    """The demo's own key, made once: sessions outlive a restart."""
    with contextlib.suppress(FileNotFoundError):
        if len(key := path.read_text()) >= 50:
            return key
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_urlsafe(48))
    return path.read_text()


if __name__ == "__main__":
    sys.exit(main())
