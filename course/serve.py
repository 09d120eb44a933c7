"""Serve the course in JupyterLab: ``python -m course.serve [options of JupyterLab]``.

`CRM_LANG` chooses the language, of the notebooks and of JupyterLab's menus. Jupyter's own settings of the reader are
neither read nor changed: ours stand in ``course/jupyter``, and what Jupyter writes goes to ``.jupyter``.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "course" / "jupyter"
OWN = ROOT / ".jupyter"
SIMULATOR = Path(importlib.util.find_spec("crm_sim").origin).parent


def catalogue_of_words():
    """`crm_sim.text` alone: the whole package, with Numba and pandas, would cost seconds at every start."""
    spec = importlib.util.spec_from_file_location("crm_sim_text", SIMULATOR / "text" / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


text = catalogue_of_words()

# Two months of a small market compile every function that a market needs.
TINY_RUN = "import crm_sim as crm; crm.simulate(crm.load(crm.presets().index[0]), customers=100, months=2, seed=1)"


def fingerprint(*files: Path) -> str:
    """What tells whether any of `files`, or Numba, changed."""
    facts = [metadata.version("numba"), *(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(files))]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def once(name: str, state: str, command: list[str]) -> float | None:
    """Run Python with `command`, unless it ran well before with the same `state`; the seconds it took.

    Raises
    ------
    subprocess.CalledProcessError
        When the command fails; it will run again the next time.
    """
    stamp = OWN / name
    if stamp.is_file() and stamp.read_text() == state:
        return None
    print(text.say(f"setup.{name}"), flush=True)
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, cwd=ROOT)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(state)
    return time.perf_counter() - begun


def compile_simulator() -> None:
    """Compile the simulator for this computer, so that the first cell that simulates does not wait."""
    seconds = once("compiling", fingerprint(*SIMULATOR.rglob("*.py")), ["-c", TINY_RUN])
    if seconds:
        print(text.say("setup.compiled", seconds=seconds), flush=True)


def build_notebooks() -> None:
    """Build the notebooks if their sources changed; what a reader wrote into an unchanged lecture stays.

    A student has the notebooks built, and no builder.
    """
    course = ROOT / "course"
    if (course / "builder").is_dir():
        sources = [path for folder in (course, ROOT / "lectures" / "source", SIMULATOR / "text") for path in folder.rglob("*")]
        once("building", fingerprint(*(path for path in sources if path.suffix in (".py", ".yml"))), ["-m", "course.builder", "build"])


def release_assignments() -> None:
    """Release into ``class`` what was never released there whole, so that the welcome page leads to it."""
    for master in sorted((ROOT / "course" / "assignments").glob("*_*.py")):
        name = master.stem.partition("_")[0]
        if not (ROOT / "class" / "checks" / f"{name}_checks.json").is_file():  # the last file that a release writes
            print(text.say("setup.releasing", assignment=name), flush=True)
            subprocess.run([sys.executable, "-m", "autograde", "release", name], check=True, cwd=ROOT)


def serve(language: str, arguments: list[str], root: Path = ROOT, own: Path = OWN) -> None:
    """Start JupyterLab on the files under `root` until it is stopped; what it writes for itself goes under `own`."""
    for name in ("JUPYTER_PATH", "JUPYTER_RUNTIME_DIR", "JUPYTER_NO_CONFIG", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        os.environ.pop(name, None)
    folders = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "ipython"}
    os.environ.update({name: str(own / language / folder) for name, folder in folders.items()})
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(map(str, (SETTINGS / language, SETTINGS)))
    os.environ["CRM_LANG"] = language

    from jupyterlab.labapp import LabApp  # reads the folders when it is imported

    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    LabApp.launch_instance([f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/lectures/{language}/welcome.ipynb",
                            *as_root, *arguments])


def main(arguments: list[str]) -> int:
    try:
        language = text.language()
        compile_simulator()
        build_notebooks()
        release_assignments()
    except text.TextError as refused:
        print(refused, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    print(text.say("setup.serving"), flush=True)
    serve(language, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
