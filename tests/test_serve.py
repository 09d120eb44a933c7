"""Starting the course: what is made once, and what is left alone."""

import sys

import pytest

from course import serve


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


def test_a_class_that_exists_is_left_alone(started, tmp_path):
    (tmp_path / "class").mkdir()
    serve.release_assignments()
    assert started == []


def test_a_student_without_masters_releases_nothing(started, tmp_path):
    (tmp_path / "course" / "assignments" / "A9_trial.py").unlink()
    serve.release_assignments()
    assert started == []
