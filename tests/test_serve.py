"""Before JupyterLab starts: what is made once, what is left alone, and what is refused."""

import os
import subprocess
import sys

import pytest

from course import serve


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "OWN", tmp_path / "own")
    monkeypatch.setenv("CRM_LANG", "en")
    return tmp_path / "own"


def test_a_step_runs_again_only_when_something_changed(tmp_path, capsys):
    append = ["-c", f"open({str(tmp_path / 'runs')!r}, 'a').write('x')"]
    seconds = [serve.once("building", state, append) for state in ("a", "a", "b", "b")]
    assert (tmp_path / "runs").read_text() == "xx"
    assert [taken is None for taken in seconds] == [False, True, False, True]
    assert capsys.readouterr().out.count("Building the notebooks") == 2


def test_a_step_that_failed_runs_again():
    for _ in range(2):
        with pytest.raises(subprocess.CalledProcessError):
            serve.once("building", "a", ["-c", "raise SystemExit(3)"])


def test_a_failing_step_ends_the_start(monkeypatch, tmp_path):
    monkeypatch.setattr(serve, "TINY_RUN", "raise SystemExit(3)")
    monkeypatch.setattr(serve, "serve", lambda *_: pytest.fail("served all the same"))
    assert serve.main([]) == 3


def test_the_state_tells_a_changed_file(tmp_path):
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text("1")
    two.write_text("2")
    before = serve.fingerprint(one, two)
    assert serve.fingerprint(two, one) == before != serve.fingerprint(one)
    os.utime(one, ns=(0, 0))
    assert serve.fingerprint(one, two) != before


def test_a_reader_keeps_what_she_wrote_into_a_lecture(monkeypatch, own):
    """The notebooks are built again only when a source changed."""
    begun = []
    monkeypatch.setattr(serve.subprocess, "run", lambda command, **_: begun.append(command))
    serve.build_notebooks()
    serve.build_notebooks()
    assert begun == [[sys.executable, "-m", "course.builder", "build"]]


def test_without_a_builder_nothing_is_built(monkeypatch, tmp_path):
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(serve.subprocess, "run", lambda *_, **__: pytest.fail("built"))
    serve.build_notebooks()


def test_an_unknown_language_is_refused_in_one_line():
    told = subprocess.run([sys.executable, "-m", "course.serve"], cwd=serve.ROOT, capture_output=True, encoding="utf-8",
                          env={**os.environ, "CRM_LANG": "fr", "PYTHONIOENCODING": "utf-8"})
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert "'fr'" in told.stderr


@pytest.fixture
def started(tmp_path, monkeypatch):
    """A course with one assignment in `tmp_path`; what is run there instead of a program."""
    (tmp_path / "course" / "assignments").mkdir(parents=True)
    (tmp_path / "course" / "assignments" / "A9_trial.py").write_text("")
    commands = []
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    monkeypatch.setattr(serve.subprocess, "run", lambda command, **_: commands.append(command))
    return commands


def test_the_first_start_releases_the_assignments(started, capsys):
    serve.release_assignments()
    assert started == [[sys.executable, "-m", "autograde", "release", "A9"]]
    assert capsys.readouterr().out


def test_what_was_released_whole_is_left_alone_and_half_a_release_is_not(started, tmp_path):
    (tmp_path / "class" / "checks").mkdir(parents=True)
    serve.release_assignments()
    assert len(started) == 1
    (tmp_path / "class" / "checks" / "A9_checks.json").write_text("{}")
    serve.release_assignments()
    assert len(started) == 1


def test_a_student_without_masters_releases_nothing(started, tmp_path):
    (tmp_path / "course" / "assignments" / "A9_trial.py").unlink()
    serve.release_assignments()
    assert started == []
