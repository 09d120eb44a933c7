# coding: utf-8
"""Set up .venv from the hashed lock beside this file, then run a command of the kit in it.

    python start.py lab            JupyterLab on the welcome page (CRM_LANG=zh for Chinese)
    python start.py test           every test
    python start.py build          the notebooks from their sources
    python start.py bench          the speed of the simulator beside its peers
    python start.py student-kit    what an instructor hands out, a zip for each language
    python start.py lock           the locks anew, after a change of dependencies

What follows the command goes to the program it starts: python start.py lab --no-browser

Needs nothing but Python's standard library. Old Pythons must be able to read this file, to say that they are too old.
"""
from __future__ import unicode_literals

import glob
import hashlib
import os
import signal
import subprocess
import sys

OLDEST, TOO_NEW = (3, 11), (3, 15)
ROOT = os.path.dirname(os.path.abspath(__file__))
LOCK = os.path.join(ROOT, "requirements.lock")
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "set-up.stamp")
LOG = os.path.join(VENV, "set-up.log")

UV_COMPILE = ["-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11",
              "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
COMMANDS = {
    "lab": [["-m", "course.serve"]],
    "test": [["-m", "course.browser"], ["-m", "pytest"]],
    "build": [["-m", "course.builder", "build"]],
    "bench": [["-m", "bench"]],
    "student-kit": [["-m", "course.student"]],
    "lock": [UV_COMPILE + ["--all-extras", "--output-file", "requirements.lock"],
             UV_COMPILE + ["--constraints", "requirements.lock", "--output-file", "course/student/requirements.lock"]],
}

# The catalogue of words is read with a package that is not there yet: these few sentences stand here.
WORDS = {
    "en": {
        "python": "This is Python {found}; the course needs Python {oldest} to {newest}. Install one of them and run this with it.",
        "command": "Usage: python start.py COMMAND, where COMMAND is one of: {commands}.",
        "language": "CRM_LANG is '{value}'; it must be en or zh.",
        "no_lock": "There is no requirements.lock beside start.py. Unpack or clone the whole folder again.",
        "no_wheel": "There is neither pyproject.toml nor a crm_course_kit wheel beside start.py. Unpack or clone the whole folder again.",
        "no_venv": "This Python cannot make a virtual environment; on Debian and Ubuntu, run: apt-get install python3-venv. It said: {reason}",
        "venv": "[1/3] Making a virtual environment in .venv …",
        "packages": "[2/3] Installing the packages of requirements.lock (some 350 MB; one to five minutes, once) …",
        "project": "[3/3] Installing the course's own packages …",
        "failed": "Setting up failed. Check the network connection, then run the same command again. Cause: {reason} (the whole story: {log})",
    },
    "zh": {
        "python": "当前是 Python {found}；本课程需要 Python {oldest} 至 {newest}。请安装其中一个版本，再用它运行本命令。",
        "command": "用法：python start.py 命令，其中“命令”是以下之一：{commands}。",
        "language": "CRM_LANG 的值是“{value}”；只能是 en 或 zh。",
        "no_lock": "start.py 旁边没有 requirements.lock。请重新解压或克隆整个文件夹。",
        "no_wheel": "start.py 旁边既没有 pyproject.toml，也没有 crm_course_kit 安装包。请重新解压或克隆整个文件夹。",
        "no_venv": "当前的 Python 无法建立虚拟环境；在 Debian 或 Ubuntu 上请运行：apt-get install python3-venv。它的提示：{reason}",
        "venv": "[1/3] 正在 .venv 中建立虚拟环境……",
        "packages": "[2/3] 正在安装 requirements.lock 中的软件包（约 350 MB，只需一次，需要一到五分钟）……",
        "project": "[3/3] 正在安装课程自身的软件包……",
        "failed": "安装失败。请检查网络连接，再运行一次同样的命令。原因：{reason}（详细记录：{log}）",
    },
}


class Refusal(Exception):
    """What the user must put right: one line, exit code 2."""


def language():
    """What CRM_LANG says; otherwise the language of the lectures, if there is but one; otherwise English."""
    here = [one for one in WORDS if os.path.isdir(os.path.join(ROOT, "lectures", one))]
    return os.environ.get("CRM_LANG") or (here[0] if len(here) == 1 else "en")


def say(key, **values):
    return WORDS[language()][key].format(**values)


def in_both_languages(key, **values):
    return " / ".join(WORDS[one][key].format(**values) for one in ("en", "zh"))


def write(line, stream=None):
    """Write a line; a terminal that has no Chinese gets question marks rather than an error."""
    stream = stream or sys.stdout
    encoding = getattr(stream, "encoding", None) or "ascii"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def check_python(version):
    if not OLDEST <= tuple(version[:2]) < TOO_NEW:
        raise Refusal(in_both_languages("python", found="%d.%d" % tuple(version[:2]), oldest="%d.%d" % OLDEST,
                                        newest="%d.%d" % (TOO_NEW[0], TOO_NEW[1] - 1)))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def wheels():
    return sorted(glob.glob(os.path.join(ROOT, "crm_course_kit-*.whl")))


def project():
    """How the course's own packages are installed, and the file that tells whether they changed: in the kit for students
    a wheel, in the repository the sources in place."""
    if wheels():
        return ["--force-reinstall", wheels()[-1]], wheels()[-1]
    sources = os.path.join(ROOT, "pyproject.toml")
    if not os.path.isfile(sources):
        raise Refusal(say("no_wheel"))
    return ["--no-build-isolation", "--editable", ROOT], sources


def venv_python():
    return os.path.join(VENV, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))


