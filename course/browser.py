"""What the tests with real parts need of a computer: a browser, a Chinese font, and what Playwright stands on.

``python -m course.browser`` prepares this computer and says in one line what is missing; it never fails for that.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from crm_sim import text

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge")
MAC = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium",
       "Microsoft Edge.app/Contents/MacOS/Microsoft Edge")
WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")


def candidates():
    """Every place where a browser of the Chromium family may stand, the one named by ``CRM_BROWSER`` first."""
    if os.environ.get("CRM_BROWSER"):
        yield Path(os.environ["CRM_BROWSER"])
    yield from (Path(found) for found in map(shutil.which, NAMES) if found)
    if sys.platform == "darwin":
        yield from (folder / name for folder in (Path("/Applications"), Path.home() / "Applications") for name in MAC)
    if sys.platform == "win32":
        folders = [os.environ[name] for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData") if name in os.environ]
        yield from (Path(folder) / name for folder in folders for name in WINDOWS)


def works(path: Path) -> bool:
    """Whether a browser starts: Ubuntu's ``chromium-browser`` may be a mere pointer to a shop."""
    if sys.platform == "win32":  # there, asking for the version opens a window
        return path.is_file()
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> Path | None:
    """The first browser that works, or None."""
    return next((path for path in candidates() if works(path)), None)


def has_chinese_font() -> bool:
    """Whether a browser and Matplotlib find a font with Chinese; Windows and macOS come with one."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True).stdout.strip())


def playwright_starts() -> bool:
    """Whether the program that drives the browser runs; its Node wants a library that a bare Linux lacks."""
    return subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True).returncode == 0


def missing() -> str | None:
    """One line that says what is missing and how to get it, or None."""
    needs = {"browser": find, "font": has_chinese_font, "library": playwright_starts}
    lacking = [text.say(f"setup.{name}") for name, there in needs.items() if not there()]
    return text.say("setup.missing", what=text.say("setup.and").join(lacking)) if lacking else None


def may_install() -> bool:
    """Debian only: Ubuntu's Chromium comes from a shop that does not run in a container."""
    try:
        return os.geteuid() == 0 and bool(shutil.which("apt-get")) and platform.freedesktop_os_release()["ID"] == "debian"
    except (AttributeError, OSError):
        return False


def prepare() -> None:
    """Install what is missing where we may, and say what remains missing."""
    if missing() and may_install():
        print(text.say("setup.installing_browser"), flush=True)
        quiet = {"env": dict(os.environ, DEBIAN_FRONTEND="noninteractive"), "stdin": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fontconfig", "fonts-noto-cjk",
                        "libatomic1"], stdout=subprocess.DEVNULL, **quiet)
    if missing():
        print(missing(), file=sys.stderr, flush=True)


if __name__ == "__main__":
    prepare()
