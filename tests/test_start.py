"""start.py sets up, repairs and refuses; it needs no network here, for its lock is empty."""

import ast
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WHEEL = "crm_course_kit-0.0.1-py3-none-any.whl"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """No settings of this computer: English, and neither network nor packages for pip."""
    for name in [name for name in os.environ if name.startswith("PIP_")] + ["CRM_LANG"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")


@pytest.fixture
def kit(tmp_path):
    """What a student unpacks, as small as can be: start.py, an empty lock and a wheel with one module."""
    shutil.copy(ROOT / "start.py", tmp_path)
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    with zipfile.ZipFile(tmp_path / WHEEL, "w") as wheel:
        for name, content in {
                "tiny.py": "there = True\n",
                "crm_course_kit-0.0.1.dist-info/METADATA": "Metadata-Version: 2.1\nName: crm-course-kit\nVersion: 0.0.1\n",
                "crm_course_kit-0.0.1.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                "crm_course_kit-0.0.1.dist-info/RECORD": ""}.items():
            wheel.writestr(name, content)
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "serve.py").write_text("import sys, tiny\nprint(tiny.there, sys.prefix, sys.argv[1:])\n")
    return tmp_path


def load(folder):
    spec = importlib.util.spec_from_file_location("start", folder / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(folder, *arguments, python=sys.executable, **environment):
    return subprocess.run([python, folder / "start.py", *arguments], capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": "/nowhere", **environment})


def test_a_set_up_that_broke_is_repaired_and_a_finished_one_is_kept(kit):
    (kit / "requirements.lock").write_text("nowhere-to-be-found==1.0 --hash=sha256:" + "0" * 64)
    broken = run(kit, "lab")
    assert broken.returncode == 2
    assert broken.stderr.count("\n") == 1 and "nowhere-to-be-found" in broken.stderr and "run the same command again" in broken.stderr
    stamp, library = kit / ".venv" / "set-up.stamp", next((kit / ".venv").rglob("site-packages"))
    assert stamp.read_text() == ""
    (library / "half.py").write_text("")

    (kit / "requirements.lock").write_text("# nothing\n")
    repaired = run(kit, "lab", "--no-browser")
    assert repaired.returncode == 0, repaired.stderr
    assert f"True {kit / '.venv'} ['--no-browser']" in repaired.stdout
    assert "[1/3]" in repaired.stdout and not (library / "half.py").exists()
    assert stamp.read_text("utf-8") == f"{kit}\n" + hashlib.sha256(b"# nothing\n" + (kit / WHEEL).read_bytes()).hexdigest()

    again = run(kit, "lab")
    assert (again.returncode, again.stdout, again.stderr) == (0, f"True {kit / '.venv'} []\n", "")

    (kit / "requirements.lock").write_text("# something else\n")
    updated = run(kit, "lab", CRM_LANG="zh")
    assert updated.returncode == 0 and "[1/3]" not in updated.stdout and "正在安装课程自身的软件包" in updated.stdout

    moved = kit.parent / "a place moved to 课程"
    kit.rename(moved)
    again = run(moved, "lab")
    assert again.returncode == 0 and "[1/3]" in again.stdout and f"True {moved / '.venv'} []" in again.stdout, again.stderr


def test_a_python_without_venv_is_told_what_to_install(kit, monkeypatch, capsys):
    start = load(kit)
    failed = subprocess.CompletedProcess([], 1, stdout=b"ensurepip is\nnot available")
    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: failed)
    assert start.main(["lab"]) == 2
    refusal = capsys.readouterr().err
    assert "apt-get install python3-venv" in refusal and "ensurepip is not available" in refusal and refusal.count("\n") == 1


@pytest.mark.parametrize("version, refused", [((3, 10), True), ((3, 11), False), ((3, 14), False), ((3, 15), True), ((2, 7), True)])
def test_a_python_too_old_or_too_new_is_refused_in_both_languages(version, refused):
    start = load(ROOT)
    if not refused:
        return start.check_python(version)
    with pytest.raises(start.Refusal, match=r"Python %d\.%d;.*3\.11 to 3\.14.*3\.11 至 3\.14" % version) as told:
        start.check_python(version)
    assert "\n" not in told.value.args[0]


def test_old_pythons_can_read_it():
    """Nothing in the grammar that Python 2.7 lacks, and no module it lacks is imported before the check."""
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"))
    newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Nonlocal, ast.YieldFrom, ast.Starred, ast.Match)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer) and not is_call_star(tree, node)] == []
    assert not any(node.args.kwonlyargs or node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    imported = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert imported <= {"glob", "hashlib", "os", "signal", "subprocess", "sys"}


def is_call_star(tree, star):
    return isinstance(star, ast.Starred) and any(isinstance(node, ast.Call) and node.args and node.args[-1] is star for node in ast.walk(tree))


def test_the_older_pythons_of_this_computer_are_refused(kit):
    names = ["python2.7"] + [f"python3.{minor}" for minor in range(4, 11)]
    found = [path for path in map(shutil.which, names) if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0]
    for python in found:
        told = run(kit, "lab", python=python)
        assert told.returncode == 2 and "3.11 至 3.14" in told.stderr and told.stderr.count("\n") == 1, told.stderr
    assert not (kit / ".venv").exists()


@pytest.mark.parametrize("arguments, environment, expected", [
    ([], {}, "one of: lab."), (["tset"], {}, "one of: lab."), (["test"], {}, "one of: lab."), (["tset"], {"CRM_LANG": "zh"}, "用法"),
    (["lab"], {"CRM_LANG": "fr"}, "CRM_LANG is 'fr'")])
def test_what_makes_no_sense_is_refused_before_anything_is_made(kit, arguments, environment, expected):
    told = run(kit, *arguments, **environment)
    assert told.returncode == 2 and expected in told.stderr and told.stderr.count("\n") == 1
    assert not (kit / ".venv").exists()


def test_a_kit_in_one_language_speaks_it(kit):
    (kit / "lectures" / "zh").mkdir(parents=True)
    assert "用法" in run(kit).stderr and "Usage" in run(kit, CRM_LANG="en").stderr
    (kit / "lectures" / "en").mkdir()
    assert "Usage" in run(kit).stderr


@pytest.mark.parametrize("missing", ["requirements.lock", WHEEL])
def test_an_incomplete_folder_is_refused(kit, missing):
    (kit / missing).unlink()
    told = run(kit, "lab")
    assert told.returncode == 2 and "Unpack or clone" in told.stderr and told.stderr.count("\n") == 1


def test_the_repository_offers_every_command():
    start = load(ROOT)
    documented = {line.split()[2] for line in start.__doc__.splitlines() if line.strip().startswith("python start.py")}
    targets = {line.partition(":")[0] for line in (ROOT / "Makefile").read_text().splitlines() if line[:1].isalpha() and ":" in line}
    assert documented == set(start.COMMANDS) == targets


@pytest.mark.parametrize("command, given", [("test", [[], ["--x"]]), ("lock", [["--x"], ["--x"]]), ("lab", [["--x"]])])
def test_what_follows_a_command_goes_to_its_program(monkeypatch, command, given):
    start = load(ROOT)
    begun = []
    monkeypatch.setattr(start.subprocess, "call", lambda line, **_: begun.append(line) and 0)
    monkeypatch.setattr(start.os, "execve", lambda python, line, environment: begun.append(line))
    monkeypatch.setattr(start.os, "chdir", lambda folder: None)
    start.run("python", start.COMMANDS[command], ["--x"])
    assert [line[1 + len(step):] for line, step in zip(begun, start.COMMANDS[command], strict=True)] == given


def test_both_languages_say_the_same():
    words = load(ROOT).WORDS
    assert words["en"].keys() == words["zh"].keys()
    for key in words["en"]:
        holes = [sorted(part.split("}")[0] for part in words[language][key].split("{")[1:]) for language in ("en", "zh")]
        assert holes[0] == holes[1], key
