"""From a bare machine to an environment the product runs in; then hands over to a command in it.

    python3 -I lms/bootstrap.py [--test] [-- ARGUMENTS OF .venv/bin/python]

Looks for the system libraries that no wheel has, makes `.venv`, and installs the locked requirements
with their hashes. A stamp in `.venv` says what it was made for, so that a second run takes no time, and
an environment that is half-made, moved or of another Python is made anew. A `.venv` that is a link is
somebody's own and used as it is.

Runs before anything is installed: standard library only, and syntax that an old Python can read, for an
old Python must be able to say that it is too old.
"""

import contextlib
import ctypes
import ctypes.util
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "installed.json")
PYTHON = os.path.join(VENV, "bin", "python")

# Shared library, as ctypes finds it and as Linux names it, and the Debian package that holds it.
LIBRARIES = [
    ("gobject-2.0", "libgobject-2.0.so.0", "libpango-1.0-0"),
    ("pango-1.0", "libpango-1.0.so.0", "libpango-1.0-0"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("fontconfig", "libfontconfig.so.1", "fontconfig"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
]
COMMANDS = [
    ("apt-get", "apt-get install -y --no-install-recommends {packages}"),
    ("dnf", "dnf install -y pango fontconfig harfbuzz"),
    ("apk", "apk add pango fontconfig harfbuzz-subset"),
    ("pacman", "pacman -S --needed pango fontconfig harfbuzz"),
    ("brew", "brew install pango"),
]


class Stop(Exception):
    """The environment cannot be made; the message is a sentence for the person at the terminal."""


def say(text):
    print(text, flush=True)


def check_python():
    """Refuse a Python that is too old."""
    if sys.version_info < (3, 11):
        raise Stop(
            "Python 3.11 or newer is needed, and this is {}.{}. Name another one with "
            "`make PYTHON=/path/to/python3.11 ...`.".format(*sys.version_info[:2])
        )


def missing_packages():
    """The Debian packages of what the system lacks."""
    missing = []
    for name, file, package in LIBRARIES:
        try:
            ctypes.CDLL(file)
        except OSError:
            if not ctypes.util.find_library(name) and package not in missing:
                missing.append(package)
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    return missing


def check_libraries():
    """See that the system libraries are there: root on Debian installs them, others are told how."""
    missing = missing_packages()
    if not missing:
        return
    for tool, command in COMMANDS:
        if shutil.which(tool):
            command = command.format(packages=" ".join(missing))
            break
    else:
        raise Stop("Install these libraries, then try again: {}.".format(", ".join(missing)))
    if tool == "apt-get" and os.geteuid() == 0:
        say("Installing system libraries: {}".format(" ".join(missing)))
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        if run(command.split(), env=environment) == 0 or (
            run(["apt-get", "update"], env=environment) == 0 and run(command.split(), env=environment) == 0
        ):
            missing = missing_packages()
            if not missing:
                return
    sudo = "" if os.geteuid() == 0 or tool == "brew" else "sudo "
    raise Stop(
        "These system libraries are missing: {}.\nInstall them, then try again:\n\n    {}{}\n".format(
            ", ".join(missing), sudo, command
        )
    )


def run(command, env=None):
    """Run a command to its end, showing what it prints; killed with us."""
    process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def wanted(locks):
    """What an environment made now would be stamped with."""
    hashes = {}
    for lock in locks:
        with open(lock, "rb") as stream:
            hashes[os.path.basename(lock)] = hashlib.sha256(stream.read()).hexdigest()
    return {"python": sys.version, "path": VENV, "locks": hashes}


def stamped():
    """What the present environment is stamped with, or None where it is not whole."""
    try:
        with open(STAMP) as stream:
            stamp = json.load(stream)
        subprocess.check_call([PYTHON, "-I", "-c", "import pip"], stderr=subprocess.DEVNULL)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    return stamp


def make_environment(locks):
    """Make `.venv`, or bring it up to the locks."""
    want, have = wanted(locks), stamped()
    same_kind = have is not None and (have["python"], have["path"]) == (want["python"], want["path"])
    if same_kind and have["locks"].items() >= want["locks"].items():
        return
    if same_kind:
        # Until the install is through, the environment is not whole.
        os.remove(STAMP)
        want["locks"] = dict(have["locks"], **want["locks"])
    else:
        say("Making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        if run([sys.executable, "-I", "-m", "venv", VENV]) != 0:
            raise Stop("The environment .venv could not be made; the lines above say why.")
    install(locks)
    with open(STAMP + ".new", "w") as stream:
        json.dump(want, stream, indent=2)
    os.replace(STAMP + ".new", STAMP)


def install(locks):
    """Install locked requirements with their hashes, saying how far it is."""
    total = 0
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    names = set()
    for lock in locks:
        command += ["-r", lock]
        with open(lock) as stream:
            names |= {line.split("==")[0] for line in stream if "==" in line and line[0].isalnum()}
    total, seen = len(names), 0
    lines: list = []
    say(f"Installing up to {total} packages")
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            lines = [*lines[-30:], line]
            if line.startswith("Collecting "):
                seen += 1
                if seen % 10 == 0:
                    say(f"  {seen} of {total} found")
            elif line.startswith("Installing collected"):
                say(f"  unpacking {seen} packages")
        if process.wait() != 0:
            sys.stdout.writelines(lines)
            raise Stop("The requirements could not be installed; the lines above say why.")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@contextlib.contextmanager
def one_at_a_time():
    """Keep two runs in one checkout from making one environment."""
    os.makedirs(os.path.join(ROOT, "var"), exist_ok=True)
    with open(os.path.join(ROOT, "var", "bootstrap.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def stopped(number, frame):
    raise SystemExit(128 + number)


def main(arguments):
    """Make everything ready, then become the command after `--`."""
    signal.signal(signal.SIGTERM, stopped)
    names = ["base", "demo"]
    if arguments[:1] == ["--test"]:
        names.append("test")
        arguments = arguments[1:]
    locks = [os.path.join(ROOT, "requirements", name + ".txt") for name in names]
    try:
        check_python()
        check_libraries()
        if not os.path.islink(VENV):
            with one_at_a_time():
                make_environment(locks)
    except Stop as stop:
        sys.exit(f"\n{stop}")
    except PermissionError as error:
        sys.exit(f"\n{error.filename} belongs to another user. Run this as that user.")
    except KeyboardInterrupt:
        sys.exit(130)
    if arguments[:1] == ["--"]:
        os.chdir(ROOT)
        environment = dict(os.environ, PATH=os.path.dirname(PYTHON) + os.pathsep + os.environ.get("PATH", ""))
        sys.stdout.flush()
        os.execve(PYTHON, [PYTHON, *arguments[1:]], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
