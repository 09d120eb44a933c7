"""JupyterLab as a newcomer meets it: the served course and a page of a real browser."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from course import browser as computer

ROOT = Path(__file__).parent.parent.parent
SCREENSHOTS = ROOT / "build" / "screenshots"
OPTIONS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
           "--disable-sync"]
ERROR = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
SERVE = """
import sys
from pathlib import Path
from course import serve
language, folder, *options = sys.argv[1:]
serve.serve(language, options, root=Path(folder, "root"), own=Path(folder, "own"))
"""


@dataclass
class Lab:
    """A served course; `url` opens it as the browser of a newcomer would."""

    port: int
    token: str
    log: Path
    process: subprocess.Popen

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    def address(self, notebook):
        """The address that opens one notebook, given by its path from the root, in a workspace without other tabs."""
        return f"http://127.0.0.1:{self.port}/lab/workspaces/{secrets.token_hex(4)}/tree/{notebook}?token={self.token}"


@dataclass
class Seen:
    """What a page did besides showing: errors on its console and the hosts that it asked."""

    errors: list[str] = field(default_factory=list)
    hosts: Counter = field(default_factory=Counter)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_served(lab, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and lab.process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{lab.port}/api/status?token={lab.token}", timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not answer:\n{lab.log.read_text('utf-8')}")


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory):
    """``lab_server("zh")`` serves a copy of the course in a language, once in a session: what a page saves is forgotten."""
    labs = {}

    def serve(language):
        if language not in labs:
            port, token, folder = free_port(), secrets.token_hex(), tmp_path_factory.mktemp(f"lab-{language}")
            for part in ("lectures", "course"):
                shutil.copytree(ROOT / part, folder / "root" / part)
            options = ["--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
                       f"--IdentityProvider.token={token}"]
            with open(folder / "log", "wb") as log:
                process = subprocess.Popen([sys.executable, "-c", SERVE, language, str(folder), *options], cwd=ROOT,
                                           stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
            labs[language] = Lab(port, token, folder / "log", process)
            wait_until_served(labs[language])
        return labs[language]

    yield serve
    for lab in labs.values():
        lab.process.terminate()
        lab.process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser():
    """A running Chromium, Chrome or Edge; without one the test is left out, or fails where CI is set."""
    if computer.missing():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(computer.missing())
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=computer.find(), args=[*OPTIONS, *as_root])
        yield running
        running.close()


@pytest.fixture
def page(browser, request):
    """An empty page; `page.seen` collects its errors and hosts, and its last picture is kept in build/screenshots."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(90_000)  # milliseconds; a busy computer starts a kernel slowly
    opened.seen = Seen()
    opened.on("console", lambda message: opened.seen.errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: opened.seen.errors.append(str(error)))
    context.on("request", lambda asked: opened.seen.hosts.update([urlsplit(asked.url).hostname] if asked.url.startswith(("http", "ws")) else []))
    opened.on("websocket", lambda socket: opened.seen.hosts.update([urlsplit(socket.url).hostname]))
    yield opened
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.screenshot(path=SCREENSHOTS / (re.sub(r"\W+", "-", request.node.name).strip("-") + ".png"))
    context.close()


@pytest.fixture
def run_all(page):
    """``run_all(address)`` opens a notebook and runs all its cells, none of which may print an error or a warning."""
    def run(address):
        page.set_viewport_size({"width": 1280, "height": 4000})  # cells out of sight are not in the page
        page.goto(address)
        # What is run before JupyterLab has met the kernel would be lost.
        page.wait_for_selector(".jp-Toolbar-kernelName:has-text('Python')")
        page.wait_for_load_state("networkidle")
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        page.locator(".lm-MenuBar-item").nth(3).click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]")
        page.wait_for_selector(f".jp-Notebook-ExecutionIndicator[data-status=idle], {ERROR}", timeout=240_000)
        assert page.locator(ERROR).all_inner_texts() == []

    return run
