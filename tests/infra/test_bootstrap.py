"""From a bare folder to an environment, with a lock that asks for nothing."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """The script, as if it lay in a checkout whose path has a space, with empty locks."""
    checkout = tmp_path / "a checkout"
    (checkout / "lms").mkdir(parents=True)
    (checkout / "requirements").mkdir()
    for name in ("base", "demo", "test"):
        (checkout / "requirements" / f"{name}.txt").write_text("")
    script = checkout / "lms" / "bootstrap.py"
    script.write_text((ROOT / "lms" / "bootstrap.py").read_text())
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(module: ModuleType, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-I", module.__file__, *arguments], capture_output=True, text=True, timeout=120
    )


def test_environment_is_made_once_and_handed_over_to(bootstrap: ModuleType) -> None:
    first = run(bootstrap, "--", "-c", "import os, sys; print(sys.prefix, os.getcwd(), sep='\\n')")
    second = run(bootstrap, "--", "-c", "print('again')")

    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0] == "Making .venv"
    assert first.stdout.splitlines()[-2:] == [bootstrap.VENV, bootstrap.ROOT]
    assert second.stdout == "again\n"


def test_half_made_environment_is_made_anew(bootstrap: ModuleType) -> None:
    run(bootstrap)
    stamp, python = Path(bootstrap.STAMP), Path(bootstrap.PYTHON)
    stray = Path(bootstrap.VENV) / "stray"

    stray.touch()
    stamp.unlink()
    assert run(bootstrap).stdout.startswith("Making .venv")
    assert not stray.exists()

    python.unlink()
    assert run(bootstrap).stdout.startswith("Making .venv")

    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "path": "/moved/.venv"}))
    assert run(bootstrap).stdout.startswith("Making .venv")
    assert run(bootstrap).stdout == ""


def test_changed_lock_is_installed_into_what_is_there(bootstrap: ModuleType) -> None:
    run(bootstrap, "--test")
    stray = Path(bootstrap.VENV) / "stray"
    stray.touch()

    (Path(bootstrap.ROOT) / "requirements" / "test.txt").write_text("# nothing\n")

    assert run(bootstrap).stdout == ""
    assert run(bootstrap, "--test").stdout.startswith("Installing")
    assert stray.exists()


def test_linked_environment_is_used_as_it_is(bootstrap: ModuleType, tmp_path: Path) -> None:
    Path(bootstrap.VENV).symlink_to(sys.prefix)

    assert run(bootstrap, "--", "-c", "print('linked')").stdout == "linked\n"


def test_lock_with_a_wrong_hash_is_refused_and_leaves_no_stamp(bootstrap: ModuleType) -> None:
    lock = Path(bootstrap.ROOT) / "requirements" / "demo.txt"
    lock.write_text(f"segno==1.6.6 --hash=sha256:{'0' * 64}\n")

    told = run(bootstrap)

    assert told.returncode == 1
    assert "The requirements could not be installed; the lines above say why." in told.stderr
    assert not Path(bootstrap.STAMP).exists()


def test_missing_libraries_are_told_with_the_command(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "LIBRARIES", [("no-such-thing", "libno-such-thing.so.9", "libnothing9")])
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name == "apt-get")

    with pytest.raises(bootstrap.Stop) as stop:
        bootstrap.check_libraries()

    assert "    sudo apt-get install -y --no-install-recommends libnothing9\n" in str(stop.value)


def test_old_python_is_told_in_a_sentence(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))

    with pytest.raises(bootstrap.Stop, match=r"Python 3\.11 or newer is needed, and this is 3\.9"):
        bootstrap.check_python()
