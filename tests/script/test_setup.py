"""The set-up does a step once, again when what it was made from changes, and again when it was cut short."""

import fcntl
import importlib.machinery
import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "script" / "setup"


def load() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("set_up_script", str(SCRIPT))
    spec = importlib.util.spec_from_loader("set_up_script", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


setup = load()


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / ".setup").mkdir()
    (tmp_path / "requirements.txt").write_text("one==1\n")
    return setup.Checkout(tmp_path, tmp_path / "var")


@pytest.fixture
def worked() -> list[bool]:
    """One entry for each time the work was done: whether it had been cut short before."""
    return []


def test_a_step_is_done_once_and_again_when_what_it_is_made_from_changes(checkout, worked):
    def step():
        checkout.step("A step", worked.append, checkout.fingerprint(["requirements*.txt"]))

    step()
    step()
    assert worked == [False]
    (checkout.root / "requirements.txt").write_text("one==2\n")
    step()
    assert worked == [False, False]
    (checkout.root / "requirements-dev.txt").touch()
    step()
    assert worked == [False, False, False]


def test_a_step_is_done_again_when_what_it_made_is_gone(checkout, worked):
    made = checkout.root / "made"

    def work(was_cut_short):
        worked.append(was_cut_short)
        made.touch()

    checkout.step("A step", work, "same", needs=[made])
    made.unlink()
    checkout.step("A step", work, "same", needs=[made])
    assert worked == [False, False]


def test_a_step_that_was_cut_short_is_done_again_and_knows_it(checkout, worked):
    def fail(_):
        raise setup.SetupFailed("no network")

    with pytest.raises(setup.SetupFailed):
        checkout.step("A step", fail, "same")
    checkout.step("A step", worked.append, "same")
    assert worked == [True]


def test_a_failing_command_is_told_by_name_last_words_and_what_to_do(checkout):
    command = [sys.executable, "-c", "print('disk full'); raise SystemExit(3)"]
    with pytest.raises(setup.SetupFailed) as problem:
        checkout.run("Front-end build", command, "Make room, then run this again.")
    assert str(problem.value).splitlines() == [
        "The step “Front-end build” failed. Its last words:",
        "    disk full",
        "Make room, then run this again.",
    ]


def test_a_long_command_gives_signs_of_life(checkout, monkeypatch, capsys):
    monkeypatch.setattr(setup, "SECONDS_BETWEEN_SIGNS_OF_LIFE", 0.2)
    code = "import time; print('Collecting Django', flush=True); time.sleep(1)"
    checkout.run("Python packages", [sys.executable, "-c", code])
    assert "Python packages: 0 s so far. Collecting Django" in capsys.readouterr().out


def test_without_the_venv_module_one_sentence_says_what_to_install(checkout, monkeypatch):
    monkeypatch.setattr(setup.sys, "executable", "/bin/false")
    with pytest.raises(setup.SetupFailed, match="apt-get install python3-venv"):
        setup.python_packages(checkout, for_tests=False)


def test_an_environment_that_was_cut_short_is_made_anew(checkout, monkeypatch):
    made, installed = [], []
    monkeypatch.setattr(setup, "make_venv", made.append)
    monkeypatch.setattr(setup, "usable", lambda python: True)
    monkeypatch.setattr(setup, "pip", lambda *what: installed.append(what))
    (checkout.state / "python-packages").write_text("begun")
    setup.python_packages(checkout, for_tests=False)
    assert len(made) == len(installed) == 1


def test_a_browser_that_cannot_run_is_one_clear_sentence(checkout, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(
        setup.SetupFailed, match="CHROMIUM must name a browser that can be run; /no/such/browser"
    ):
        setup.browser(checkout)


def test_a_browser_that_is_there_is_noted_for_the_tests(checkout, monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    setup.browser(checkout)
    assert (checkout.state / "chromium").read_text() == sys.executable


def test_where_no_browser_can_be_had_the_sentence_says_how_to_name_one(checkout, monkeypatch):
    def refuse(name, command, advice="", **environment):
        raise setup.SetupFailed(advice)

    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(setup, "BROWSERS", ())
    monkeypatch.setattr(checkout, "run", refuse)
    with pytest.raises(setup.SetupFailed, match="install Chromium, or name one with CHROMIUM="):
        setup.browser(checkout)


def test_a_second_server_of_the_same_data_is_refused_in_one_sentence(tmp_path):
    held = os.open(tmp_path / "server.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    command = ["bash", SCRIPT.with_name("server")]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    os.close(held)
    assert refused.returncode == 1
    words = f"Another script/server already serves {tmp_path}: stop it first, or name another DATA_DIR.\n"
    assert refused.stderr == words


def test_an_interrupted_set_up_leaves_no_command_running(tmp_path):
    code = f"""
import importlib.machinery, importlib.util, pathlib, signal, sys
loader = importlib.machinery.SourceFileLoader("set_up_script", {str(SCRIPT)!r})
setup = importlib.util.module_from_spec(importlib.util.spec_from_loader("set_up_script", loader))
loader.exec_module(setup)
signal.signal(signal.SIGTERM, lambda number, _: setup.stop_signals.append(number))
checkout = setup.Checkout(pathlib.Path({str(tmp_path)!r}), pathlib.Path({str(tmp_path)!r}))
checkout.run("Long", ["sh", "-c", "echo $$ > pid; exec sleep 60"])
"""
    (tmp_path / ".setup").mkdir()
    process = subprocess.Popen([sys.executable, "-c", code])
    pid_file = tmp_path / "pid"
    while not (pid_file.exists() and pid_file.read_text()):
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 143
    assert not Path(f"/proc/{pid_file.read_text().strip()}").exists()
