"""The command: a line for each student, 2 and one clear line on bad input."""

import subprocess
import sys

import pytest

from autograde.command_line import main


@pytest.mark.parametrize("arguments, words", [
    (["release", "A9"], "There is no assignment 'A9'. Choose one of:"),
    (["release", "A3", "--seed", "-1"], "--seed -1"),
    (["collect", "A3", "--from", "."], "A3 has not been released in"),
    (["grade", "A3"], "A3 has not been released in"),
    (["grade", "A3", "--timeout", "0"], "--timeout 0"),
    (["feedback", "A3"], "A3 has not been released in"),
])
def test_bad_input_is_one_clear_line(arguments, words, tmp_path, capsys):
    assert main([*arguments, "--class", str(tmp_path / "class")]) == 2
    said = capsys.readouterr()
    assert words in said.err and said.err.count("\n") == 1 and said.out == ""
    assert not (tmp_path / "class").exists()


def test_a_word_that_is_no_command_ends_with_2():
    with pytest.raises(SystemExit) as ended:
        main(["mark", "A3"])
    assert ended.value.code == 2


def test_a_student_without_nbgrader_is_told_what_is_missing(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    for name in [name for name in sys.modules if name.startswith(("nbgrader.", "autograde.classroom", "autograde.grade"))]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["grade", "A3"]) == 2
    assert "nbgrader" in capsys.readouterr().err


def test_the_command_speaks_chinese():
    said = subprocess.run([sys.executable, "-m", "autograde", "--help"], capture_output=True, text=True, encoding="utf-8", check=True,
                          env={"CRM_LANG": "zh", "PYTHONIOENCODING": "utf-8"})
    assert "发布、收集、批改作业" in said.stdout
