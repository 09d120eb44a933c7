"""What is installed is what was meant: pyproject.toml, both locks and environment.yml say the same."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK, STUDENT_LOCK = (path.read_text("utf-8") for path in (ROOT / "requirements.lock", ROOT / "course/student/requirements.lock"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
BASE = [Requirement(line) for line in PROJECT["dependencies"]]
ALL = BASE + [Requirement(line) for lines in PROJECT["optional-dependencies"].values() for line in lines]

SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    "macOS on Intel": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "x86_64"},
}


def start():
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(lock):
    """The requirements of a lock with their hashes, in the order of the file."""
    entries = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", lock)).strip().splitlines()
    return [(Requirement(entry.partition("--hash=")[0]), frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})(?=\s|$)", entry)))
            for entry in entries if entry.strip() and not entry.startswith("-")]


def lock_faults(lock, wanted):
    """Everything in which `lock` falls short of being a safe and complete answer to `wanted`."""
    faults = [f"address: {line}" for line in lock.splitlines() if re.search(r"\w+://|\bfile:|--index|--find-links|(^|[\s(])[./~]\S*/", line)]
    locked = pins(lock)
    for pin, hashes in locked:
        if not hashes:
            faults.append(f"{pin.name}: no hash")
        if [one.operator for one in pin.specifier] != ["=="]:
            faults.append(f"{pin.name}: not pinned")
    for system, facts in SYSTEMS.items():
        for minor in range(11, 15):
            environment = {**default_environment(), **facts, "python_version": f"3.{minor}", "python_full_version": f"3.{minor}.7"}
            there = {}
            for pin, _ in locked:
                if pin.marker is None or pin.marker.evaluate(environment):
                    there.setdefault(canonicalize_name(pin.name), []).extend(one.version for one in pin.specifier)
            faults += [f"{name}: pinned twice on {system}, Python 3.{minor}" for name, versions in there.items() if len(versions) > 1]
            for need in wanted:
                versions = there.get(canonicalize_name(need.name), ["none"])
                if versions == ["none"] or not need.specifier.contains(versions[0], prereleases=True):
                    faults.append(f"{need}: {versions[0]} on {system}, Python 3.{minor}")
    return faults


@pytest.mark.parametrize("lock, wanted", [(LOCK, ALL), (STUDENT_LOCK, BASE)], ids=["everybody's", "the student's"])
def test_the_lock_is_safe_and_complete(lock, wanted):
    assert lock_faults(lock, wanted) == []


def test_the_students_lock_is_part_of_everybodys():
    assert {(str(pin.specifier), canonicalize_name(pin.name), hashes) for pin, hashes in pins(STUDENT_LOCK)} <= {
        (str(pin.specifier), canonicalize_name(pin.name), hashes) for pin, hashes in pins(LOCK)}
    assert {"nbgrader", "jupytext", "pytest", "mesa"}.isdisjoint(pin.name for pin, _ in pins(STUDENT_LOCK))


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize("lock, fault", [
    (f"numpy==2.0 \\\n    {HASH}\n    # via somebody\n", None),
    (f"numpy==2.0 ; python_version < '3.12' {HASH}\nnumpy==2.1 ; python_version >= '3.12' {HASH}\n", None),
    ("numpy==2.0\n", "no hash"),
    ("numpy==2.0 --hash=sha256:00\n", "no hash"),
    (f"numpy>=2.0 {HASH}\n", "not pinned"),
    (f"numpy==1.9 {HASH}\n", "numpy>=2.0: 1.9 on Linux"),
    (f"pandas==2.0 {HASH}\n", "numpy>=2.0: none on Windows"),
    (f"numpy==2.0 ; sys_platform != 'win32' {HASH}\n", "numpy>=2.0: none on Windows"),
    (f"numpy==2.0 {HASH}\nnumpy==2.1 ; python_version < '3.12' {HASH}\n", "pinned twice on macOS, Python 3.11"),
    (f"--index-url https://example.org/simple\nnumpy==2.0 {HASH}\n", "address"),
    (f"numpy==2.0 {HASH}\n    # via kit (/home/somebody/kit/pyproject.toml)\n", "address"),
    (f"numpy==2.0 {HASH}\n    # from file:numpy.whl\n", "address"),
])
def test_a_planted_fault_in_a_lock_is_found(lock, fault):
    found = lock_faults(lock, [Requirement("numpy>=2.0")])
    assert (found == []) if fault is None else any(fault in one for one in found), found


def conda_faults(conda, wanted):
    """Where the dependencies of environment.yml, its pip section included, differ from `wanted`."""
    listed = [line for entry in conda for line in (entry["pip"] if isinstance(entry, dict) else [entry])]
    there = {canonicalize_name(need.name): need.specifier for need in map(Requirement, listed) if need.name not in ("python", "pip")}
    meant = {canonicalize_name(need.name): need.specifier for need in wanted}
    return [f"{name}: {there.get(name)} instead of {meant.get(name)}" for name in sorted(there.keys() | meant.keys())
            if there.get(name) != meant.get(name)]


def test_conda_users_get_the_same():
    assert conda_faults(CONDA, ALL) == []


@pytest.mark.parametrize("conda, fault", [
    (["python>=3.11", "numpy>=2.0", {"pip": ["mesa>=3"]}], None),
    (["numpy>=2.0"], "mesa: None instead of >=3"),
    (["numpy>=2.1", {"pip": ["mesa>=3"]}], "numpy: >=2.1 instead of >=2.0"),
    (["numpy>=2.0", "scipy", {"pip": ["mesa>=3"]}], "scipy:  instead of None"),
])
def test_a_planted_difference_is_found(conda, fault):
    assert conda_faults(conda, [Requirement("numpy>=2.0"), Requirement("mesa>=3")]) == ([fault] if fault else [])


def test_the_pythons_are_the_same_everywhere():
    begin = start()
    pythons = SpecifierSet(PROJECT["requires-python"])
    assert pythons == SpecifierSet(">=%d.%d,<%d.%d" % (*begin.OLDEST, *begin.TOO_NEW))
    assert pythons == next(Requirement(line).specifier for line in CONDA if str(line).startswith("python>"))
    assert "%d.%d" % begin.OLDEST == begin.UV_COMPILE[begin.UV_COMPILE.index("--python-version") + 1]


def test_the_build_tool_is_in_the_lock():
    """The project is installed without build isolation, so that nothing outside the lock is fetched."""
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert lock_faults(LOCK, list(map(Requirement, needs))) == []