def runs(python):
    try:
        return subprocess.call([python, "-c", "import pip"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def logged(command):
    """Run a step of the set-up with its output in the log; on a terminal, show what it is busy with."""
    last = reason = ""
    with open(LOG, "a", encoding="utf-8") as log, subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            universal_newlines=True, encoding="utf-8", errors="replace") as step:
        for line in step.stdout:
            log.write(line)
            last = line.strip() or last
            reason = last if line.lower().startswith("error") else reason
            if sys.stdout.isatty() and line.startswith(("Collecting", "Installing")):
                sys.stdout.write("\r      " + " ".join(line.split()[:2])[:60].ljust(60) + "\r")
                sys.stdout.flush()
    if step.returncode:
        raise Refusal(say("failed", reason=reason or last, log=LOG))


def set_up():
    """Make .venv what the lock says, unless it is so already. Returns the path of its Python."""
    if not os.path.isfile(LOCK):
        raise Refusal(say("no_lock"))
    how, changes = project()
    wanted = ROOT + "\n" + hashlib.sha256(read(LOCK) + read(changes)).hexdigest()
    python = venv_python()
    found = read(STAMP).decode("utf-8", "replace") if os.path.isfile(STAMP) else None
    sound = runs(python)
    if sound and found == wanted:
        return python
    # An empty stamp is left by a set-up that broke half-way, another folder's by a move: such a .venv is not to be trusted.
    if not sound or found is not None and not found.startswith(ROOT + "\n"):
        write(say("venv"))
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if made.returncode:
            raise Refusal(say("no_venv", reason=" ".join(made.stdout.decode("utf-8", "replace").split()).split(". ")[0]))
    open(STAMP, "w").close()
    pip = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    write(say("packages"))
    logged(pip + ["--require-hashes", "--only-binary", ":all:", "--requirement", LOCK])
    write(say("project"))
    logged(pip + ["--no-deps"] + how)
    with open(STAMP, "wb") as stamp:
        stamp.write(wanted.encode("utf-8"))
    return python


def run(python, steps, extra):
    """Run `steps` in the virtual environment until one fails; the `extra` arguments are for the program of the last.

    Returns the exit code, or becomes the last program where the system can do that.
    """
    environment = dict(os.environ, CRM_LANG=language(), VIRTUAL_ENV=VENV,
                       PATH=os.path.dirname(python) + os.pathsep + os.environ.get("PATH", ""))
    for leak in ("PYTHONHOME", "PYTHONPATH"):
        environment.pop(leak, None)
    os.chdir(ROOT)
    commands = [[python] + step + (extra if step[:2] == steps[-1][:2] else []) for step in steps]
    for command in commands[:-1]:
        code = subprocess.call(command, env=environment)
        if code:
            return code
    if os.name == "nt":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which shares this console
        return subprocess.call(commands[-1], env=environment)
    os.execve(python, commands[-1], environment)


def main(arguments):
    try:
        check_python(sys.version_info)
        if language() not in WORDS:
            raise Refusal(in_both_languages("language", value=language()))
        commands = ["lab"] if wheels() else list(COMMANDS)
        if not arguments or arguments[0] not in commands:
            raise Refusal(say("command", commands=", ".join(commands)))
        return run(set_up(), COMMANDS[arguments[0]], arguments[1:])
    except Refusal as refusal:
        write(refusal.args[0], sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
