"""Finding a browser and a Chinese font, and saying what to do without them."""

import subprocess

import pytest

from course import browser
from crm_sim import text


def program(path, code):
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(browser.sys.platform == "win32", reason="the programs of this test are shell scripts")
def test_the_first_browser_that_works_is_taken(tmp_path, monkeypatch):
    program(tmp_path / "chromium", 1)
    edge = program(tmp_path / "microsoft-edge", 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC", ())
    monkeypatch.delenv("CRM_BROWSER", raising=False)
    assert browser.find() == edge
    mine = program(tmp_path / "mine", 0)
    monkeypatch.setenv("CRM_BROWSER", str(mine))
    assert browser.find() == mine
    monkeypatch.setenv("CRM_BROWSER", str(tmp_path / "nowhere"))
    assert browser.find() == edge


@pytest.mark.parametrize("there, font, library, said", [
    (True, True, True, None), (False, True, True, "CRM_BROWSER"), (True, False, True, "fonts-noto-cjk"), (True, True, False, "libatomic1"),
    (False, False, True, "CRM_BROWSER) and a Chinese font")])
def test_what_is_missing_is_said_in_one_line(monkeypatch, there, font, library, said):
    monkeypatch.setattr(browser, "find", lambda: "/usr/bin/chromium" if there else None)
    monkeypatch.setattr(browser, "has_chinese_font", lambda: font)
    monkeypatch.setattr(browser, "playwright_starts", lambda: library)
    with text.use("en"):
        line = browser.missing()
    assert line is None if said is None else said in line and "\n" not in line


def test_a_playwright_that_does_not_start_is_noticed(monkeypatch):
    assert browser.playwright_starts()
    broken = subprocess.CompletedProcess([], 127)
    monkeypatch.setattr(browser.subprocess, "run", lambda *_, **__: broken)
    assert not browser.playwright_starts()


@pytest.mark.parametrize("may, installed, calls", [(False, False, 0), (True, True, 2), (True, False, 2)])
def test_it_installs_only_where_it_may_and_never_fails(monkeypatch, capsys, may, installed, calls):
    begun = []
    monkeypatch.setattr(browser, "may_install", lambda: may)
    monkeypatch.setattr(browser, "missing", lambda: None if installed and len(begun) == 2 else "the tests lack a browser")
    monkeypatch.setattr(browser.subprocess, "run", lambda command, **_: begun.append(command) or subprocess.CompletedProcess(command, 1))
    browser.prepare()
    assert len(begun) == calls
    assert [command[:2] for command in begun] == [["apt-get", "update"], ["apt-get", "install"]][:calls]
    assert capsys.readouterr().err == ("" if installed else "the tests lack a browser\n")
