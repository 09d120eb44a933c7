"""What the first pages point to is there, in both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.zh.md", "CONTRIBUTING.md")


def missing(page, root=ROOT):
    """The targets of links and the files of the kit named in `page` that are not there."""
    named = re.findall(r"\]\(([^)#]+)\)", page) + re.findall(r"`((?:lectures|docs|crm_sim|tests|course)/[\w./]+\.\w+)`", page)
    return [name for name in named if "://" not in name and not (root / name).exists()]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_points_to_is_there(name):
    page = (ROOT / name).read_text("utf-8")
    assert missing(page) == []
    assert re.findall(r"\]\(", page)


def test_both_readmes_show_the_same_commands():
    blocks = [[line.split("#")[0].strip() for block in re.findall(r"```\w*\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
               for line in block.splitlines()] for name in PAGES[:2]]
    without_language = [[line.removeprefix("CRM_LANG=zh ") for line in lines if line != "set CRM_LANG=zh"] for lines in blocks]
    assert without_language[0] == without_language[1]


def test_a_planted_dead_link_is_found(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "there.md").write_text("")
    page = "[a](docs/there.md) ![b](docs/gone.png) [c](https://example.org) `docs/there.md` `docs/lost.md` `.venv/bin/x`"
    assert missing(page, tmp_path) == ["docs/gone.png", "docs/lost.md"]
